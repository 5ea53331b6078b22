// Commands of the user's own in Xen's hypercalls: the row of a hypercall that has them besides Xen's.

import type { Call } from '../xen/call/call.ts';
import { type Hypercall, supported } from '../xen/call/hypercall.ts';
import { errno } from '../xen/errno.ts';
import { type CodeWatch, unwatched } from './code-watch.ts';
import { type HandlerFailure, userRow } from './row.ts';
import type { UserOperation } from './user-operation.ts';

/** Hypercalls whose command is the first word of the struct that their argument points to. */
const inStruct = new Set(['domctl', 'sysctl', 'platform_op']);

/** Bits of the first argument that are the command, where others say where to continue (MEMOP_CMD_MASK, GNTTABOP_CMD_MASK, HVMOP_op_mask). */
const commandBits: Readonly<Record<string, number>> = { memory_op: 0x3f, grant_table_op: 0xff, hvm_op: 0xff };

/** What Xen answers to a command that a hypercall does not have. */
const unknown: ReadonlySet<number> = new Set([-errno.ENOSYS, -errno.EOPNOTSUPP, -errno.EINVAL]);

const word = new Uint8Array(4);
const wordView = new DataView(word.buffer);

/** Xen's row with the user's commands in it. A number that Xen has itself becomes the user's. */
export function operationRow(
  own: Hypercall,
  operations: readonly UserOperation[],
  onFailure: HandlerFailure,
  watch: CodeWatch = unwatched,
): Hypercall {
  const served = new Map<number, { row: Hypercall; isNew: boolean }>();
  for (const operation of operations) {
    const { name, number, source, handler } = operation;
    const row = userRow(
      { name: `${own.name} ${name}`, number, args: {}, source, handler: (_, xen) => handler(xen) },
      onFailure,
      undefined,
      watch,
    );
    const isNew = own.subOperations?.some((each) => each.number === number) !== true;
    served.set(number, { row, isNew });
  }
  const others = own.subOperations?.filter(({ number }) => !served.has(number)) ?? [];
  const rows = operations.map(({ name, number, source, argument }) => ({
    name,
    number,
    status: supported,
    source,
    argument,
  }));
  return {
    ...own,
    subOperations: [...others, ...rows],
    handler(call) {
      const operation = served.get(commandOf(own.name, call));
      if (operation === undefined) return own.handler?.(call) ?? -errno.ENOSYS;
      if (operation.isNew) {
        // Xen's own checks come first, in Xen's order: they end at a command that it does not know.
        const answer = own.handler?.(call) ?? -errno.ENOSYS;
        if (!unknown.has(Number(answer))) return answer;
      }
      return operation.row.handler?.(call) ?? -errno.ENOSYS;
    },
  };
}

/** The command of a call; -1 where it cannot be read. */
function commandOf(hypercall: string, call: Call): number {
  if (!inStruct.has(hypercall)) return call.u32(0) & (commandBits[hypercall] ?? -1);
  return call.memory.read(call.address(0), word, 0, 4) === 4 ? wordView.getUint32(0, true) : -1;
}
