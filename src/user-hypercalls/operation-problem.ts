import { say } from '../language/say.ts';
import type { Abi } from '../xen/abi/abi.ts';
import type { Hypercall } from '../xen/call/hypercall.ts';
import { hypercallTable } from '../xen/hypercalls/table.ts';
import { didYouMean } from './nearest.ts';
import type { UserOperation } from './user-operation.ts';

/** Why a release's hypercall cannot have an operation; undefined if it can. */
export function problemOf({ of, name, struct }: UserOperation, abi: Abi): string | undefined {
  const rows = [...hypercallTable(abi).values()].filter(takesOperations);
  const row = rows.find((each) => each.name === of);
  if (row === undefined) {
    const names = rows.map((each) => each.name);
    return say("no hypercall of Xen {version} takes operations as '{of}'{suggestion}. These do: {names}", {
      version: abi.version,
      of,
      suggestion: didYouMean(of, names),
      names: names.join(', '),
    });
  }
  const room = row.argumentAt?.room;
  if (struct === undefined || room === undefined || struct.size <= room) return undefined;
  return say('struct {struct} of {name} has {size} bytes; the union of {of} has {room} in Xen {version}', {
    struct: struct.name,
    name,
    size: struct.size,
    of,
    room,
    version: abi.version,
  });
}

/**
 * Whether a user can add operations: the command is the first argument or the first word of its struct, and the operation's struct has a
 * fixed position.
 */
function takesOperations({ parameters, argumentAt, command }: Hypercall): boolean {
  const kind = parameters[0]?.kind;
  return argumentAt !== undefined && (kind === 'command' || kind === 'struct' || command !== undefined);
}
