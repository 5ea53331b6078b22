import { partial, unsupported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { errno } from '../../errno.ts';
import { sysctlFamily } from './family.ts';

/** Bits of a mask that are used. */
const MOST_CPUS = 8192;

/** XEN_SYSCTL_TBUFOP_*. */
const commands = { getInfo: 0, setCpuMask: 1, setEventMask: 2, setSize: 3, enable: 4, disable: 5 } as const;

/** XEN_SYSCTL_tbuf_op: size and state of the trace buffers, whose frames can be mapped as DOMID_XEN's. */
const tbufOp = operation({
  family: sysctlFamily,
  name: 'tbuf_op',
  status: partial('records of hypercalls, domains and run states; none of interrupts, page tables or a scheduler'),
  argument: 'tbuf_op',
  copies: 'both',
  bind({ field, optional }) {
    const [command, eventMask, frame, size] = [field('cmd'), field('evt_mask'), field('buffer_mfn'), field('size')];
    const cpuBits = optional('cpu_mask.nr_bits') ?? field('cpu_mask.nr_cpus');
    const cpuBitmap = field('cpu_mask.bitmap');
    return ({ call, hypervisor, view }) => {
      const { traceBuffers: buffers } = hypervisor;
      switch (command.get(view)) {
        case commands.getInfo:
          eventMask.set(view, buffers.eventMask);
          frame.set(view, buffers.infoFrame);
          size.set(view, buffers.infoBytes);
          return 0;
        case commands.setCpuMask: {
          const bytes = new Uint8Array(Math.ceil(Math.min(cpuBits.get(view), MOST_CPUS) / 8));
          if (!call.copyFromGuest(cpuBitmap.get(view), bytes)) return -errno.EFAULT;
          buffers.cpuMask = bytes;
          return 0;
        }
        case commands.setEventMask:
          buffers.eventMask = eventMask.get(view);
          return 0;
        case commands.setSize:
          return buffers.setSize(size.get(view));
        case commands.enable:
          return buffers.enable();
        case commands.disable:
          buffers.disable();
          return 0;
        default:
          return -errno.EINVAL;
      }
    };
  },
});

/** A build of Xen without the option has no such sub-operation. */
const notBuilt = (name: string, answer: 'ENOSYS' | 'EOPNOTSUPP', option: string, copies: 'in' | 'always' = 'in') =>
  operation({ family: sysctlFamily, name, copies, status: unsupported(answer, `as in a Xen built without ${option}`) });

export const profilingOperations = [
  tbufOp,
  notBuilt('perfc_op', 'ENOSYS', 'CONFIG_PERF_COUNTERS'),
  notBuilt('lockprof_op', 'ENOSYS', 'CONFIG_DEBUG_LOCK_PROFILE'),
  notBuilt('coverage_op', 'EOPNOTSUPP', 'CONFIG_COVERAGE', 'always'),
  notBuilt('gcov_op', 'EOPNOTSUPP', 'CONFIG_GCOV'),
];
