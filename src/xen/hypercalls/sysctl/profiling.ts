import { partial, unsupported } from '../../call/hypercall.ts';
import { errno } from '../../errno.ts';
import type { SysctlOperation } from './sysctl.ts';

/** Bits of a mask that are looked at. */
const MOST_CPUS = 8192;

/** XEN_SYSCTL_TBUFOP_*. */
const commands = { getInfo: 0, setCpuMask: 1, setEventMask: 2, setSize: 3, enable: 4, disable: 5 } as const;

/** XEN_SYSCTL_tbuf_op: size and state of the trace buffers, of which DOMID_XEN's frames can be mapped. */
export const tbufOp: SysctlOperation = {
  name: 'tbuf_op',
  status: partial('records of hypercalls, domains and run states; none of interrupts, page tables or a scheduler'),
  perform(call, view, struct, address) {
    const { traceBuffers: buffers } = call.hypervisor;
    const field = (name: string) => struct.field(`u.tbuf_op.${name}`);
    let result = 0;
    switch (field('cmd').get(view)) {
      case commands.getInfo:
        field('evt_mask').set(view, buffers.eventMask);
        field('buffer_mfn').set(view, buffers.infoFrame);
        field('size').set(view, buffers.infoBytes);
        break;
      case commands.setCpuMask: {
        const count = struct.has('u.tbuf_op.cpu_mask.nr_bits') ? 'cpu_mask.nr_bits' : 'cpu_mask.nr_cpus';
        const bytes = new Uint8Array(Math.ceil(Math.min(field(count).get(view), MOST_CPUS) / 8));
        if (!call.copyFromGuest(field('cpu_mask.bitmap').get(view), bytes)) return -errno.EFAULT;
        buffers.cpuMask = bytes;
        break;
      }
      case commands.setEventMask:
        buffers.eventMask = field('evt_mask').get(view);
        break;
      case commands.setSize:
        result = buffers.setSize(field('size').get(view));
        break;
      case commands.enable:
        result = buffers.enable();
        break;
      case commands.disable:
        buffers.disable();
        break;
      default:
        return -errno.EINVAL;
    }
    return result === 0 ? call.structToGuest(address, view) : result;
  },
};

/** A build of Xen without the option has no such sub-operation. */
const notBuilt = (name: string, answer: 'ENOSYS' | 'EOPNOTSUPP', option: string): SysctlOperation => ({
  name,
  status: unsupported(answer, `as a Xen built without ${option}`),
  perform: () => -errno[answer],
});

export const perfcOp = notBuilt('perfc_op', 'ENOSYS', 'CONFIG_PERF_COUNTERS');
export const lockprofOp = notBuilt('lockprof_op', 'ENOSYS', 'CONFIG_DEBUG_LOCK_PROFILE');
export const coverageOp = notBuilt('coverage_op', 'EOPNOTSUPP', 'CONFIG_COVERAGE');
export const gcovOp = notBuilt('gcov_op', 'EOPNOTSUPP', 'CONFIG_GCOV');
