import { say } from '../language/say.ts';
import type { Abi } from '../xen/abi/abi.ts';
import type { LoadedGroup } from './load.ts';
import { commandOwner } from './patch/release-numbers.ts';

/** The size of Xen's hypercall table (NR_hypercalls): a real Xen would need a larger one for higher numbers. */
const TABLE_END = 64;

/** Warnings: numbers of Xen's own hypercalls that are replaced, and numbers beyond the end of a real table. */
export function replaced(
  { hypercalls, operations }: Pick<LoadedGroup, 'hypercalls' | 'operations'>,
  abi: Abi,
): string[] {
  const found: string[] = [];
  for (const { name, number, source } of hypercalls) {
    const own = Object.entries(abi.hypercalls).find(([, each]) => each === number)?.[0];
    if (own !== undefined && own !== name)
      found.push(
        say('{place}: {number} is {own} of Xen {version}: programs that call {own} get {name}', {
          place: source,
          number,
          own,
          version: abi.version,
          name,
        }),
      );
    if (number >= TABLE_END)
      found.push(
        say('{place}: the table of a real Xen ends at {last}: {number} works here only', {
          place: source,
          last: TABLE_END - 1,
          number,
        }),
      );
  }
  for (const { of, name, number, source } of operations) {
    const own = commandOwner(abi, of, number);
    if (own !== undefined && !own.endsWith(`_${name}`))
      found.push(
        say('{place}: {number} is {own} of Xen {version}: programs that call it get {name}', {
          place: source,
          number,
          own,
          version: abi.version,
          name,
        }),
      );
  }
  return found;
}
