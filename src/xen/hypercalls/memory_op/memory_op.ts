import type { Abi } from '../../abi/abi.ts';
import type { Call } from '../../call/call.ts';
import { partial, type Status, type UnlistedRow, unsupported } from '../../call/hypercall.ts';
import { errno } from '../../errno.ts';
import { accessOperations } from './access.ts';
import { mapOperations } from './maps.ts';
import { physmapOperations } from './physmap.ts';
import { reservationOperations } from './reservation.ts';
import { resourceOperations } from './resource.ts';
import { statusOperations } from './status.ts';
import { vnumaOperations } from './vnuma.ts';

/** One XENMEM_*. */
export interface MemoryOperation {
  readonly name: string;
  readonly status: Status;
  /** Xen looks at the whole command there, so that a start extent makes it one that does not exist. */
  readonly noStartExtent?: boolean;
  /** `address` of the argument; `start` is the extent to begin with, from the command's upper bits. */
  perform(call: Call, address: number, start: number): number;
}

export type MemoryOperations = (abi: Abi) => readonly MemoryOperation[];

const groups: readonly MemoryOperations[] = [
  reservationOperations,
  statusOperations,
  physmapOperations,
  mapOperations,
  resourceOperations,
  accessOperations,
  vnumaOperations,
];

/** The command's low bits; above them is the extent to start with. */
const COMMANDS = 64;

/** What a Debian build of Xen leaves out, and so answers ENOSYS. */
const notBuilt: ReadonlyMap<string, string> = new Map([
  ['paging_op', 'memory paging is not built into a release'],
  ['sharing_op', 'memory sharing is not built into a release'],
]);

/** memory_op(cmd, arg): who has which memory. */
export function memoryOp(abi: Abi): UnlistedRow {
  const numbers = abi.subOperations('XENMEM');
  const operations = new Map<number, MemoryOperation>();
  for (const group of groups) {
    for (const operation of group(abi)) {
      const number = numbers[operation.name];
      if (number !== undefined) operations.set(number, operation);
    }
  }
  return {
    number: 12,
    name: 'memory_op',
    commandMask: COMMANDS - 1,
    argumentAt: { argument: 1, offset: 0 },
    status: partial('see its sub-operations'),
    subOperations: Object.entries(numbers)
      .filter(([name]) => !/^(paging_op|access_op|sharing_op|resource)_/.test(name))
      .map(([name, number]) => ({
        number,
        name,
        status: operations.get(number)?.status ?? unsupported('ENOSYS', notBuilt.get(name) ?? 'not modelled'),
      })),
    handler(call) {
      const command = call.address(0);
      const operation = operations.get(call.u32(0) % COMMANDS);
      const start = Math.floor(command / COMMANDS);
      if (operation === undefined || (operation.noStartExtent === true && start !== 0)) return -errno.ENOSYS;
      return operation.perform(call, call.address(1), start);
    },
  };
}
