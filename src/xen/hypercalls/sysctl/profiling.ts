import { errno } from '../../errno.ts';
import { partial, unsupported } from '../../hypercall.ts';
import type { SysctlOperation } from './sysctl.ts';

const PAGE_SIZE = 4096;
/** Page of the trace information, as get_info shows it; nothing can be read there. */
const T_INFO_MFN = 0xba48e;
/** The trace information holds 16-bit offsets and a page number for each trace page: more do not fit its one page. */
const MAX_TRACE_PAGES = 128;

/** XEN_SYSCTL_tbuf_op: the trace buffers' size and state. No record is ever written. */
export const tbufOp: SysctlOperation = {
  name: 'tbuf_op',
  status: partial('no record enters the buffers, and their pages cannot be mapped'),
  perform(call, view, struct, address) {
    const { hardware, console } = call.hypervisor;
    const field = (name: string) => struct.field(`u.tbuf_op.${name}`);
    switch (field('cmd').get(view)) {
      case 0: // get_info
        field('evt_mask').set(view, hardware.traceEventMask);
        field('buffer_mfn').set(view, hardware.tracePages === 0 ? 0 : T_INFO_MFN);
        field('size').set(view, hardware.tracePages === 0 ? 0 : PAGE_SIZE);
        break;
      case 1: {
        // set_cpu_mask: every CPU is traced alike, so the mask is read and forgotten
        const count = struct.has('u.tbuf_op.cpu_mask.nr_bits') ? 'cpu_mask.nr_bits' : 'cpu_mask.nr_cpus';
        const bytes = new Uint8Array(Math.ceil(Math.min(field(count).get(view), 8192) / 8));
        if (!call.copyFromGuest(field('cpu_mask.bitmap').get(view), bytes)) return -errno.EFAULT;
        break;
      }
      case 2: // set_evt_mask
        hardware.traceEventMask = field('evt_mask').get(view);
        break;
      case 3: {
        // set_size: once, for good
        const pages = field('size').get(view);
        if (hardware.tracePages !== 0) {
          if (pages !== hardware.tracePages) return -errno.EINVAL;
          break;
        }
        if (pages === 0) return -errno.EINVAL;
        if (pages > MAX_TRACE_PAGES) return -errno.EINVAL;
        hardware.tracePages = pages;
        console.printk(`<2>trace buffers: ${pages} pages for each of ${hardware.machine.cpus} CPUs\n`);
        break;
      }
      case 4: // enable
        if (hardware.tracePages === 0) return -errno.EINVAL;
        hardware.tracing = true;
        break;
      case 5: // disable
        hardware.tracing = false;
        break;
      default:
        return -errno.EINVAL;
    }
    return call.structToGuest(address, view);
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
