import { closeSync, readlinkSync } from 'node:fs';

/**
 * Closes a seccomp listener that is no longer served: waiting and later callers get ENOSYS. The hypervisor thread may have closed it
 * already, and its number may have been reused for another file.
 */
export function closeListener(listener: number): void {
  try {
    if (readlinkSync(`/proc/self/fd/${listener}`) === 'anon_inode:seccomp notify') closeSync(listener);
  } catch {
    // it is closed
  }
}
