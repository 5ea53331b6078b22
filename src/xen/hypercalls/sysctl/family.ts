import type { Family } from '../../call/family.ts';
import { partial } from '../../call/hypercall.ts';
import { OperationRequest } from '../../call/operation-request.ts';
import { errno } from '../../errno.ts';

/** Names of the header that number a CPU policy or featureset, not an operation. */
const notOperations = /^cpu_(featureset|policy)_/;

/** Operations on the machine as a whole. */
export const sysctlFamily: Family = {
  name: 'sysctl',
  status: partial('see its sub-operations'),
  prefix: 'XEN_SYSCTL',
  isOperation: (name) => !notOperations.test(name),
  carriage: { struct: 'xen_sysctl', version: (abi) => abi.sysctlVersion },
  onVersionRefused: (call, version) => call.hypervisor.interfaceVersions.refused('sysctl', version),
  Request: OperationRequest,
  check:
    () =>
    ({ caller }) =>
      caller.privileged ? 0 : -errno.EPERM,
};
