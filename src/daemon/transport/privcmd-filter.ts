import { IOCTL_PRIVCMD_HYPERCALL, IOCTL_PRIVCMD_MMAPBATCH_V2 } from '../../drivers/privcmd/ioctls.ts';
import { ioctlFilter } from '../../linux/seccomp.ts';

/** The ioctls that come through seccomp listeners beside a mount: hypercalls and maps of guest memory. */
export const NOTIFIED: readonly number[] = [IOCTL_PRIVCMD_HYPERCALL, IOCTL_PRIVCMD_MMAPBATCH_V2];

/** The filter program that notifies a listener of them. */
export function privcmdFilter(): Uint8Array {
  return ioctlFilter(NOTIFIED);
}
