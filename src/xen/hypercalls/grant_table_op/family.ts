import type { Family } from '../../call/family.ts';
import { partial } from '../../call/hypercall.ts';
import { OperationRequest } from '../../call/operation-request.ts';
import { errno } from '../../errno.ts';

/** The operation's bits of the command; above them is where a continuation goes on, which only cache_flush has. */
const COMMAND_MASK = 0xfff;
/** The argument that says how many structs there are. */
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
      // A translated domain's commands are looked at whole, before anything else.
      if (caller.isHvm && (operation?.forTranslated !== true || command > COMMAND_MASK)) return -errno.ENOSYS;
      if (call.u32(COUNT) > 0x7fffffff) return -errno.EINVAL;
      return command > COMMAND_MASK && operation?.name !== 'cache_flush' ? -errno.EINVAL : 0;
    },
};

/** For operations that take one struct, no more and no less. */
export const onlyOne = ({ call }: OperationRequest) => (call.u32(COUNT) === 1 ? 0 : -errno.EINVAL);
