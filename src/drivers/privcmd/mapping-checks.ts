import { DOMID_INVALID, type Domain } from '../../xen/domain.ts';
import { errno } from '../../xen/errno.ts';
import type { Hypervisor } from '../../xen/hypervisor.ts';
import {
  IOCTL_PRIVCMD_MMAP,
  IOCTL_PRIVCMD_MMAP_RESOURCE,
  IOCTL_PRIVCMD_MMAPBATCH,
  IOCTL_PRIVCMD_MMAPBATCH_V2,
} from './ioctls.ts';
import type { CallerBytes, IoctlHandler, PrivcmdState } from './privcmd.ts';

/**
 * What the mapping ioctls answer before anything is mapped: EFAULT, EPERM of a restricted file, EINVAL. Each number and domain
 * lies where the struct's name says (privcmd.h); a call that passes the checks is EINVAL, as one for memory that is no map of privcmd.
 */
export function mappingChecks(hypervisor: Hypervisor, domain: Domain): ReadonlyMap<number, IoctlHandler> {
  const bytes = new Uint8Array(32);
  const view = new DataView(bytes.buffer);
  /** 0, or -errno: the struct is read, and the file may act on the domain at `domid`. */
  const begin = (state: PrivcmdState, memory: CallerBytes, argument: number, size: number, domid: number): number => {
    if (memory.copyFromUser(argument, bytes, 0, size) < size) return -errno.EFAULT;
    return state.domid !== DOMID_INVALID && state.domid !== view.getUint16(domid, true) ? -errno.EPERM : 0;
  };
  const batch =
    (size: number): IoctlHandler =>
    (state, memory, argument) =>
      begin(state, memory, argument, size, 4) || -errno.EINVAL;
  return new Map<number, IoctlHandler>([
    [
      IOCTL_PRIVCMD_MMAP,
      (state, memory, argument) => {
        const begun = begin(state, memory, argument, 16, 4);
        const entry = Number(view.getBigUint64(8, true));
        if (begun !== 0 || view.getInt32(0, true) <= 0) return begun;
        return memory.copyFromUser(entry, bytes, 0, 24) < 24 ? -errno.EFAULT : -errno.EINVAL;
      },
    ],
    [IOCTL_PRIVCMD_MMAPBATCH, batch(24)],
    [IOCTL_PRIVCMD_MMAPBATCH_V2, batch(32)],
    [
      IOCTL_PRIVCMD_MMAP_RESOURCE,
      (state, memory, argument) => {
        const begun = begin(state, memory, argument, 32, 0);
        if (begun !== 0) return begun;
        const size = view.getBigUint64(16, true) === 0n;
        if (size !== (view.getBigUint64(24, true) === 0n)) return -errno.EINVAL;
        // A domain has no way to its own resources here, and none to those of nobody.
        const domid = view.getUint16(0, true);
        if (domid === domain.id) return -errno.EPERM;
        return hypervisor.domains.has(domid) ? -errno.EOPNOTSUPP : -errno.ESRCH;
      },
    ],
  ]);
}
