import type { Hypercall, SubOperation } from '../../xen/call/hypercall.ts';
import { signatureOf } from '../../xen/call/signatures.ts';
import type { FailedCall } from '../failure.ts';

/** The sub-operation that was asked for: by the first argument, or by the first word of the struct it points to. */
export function subOperation(
  row: Hypercall,
  args: readonly bigint[],
  memory: FailedCall['memory'],
): SubOperation | undefined {
  const first = signatureOf(row)[0];
  if (first?.kind !== 'command' && first?.kind !== 'struct') return undefined;
  let command = Number((args[0] ?? 0n) & BigInt(row.commandMask ?? 0xffffffff));
  if (first.kind === 'struct') {
    const bytes = new Uint8Array(4);
    if (memory.read(Number(args[0]), bytes, 0, 4) < 4) return undefined;
    command = new DataView(bytes.buffer).getUint32(0, true);
  }
  return row.subOperations?.find(({ number }) => number === command);
}

export function nameOf(row: Hypercall, sub: SubOperation | undefined): string {
  return sub === undefined ? row.name : `${row.name} ${sub.name}`;
}
