import { partial, supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { errno } from '../../errno.ts';
import { domctlFamily } from './family.ts';

// Debuggers and cache allocation, which the simulated machine does not support: the answers are those of Xen on such a machine.

/** XEN_DOMCTL_DEBUG_OP_SINGLE_STEP_OFF and _ON. */
const LAST_SINGLE_STEP = 1;
const SINGLE_STEP_ON = 1;

const debug_op = operation({
  family: domctlFamily,
  name: 'debug_op',
  status: partial('only guests with events in a scenario execute steps'),
  argument: 'debug_op',
  bind({ field }) {
    const op = field('op');
    const id = field('vcpu');
    return (request) => {
      const { domain, view, hypervisor } = request;
      const vcpu = domain.vcpus[id.get(view)];
      if (vcpu === undefined || request.isCurrent(vcpu) || !domain.isHvm) return -errno.EINVAL;
      if (op.get(view) > LAST_SINGLE_STEP) return -errno.ENOSYS;
      // Single steps need VMX's monitor trap flag.
      if (hypervisor.machine.vendor !== 'intel') return -errno.EOPNOTSUPP;
      vcpu.singleStep = op.get(view) === SINGLE_STEP_ON;
      return 0;
    };
  },
});

/** Cache monitoring: Intel's. */
const psr_cmt_op = operation({
  family: domctlFamily,
  name: 'psr_cmt_op',
  status: supported,
  handler: () => -errno.ENODEV,
});

/** XEN_DOMCTL_PSR_GET_MBA_THRTL, the last command. */
const LAST_PSR_COMMAND = 9;

const psr_alloc = operation({
  family: domctlFamily,
  name: 'psr_alloc',
  status: supported,
  argument: 'psr_alloc',
  bind({ field }) {
    const command = field('cmd');
    return ({ view }) => (command.get(view) > LAST_PSR_COMMAND ? -errno.EOPNOTSUPP : -errno.ENODEV);
  },
});

export const observeOperations = [debug_op, psr_cmt_op, psr_alloc];
