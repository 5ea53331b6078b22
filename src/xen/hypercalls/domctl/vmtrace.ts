import { partial } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { getTraceOption, setTraceOption, setTracing, tracedBytes } from '../../domain/vmtrace.ts';
import { errno } from '../../errno.ts';
import { domctlFamily } from './family.ts';

/** XEN_DOMCTL_vmtrace_*. */
const VMTRACE = {
  enable: 1,
  disable: 2,
  resetAndEnable: 3,
  outputPosition: 4,
  getOption: 5,
  setOption: 6,
} as const;

/** XEN_DOMCTL_vmtrace_op: Intel's Processor Trace of a guest that has buffers for it (createdomain's vmtrace_size). */
const vmtrace_op = operation({
  family: domctlFamily,
  name: 'vmtrace_op',
  status: partial('nothing is executed: the buffer stays empty'),
  argument: 'vmtrace_op',
  bind({ field }) {
    const [command, id, key, value] = [field('cmd'), field('vcpu'), field('key'), field('value')];
    return (request) => {
      const { domain, view } = request;
      if (domain.memory.vmtracePages === 0 || request.self) return -errno.EINVAL;
      const vcpu = domain.vcpus[id.get(view)];
      if (vcpu === undefined) return -errno.ENOENT;
      let result = 0;
      switch (command.get(view)) {
        case VMTRACE.enable:
          result = setTracing(vcpu, true, false);
          break;
        case VMTRACE.disable:
          result = setTracing(vcpu, false, false);
          break;
        case VMTRACE.resetAndEnable:
          result = setTracing(vcpu, true, true);
          break;
        case VMTRACE.outputPosition:
          value.setBig(view, tracedBytes(vcpu));
          break;
        case VMTRACE.getOption: {
          const option = getTraceOption(vcpu, key.getBig(view));
          if (option === undefined) return -errno.EINVAL;
          value.setBig(view, option);
          break;
        }
        case VMTRACE.setOption:
          result = setTraceOption(vcpu, key.getBig(view), value.getBig(view));
          break;
        default:
          return -errno.EOPNOTSUPP;
      }
      request.copyBack = result === 0;
      return result;
    };
  },
});

export const vmtraceOperations = [vmtrace_op];
