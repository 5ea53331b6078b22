import { say } from '../../language/say.ts';
import type { Answer, FailedCall } from '../failure.ts';
import { hex } from '../memory-map.ts';

/** How many neighbouring hypercalls to name. */
const NEAREST = 4;

/** The number is not assigned to a hypercall. */
export function unknownNumber(call: FailedCall): Answer | undefined {
  if (call.row !== undefined) return undefined;
  return layoutOf32Bits(call) ?? noSuchNumber(call);
}

/** A struct of six 32-bit words, read as 64-bit words: the number contains the first argument. */
function layoutOf32Bits({ hypervisor, number }: FailedCall): Answer | undefined {
  const row = number >= 2n ** 32n ? hypervisor.lookup(Number(number & 0xffffffffn)) : undefined;
  if (row === undefined) return undefined;
  return {
    cause: 'layout-32',
    xen: say(
      'Linux reads 48 bytes: the number and five arguments of 64 bits each. Xen answers ENOSYS to an unassigned number.',
    ),
    why: say(
      'the low half of the number is {number} ({name}), and the high half {high} looks like the first argument: the struct has 32-bit words (as before July 2006), or the number was not cleared',
      { number: row.number, name: row.name, high: hex(number >> 32n) },
    ),
    change: say(
      'declare the struct with __u64 (or include <xen/sys/privcmd.h>), set all of it to 0 first, and compile for 64 bits',
    ),
  };
}

function noSuchNumber({ hypervisor, number, files }: FailedCall): Answer {
  const rows = hypervisor.rows();
  const far = (each: { number: number }) => Math.abs(each.number - Number(number));
  const nearest = [...rows].sort((a, b) => far(a) - far(b)).slice(0, NEAREST);
  const mine = rows.filter((row) => row.source !== undefined);
  const loaded =
    files.length === 0
      ? say('no hypercall file is loaded')
      : say('loaded: {files} with {names}', {
          files: files.join(', '),
          names: mine.map((row) => `${row.name} (${row.number})`).join(', '),
        });
  const names = nearest
    .sort((a, b) => a.number - b.number)
    .map((row) => `${row.name} (${row.number})`)
    .join(', ');
  return {
    cause: 'unknown-number',
    xen: say('an unassigned hypercall number is answered with ENOSYS.'),
    why: say('hypercall {number} is not in the table of Xen {version}. Nearest: {names}; {loaded}', {
      number,
      version: hypervisor.abi.version,
      names,
      loaded,
    }),
    change:
      files.length === 0
        ? say(
            'pass the file that defines it: --hypercalls FILE.ts, or create one: fauxen new hypercall NAME --number {number}',
            { number },
          )
        : say('use the number that the file defines, or its name from the header that fauxen headers DIR writes'),
  };
}
