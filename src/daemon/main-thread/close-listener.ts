import { closeSync } from 'node:fs';
import { isListener } from '../../linux/seccomp.ts';

/**
 * Closes a seccomp listener that is no longer served: waiting and later callers get ENOSYS. The hypervisor thread may have closed it
 * already, and its number may have been reused for another file.
 */
export function closeListener(listener: number): void {
  if (isListener(listener)) closeSync(listener);
}
