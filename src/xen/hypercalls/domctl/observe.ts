import { errno } from '../../errno.ts';
import { partial, supported } from '../../hypercall.ts';
import { operation } from './operation.ts';

// Debuggers, introspection, cache allocation: what the simulated machine has not, as Xen answers on such a one.

/** XEN_DOMCTL_DEBUG_OP_SINGLE_STEP_OFF and _ON. */
const LAST_SINGLE_STEP = 1;

export const debug_op = operation('debug_op', partial('no single step: AMD has no monitor trap flag'), (struct) => {
  const op = struct.field('u.debug_op.op');
  const id = struct.field('u.debug_op.vcpu');
  return (request) => {
    const { domain, view } = request;
    const vcpu = domain.vcpus[id.get(view)];
    if (vcpu === undefined || request.isCurrent(vcpu) || !domain.isHvm) return -errno.EINVAL;
    return op.get(view) <= LAST_SINGLE_STEP ? -errno.EOPNOTSUPP : -errno.ENOSYS;
  };
});

/** XEN_VM_EVENT_*; XEN_DOMCTL_VM_EVENT_OP_MONITOR. */
const VM_EVENT = { enable: 0, disable: 1, resume: 2, getVersion: 3 } as const;
const VM_EVENT_INTERFACE_VERSION = 7;
const MODE_MONITOR = 2;

export const vm_event_op = operation('vm_event_op', partial('no ring can be enabled'), (struct) => {
  const opField = struct.field('u.vm_event_op.op');
  const mode = struct.field('u.vm_event_op.mode');
  const version = struct.has('u.vm_event_op.u.version') ? struct.field('u.vm_event_op.u.version') : undefined;
  return (request) => {
    const { domain, view } = request;
    const op = opField.get(view);
    request.copyBack = true;
    if (op === VM_EVENT.getVersion && version !== undefined) {
      version.set(view, VM_EVENT_INTERFACE_VERSION);
      return 0;
    }
    if (request.self || domain.dying !== 'no' || domain.vcpus.length === 0) return -errno.EINVAL;
    // Paging and sharing are not in Debian's build.
    if (mode.get(view) !== MODE_MONITOR) return -errno.ENOSYS;
    if (op === VM_EVENT.enable) return -errno.EOPNOTSUPP;
    if (op === VM_EVENT.disable) return 0;
    return op === VM_EVENT.resume ? -errno.ENODEV : -errno.ENOSYS;
  };
});

/** XEN_DOMCTL_MONITOR_OP_*. */
const MONITOR = { enable: 0, disable: 1, getCapabilities: 2 } as const;

export const monitor_op = operation('monitor_op', partial('no event can be monitored'), (struct) => {
  const opField = struct.field('u.monitor_op.op');
  const event = struct.field('u.monitor_op.event');
  return (request) => {
    if (request.self) return -errno.EPERM;
    if (opField.get(request.view) !== MONITOR.getCapabilities) return -errno.EOPNOTSUPP;
    event.set(request.view, 0);
    request.copyBack = true;
    return 0;
  };
});

export const set_access_required = operation(
  'set_access_required',
  supported,
  () => (request) => (request.self ? -errno.EPERM : 0),
);

/** XEN_DOMCTL_vmtrace_op: createdomain refuses a trace buffer, so no domain has one. */
export const vmtrace_op = operation('vmtrace_op', supported, () => () => -errno.EINVAL);

/** Cache monitoring: Intel's. */
export const psr_cmt_op = operation('psr_cmt_op', supported, () => () => -errno.ENODEV);

/** XEN_DOMCTL_PSR_GET_MBA_THRTL, the last command. */
const LAST_PSR_COMMAND = 9;

export const psr_alloc = operation('psr_alloc', supported, (struct) => {
  const command = struct.field('u.psr_alloc.cmd');
  return ({ view }) => (command.get(view) > LAST_PSR_COMMAND ? -errno.EOPNOTSUPP : -errno.ENODEV);
});
