// Builds the table row of one of Xen's hypercalls with additional commands of the user.

import type { Call } from '../xen/call/call.ts';
import { type Hypercall, supported } from '../xen/call/hypercall.ts';
import { errno } from '../xen/errno.ts';
import { type CodeWatch, unwatched } from './code-watch.ts';
import { type HandlerFailure, userRow } from './row.ts';
import type { UserOperation } from './user-operation.ts';

/** Xen's errno for an unknown command of a hypercall. */
const unknown: ReadonlySet<number> = new Set([-errno.ENOSYS, -errno.EOPNOTSUPP, -errno.EINVAL]);

/** All bits of a command. */
const ALL = 0xffffffff;

const word = new Uint8Array(4);
const wordView = new DataView(word.buffer);

/** Xen's row with the user's commands added. A user's command replaces Xen's own command with that number. */
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
      {
        name: `${own.name} ${name}`,
        number,
        args: {},
        source,
        handler: (_, xen) => handler(xen, addressOf(own, xen.call)),
      },
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
    base: own.argumentAt?.offset ?? 0,
    hasSucceeded: served.get(number)?.row.hasSucceeded,
  }));
  return {
    ...own,
    subOperations: [...others, ...rows],
    handler(call) {
      const operation = served.get(commandOf(own, call));
      if (operation === undefined) return own.handler?.(call) ?? -errno.ENOSYS;
      if (operation.isNew) {
        // Xen's own checks come first, in Xen's order; the last is for an unknown command.
        const answer = own.handler?.(call) ?? -errno.ENOSYS;
        if (!unknown.has(Number(answer))) return answer;
      }
      return operation.row.handler?.(call) ?? -errno.ENOSYS;
    },
  };
}

/** The command of a call, from its first argument or from the first word of the struct that it points to; -1 if it cannot be read. */
function commandOf({ parameters, command, commandMask = ALL }: Hypercall, call: Call): number {
  if (command !== undefined) return command(call);
  if (parameters[0]?.kind !== 'struct') return (call.u32(0) & commandMask) >>> 0;
  return call.memory.read(call.address(0), word, 0, 4) === 4 ? wordView.getUint32(0, true) : -1;
}

/** The address of a command's struct in the caller. */
function addressOf({ argumentAt }: Hypercall, call: Call): number {
  if (argumentAt === undefined) return 0;
  return argumentAt.address?.(call) ?? call.address(argumentAt.argument) + argumentAt.offset;
}
