import { IOCTL_PRIVCMD_HYPERCALL, IOCTL_PRIVCMD_MMAPBATCH_V2 } from '../../drivers/privcmd/ioctls.ts';
import { ioctlFilter } from '../../linux/seccomp.ts';

/** The filter program that notifies a listener of hypercalls and maps of guest memory. */
export function privcmdFilter(): Uint8Array {
  return ioctlFilter([IOCTL_PRIVCMD_HYPERCALL, IOCTL_PRIVCMD_MMAPBATCH_V2]);
}
