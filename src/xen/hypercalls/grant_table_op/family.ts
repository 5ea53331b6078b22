import type { Family } from '../../call/family.ts';
import { partial } from '../../call/hypercall.ts';
import { OperationRequest } from '../../call/operation-request.ts';
import { errno } from '../../errno.ts';

/** The bits of the command that select the operation; the higher bits are the position of a continuation, which only cache_flush has. */
const COMMAND_MASK = 0xfff;
/** The argument with the number of structs. */
const COUNT = 2;

export interface GrantTraits {
  /** A PVH or HVM domain may issue it. */
  readonly forTranslated: boolean;
}

/** Operations on a domain's grant table, each on an array of structs. Source of the structs: xen/include/public/grant_table.h. */
export const grantFamily: Family<OperationRequest, GrantTraits> = {
  name: 'grant_table_op',
  status: partial('see its sub-operations'),
  prefix: 'GNTTABOP',
  carriage: { pointer: 1, count: COUNT, mask: COMMAND_MASK },
  Request: OperationRequest,
  check:
    () =>
    ({ call, caller }, operation) => {
      const command = call.u32(0);
      // For a translated domain all bits of the command are checked, before anything else.
      if (caller.isHvm && (operation?.forTranslated !== true || command > COMMAND_MASK)) return -errno.ENOSYS;
      if (call.u32(COUNT) > 0x7fffffff) return -errno.EINVAL;
      return command > COMMAND_MASK && operation?.name !== 'cache_flush' ? -errno.EINVAL : 0;
    },
};

/** For operations that take exactly one struct. */
export const onlyOne = ({ call }: OperationRequest) => (call.u32(COUNT) === 1 ? 0 : -errno.EINVAL);
