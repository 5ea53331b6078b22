import type { Family } from '../../call/family.ts';
import { partial } from '../../call/hypercall.ts';
import { OperationRequest } from '../../call/operation-request.ts';
import { errno } from '../../errno.ts';

/** XENPF_INTERFACE_VERSION: the same in every release. */
const INTERFACE_VERSION = 0x03000001;

/** Operations of dom0's kernel on the hardware. */
export const platformFamily: Family = {
  name: 'platform_op',
  status: partial('see its sub-operations'),
  prefix: 'XENPF',
  carriage: { struct: 'xen_platform_op', union: 'u.pad', version: () => INTERFACE_VERSION },
  Request: OperationRequest,
  check:
    () =>
    ({ caller }) =>
      caller.privileged ? 0 : -errno.EPERM,
};
