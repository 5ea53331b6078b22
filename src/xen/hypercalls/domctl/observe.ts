import { partial, supported } from '../../call/hypercall.ts';
import { errno } from '../../errno.ts';
import { operation } from './operation.ts';

// Debuggers, cache allocation: what the simulated machine has not, as Xen answers on such a one.

/** XEN_DOMCTL_DEBUG_OP_SINGLE_STEP_OFF and _ON. */
const LAST_SINGLE_STEP = 1;

export const debug_op = operation('debug_op', partial('nothing is executed that could be stepped'), (struct) => {
  const op = struct.field('u.debug_op.op');
  const id = struct.field('u.debug_op.vcpu');
  return (request) => {
    const { domain, view, hypervisor } = request;
    const vcpu = domain.vcpus[id.get(view)];
    if (vcpu === undefined || request.isCurrent(vcpu) || !domain.isHvm) return -errno.EINVAL;
    if (op.get(view) > LAST_SINGLE_STEP) return -errno.ENOSYS;
    // Single steps need VMX's monitor trap flag.
    return hypervisor.machine.vendor === 'intel' ? 0 : -errno.EOPNOTSUPP;
  };
});

/** Cache monitoring: Intel's. */
export const psr_cmt_op = operation('psr_cmt_op', supported, () => () => -errno.ENODEV);

/** XEN_DOMCTL_PSR_GET_MBA_THRTL, the last command. */
const LAST_PSR_COMMAND = 9;

export const psr_alloc = operation('psr_alloc', supported, (struct) => {
  const command = struct.field('u.psr_alloc.cmd');
  return ({ view }) => (command.get(view) > LAST_PSR_COMMAND ? -errno.EOPNOTSUPP : -errno.ENODEV);
});
