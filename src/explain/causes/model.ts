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
    xen: 'a real Xen may well perform it.',
    why: `Fauxen answers ${status.errno} to ${nameOf(row, sub)}: ${status.why}`,
    change:
      "write it yourself in a file for --hypercalls (a number of Xen's own is replaced), or see docs/hypercalls.md for what is there",
  };
}

/** An errno of Xen's own code without a more specific cause. */
export function ofXen({ row, args, memory, result, hypervisor }: FailedCall): Answer {
  const name = row === undefined ? 'the call' : nameOf(row, subOperation(row, args, memory));
  return {
    cause: 'errno',
    xen: `Xen ${hypervisor.abi.version} answers the same.`,
    why: `${name} answered ${errnoName(Number(result)) ?? result} to these arguments`,
    change: `compare the arguments with the comments in xen/include/public, and with fauxen trace -v`,
  };
}

function noSubOperation(row: Hypercall): Answer {
  const names = row.subOperations?.map((each) => `${each.name} (${each.number})`) ?? [];
  return {
    cause: 'unknown-command',
    xen: 'a command that the hypercall does not have is ENOSYS.',
    why: `${row.name} has no such command; it has ${names.slice(0, MAX_NAMES).join(', ')}${names.length > MAX_NAMES ? ' …' : ''}`,
    change: 'check the command against the public header of this release',
  };
}

const MAX_NAMES = 12;
