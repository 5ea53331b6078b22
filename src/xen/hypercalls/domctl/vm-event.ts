import { behaves } from '../../abi/behaviour.ts';
import { partial, supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { EVENT_VERSION } from '../../domain/monitor/event.ts';
import { monitorOf } from '../../domain/monitor/monitor-of.ts';
import { errno } from '../../errno.ts';
import { domctlFamily } from './family.ts';

/** XEN_VM_EVENT_*; XEN_DOMCTL_VM_EVENT_OP_MONITOR. */
const VM_EVENT = { enable: 0, disable: 1, resume: 2, getVersion: 3 } as const;
const MODE_PAGING = 1;
const MODE_MONITOR = 2;

const status = partial(
  'release builds have no paging and sharing; events are those of consoles, requests and scenarios',
);

/** XEN_DOMCTL_vm_event_op: a ring through which a program gets the events of a guest and answers them. */
const vm_event_op = operation({
  family: domctlFamily,
  name: 'vm_event_op',
  status,
  target: 'optional',
  argument: 'vm_event_op',
  copies: 'always',
  bind({ abi, field, optional }) {
    const spoken = behaves(abi, 'vmEventVersion7') ? EVENT_VERSION : EVENT_VERSION - 1;
    const paging = behaves(abi, 'memoryPaging');
    const opField = field('op');
    const mode = field('mode');
    const port = optional('u.enable.port') ?? optional('port');
    const version = optional('u.version');
    return (request) => {
      const { domain, view, call, hypervisor } = request;
      const op = opField.get(view);
      if (op === VM_EVENT.getVersion && version !== undefined) {
        version.set(view, spoken);
        return 0;
      }
      if (!request.caller.privileged) return -errno.EPERM;
      if (request.isWithoutDomain) return -errno.ESRCH;
      if (request.self) return -errno.EINVAL;
      if (domain.dying !== 'no') return 0;
      if (domain.vcpus.length === 0) return -errno.EINVAL;
      if (mode.get(view) === MODE_PAGING && paging) {
        return op === VM_EVENT.enable ? -errno.EOPNOTSUPP : op === VM_EVENT.resume ? -errno.ENODEV : -errno.ENOSYS;
      }
      if (mode.get(view) !== MODE_MONITOR) return -errno.ENOSYS;
      switch (op) {
        case VM_EVENT.enable: {
          const made = monitorOf(hypervisor, domain).enable(call.domain);
          if (made < 0) return made;
          port?.set(view, made);
          return 0;
        }
        case VM_EVENT.disable:
          return domain.monitor?.disable() ?? -errno.EINVAL;
        case VM_EVENT.resume:
          return domain.monitor?.resume() ?? -errno.ENODEV;
        default:
          return -errno.ENOSYS;
      }
    };
  },
});

/** XEN_DOMCTL_set_access_required: whether a violated access without a listener crashes the domain. */
const set_access_required = operation({
  family: domctlFamily,
  name: 'set_access_required',
  status: supported,
  argument: 'access_required',
  bind({ optional }) {
    const required = optional('access_required');
    return (request) => {
      const { domain, view } = request;
      if (request.self) return -errno.EPERM;
      const wanted = required !== undefined && (required.get(view) & 0xff) !== 0;
      if (wanted || domain.memory.properties.access !== undefined)
        domain.memory.properties.restrictAccess().listenerRequired = wanted;
      return 0;
    };
  },
});

export const vmEventOperations = [vm_event_op, set_access_required];
