import { stableLayout } from '../abi/stable-layout.ts';
import { partial, supported, type UnlistedRow, unsupported } from '../call/hypercall.ts';
import { errno } from '../errno.ts';

/** XEN_MCA_INTERFACE_VERSION. */
const INTERFACE_VERSION = 0x01ecc003;
const mc = stableLayout('xen_mc', 'cmd:u32 interface_version:u32 u:u64[18]');
const fetch = stableLayout('xen_mc_fetch', 'flags:u32 pad:u32 fetch_id:u64 data:u64');
const physical = stableLayout('xen_mc_physcpuinfo', 'ncpus:u32 pad:u32 info:u64');
const FLAG_ACK = 4;
const FLAG_NODATA = 1;

/** mca (arch_0): machine checks. None ever happens. */
export function mca(): UnlistedRow {
  return {
    number: 48,
    name: 'mca',
    status: partial('no machine check ever happens, and none can be injected'),
    subOperations: [
      { number: 1, name: 'fetch', status: supported },
      { number: 2, name: 'notifydomain', status: unsupported('EINVAL', 'only Xen sends it') },
      { number: 3, name: 'physcpuinfo', status: partial('tells the number of CPUs only') },
      {
        number: 4,
        name: 'msrinject',
        status: unsupported('EPERM', 'the simulated CPU has no machine check registers'),
      },
      { number: 5, name: 'mceinject', status: unsupported('EPERM', 'the simulated CPU takes no machine check') },
      { number: 6, name: 'inject_v2', status: unsupported('EPERM', 'the simulated CPU takes no machine check') },
    ],
    handler(call) {
      if (!call.domain.privileged) return -errno.EPERM;
      const address = call.address(0);
      const view = call.structFromGuest(address, mc);
      if (view === undefined) return -errno.EFAULT;
      if (mc.field('interface_version').get(view) !== INTERFACE_VERSION) return -errno.EACCES;
      const union = mc.field('u').offset;
      switch (mc.field('cmd').get(view)) {
        case 1: {
          const flags = fetch.field('flags').get(view, union);
          // acknowledging needs nothing; else it must say which kind of check is wanted
          if ((flags & FLAG_ACK) === 0) {
            if ((flags & 3) === 0 || (flags & 3) === 3) return -errno.EINVAL;
            if (fetch.field('data').get(view, union) === 0) return -errno.EINVAL;
          }
          fetch.field('flags').set(view, FLAG_NODATA, union);
          fetch.field('fetch_id').set(view, 0, union);
          return call.structToGuest(address, view);
        }
        case 3:
          physical.field('ncpus').set(view, call.hypervisor.hardware.onlineCpus.size, union);
          return call.structToGuest(address, view);
        case 4:
        case 5:
        case 6:
          return -errno.EPERM;
        default:
          return -errno.EINVAL;
      }
    },
  };
}
