import { say, sayReason } from '../../language/say.ts';
import type { Hypercall } from '../../xen/call/hypercall.ts';
import { errno, errnoName } from '../../xen/errno.ts';
import type { Answer, FailedCall } from '../failure.ts';
import { nameOf, subOperation } from './sub-operation.ts';

/** Fauxen's model does not implement this call. */
export function notModelled({ row, args, memory, result }: FailedCall): Answer | undefined {
  if (row === undefined) return undefined;
  const sub = subOperation(row, args, memory);
  const { status } = sub ?? row;
  if (
    row.handler !== undefined &&
    sub === undefined &&
    row.subOperations !== undefined &&
    Number(result) === -errno.ENOSYS
  )
    return noSubOperation(row);
  if (status.kind !== 'unsupported' || Number(result) !== -errno[status.errno]) return undefined;
  return {
    cause: 'not-modelled',
    xen: say('another build of Xen may perform it.'),
    why: say('Fauxen answers {errno} to {name}: {why}', {
      errno: status.errno,
      name: nameOf(row, sub),
      why: sayReason(status.why),
    }),
    change: say(
      "define it in a file for --hypercalls, which replaces Xen's, or see docs/hypercalls.md for what is supported",
    ),
  };
}

/** An errno of Xen's own code without a more specific cause. */
export function ofXen({ row, args, memory, result, hypervisor }: FailedCall): Answer {
  const name = row === undefined ? say('the call') : nameOf(row, subOperation(row, args, memory));
  return {
    cause: 'errno',
    xen: say("this is the answer of Fauxen's model of Xen {version}.", { version: hypervisor.abi.version }),
    why: say('{name} answered {result} to these arguments', { name, result: errnoName(Number(result)) ?? result }),
    change: say('compare the arguments with the comments in xen/include/public, and with fauxen trace -v'),
  };
}

function noSubOperation(row: Hypercall): Answer {
  const names = row.subOperations?.map((each) => `${each.name} (${each.number})`) ?? [];
  return {
    cause: 'unknown-command',
    xen: say('an unassigned command is answered with ENOSYS.'),
    why: say('{name} has no such command; it has {names}{more}', {
      name: row.name,
      names: names.slice(0, MAX_NAMES).join(', '),
      more: names.length > MAX_NAMES ? ' …' : '',
    }),
    change: say('check the command against the public header of this release'),
  };
}

const MAX_NAMES = 12;
