import type { Abi } from '../abi/abi.ts';
import { type Hypercall, unsupported } from '../hypercall.ts';
import { consoleIo } from './console_io.ts';
import { multicall } from './multicall.ts';
import { sysctl } from './sysctl/sysctl.ts';
import { xenVersion } from './xen_version.ts';

/** Rows of hypercalls that the model performs, made for a release. */
const makers: readonly ((abi: Abi, others: readonly Abi[]) => Hypercall)[] = [multicall, xenVersion, consoleIo, sysctl];

/** The hypercall table of a release: all its numbers, each with an honest status. */
export function hypercallTable(abi: Abi, others: readonly Abi[] = []): ReadonlyMap<number, Hypercall> {
  const table = new Map<number, Hypercall>();
  for (const [name, number] of Object.entries(abi.hypercalls)) {
    table.set(number, { number, name, args: 5, status: unsupported('ENOSYS', 'not modelled yet') });
  }
  for (const make of makers) {
    const row = make(abi, others);
    if (table.has(row.number)) table.set(row.number, row);
  }
  return table;
}
