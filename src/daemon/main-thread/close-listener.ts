import { closeSync, readlinkSync } from 'node:fs';

/**
 * Closes a seccomp listener that nobody serves any more: callers that wait there, and later ones, get ENOSYS. The hypervisor thread may
 * have closed it already, and its number may be another file's.
 */
export function closeListener(listener: number): void {
  try {
    if (readlinkSync(`/proc/self/fd/${listener}`) === 'anon_inode:seccomp notify') closeSync(listener);
  } catch {
    // it is closed
  }
}
