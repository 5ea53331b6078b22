import type { Abi } from '../../abi/abi.ts';
import type { Call } from '../../call/call.ts';
import { partial, type Status, subOperationRows, type UnlistedRow, unsupported } from '../../call/hypercall.ts';
import { errno } from '../../errno.ts';
import { copyOperations } from './copy.ts';
import { mapOperations } from './map.ts';
import { tableOperations } from './table.ts';

/** One GNTTABOP_*: `address` of its argument, or of `count` of them in a row. 0 or -errno. */
export interface GrantOperation {
  readonly name: string;
  readonly status: Status;
  /** A PVH or HVM domain may issue it. */
  readonly forTranslated: boolean;
  perform(call: Call, address: number, count: number): number;
}

/** The operation's bits of the command; above them is where a continuation goes on, which only cache_flush has. */
const COMMAND_MASK = 0xfff;

/** Performs `one` for each of `count` structs and copies each back with the status that it set. */
export function eachStruct(
  abi: Abi,
  name: string,
  one: (call: Call, view: DataView) => void,
): (call: Call, address: number, count: number) => number {
  const { size } = abi.struct(name);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  return (call, address, count) => {
    const end = address + size * count;
    for (let at = address; at < end; at += size) {
      if (at > address && call.mustGiveWay) {
        call.setArgument(1, at);
        call.setArgument(2, (end - at) / size);
        return call.giveWay();
      }
      if (!call.copyFromGuest(at, bytes)) return -errno.EFAULT;
      one(call, view);
      if (!call.copyToGuest(at, bytes)) return -errno.EFAULT;
    }
    return 0;
  };
}

/** grant_table_op(cmd, uop, count): memory that domains lend each other. */
export function grantTableOp(abi: Abi): UnlistedRow {
  const numbers = abi.subOperations('GNTTABOP');
  const operations = new Map<number, GrantOperation>();
  for (const operation of [...tableOperations(abi), ...mapOperations(abi), ...copyOperations(abi)]) {
    const number = numbers[operation.name];
    if (number !== undefined) operations.set(number, operation);
  }
  const cacheFlush = numbers.cache_flush;
  return {
    number: 20,
    name: 'grant_table_op',
    commandMask: COMMAND_MASK,
    argumentAt: { argument: 1, offset: 0 },
    countArgument: 2,
    status: partial('see its sub-operations'),
    subOperations: subOperationRows(
      Object.entries(numbers),
      (_, number) => operations.get(number)?.status ?? unsupported('ENOSYS', 'as Xen answers'),
    ),
    handler(call) {
      const command = call.u32(0);
      const operation = operations.get(command & COMMAND_MASK);
      const translated = call.domain.isHvm;
      // A translated domain's commands are looked at whole, before anything else.
      if (translated && (operation?.forTranslated !== true || command > COMMAND_MASK)) return -errno.ENOSYS;
      const count = call.u32(2);
      if (count > 0x7fffffff) return -errno.EINVAL;
      if (command > COMMAND_MASK && (command & COMMAND_MASK) !== cacheFlush) return -errno.EINVAL;
      return operation === undefined ? -errno.ENOSYS : operation.perform(call, call.address(1), count);
    },
  };
}
