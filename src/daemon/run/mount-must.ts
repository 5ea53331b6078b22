import { SYS } from '../../linux/arch/x86-64/system-calls.ts';
import type { ChildCalls } from '../../linux/child-calls.ts';
import { errno } from '../../linux/errno.ts';

/** Most retries when a mount point becomes stale right after its lookup. */
const ATTEMPTS = 10;

/**
 * Adds mount(2) to a child's calls, with retries; `what` completes "cannot ...". The kernel returns ENOENT if another lookup has replaced
 * the mount point meanwhile, as happens with FUSE on a busy machine: the next lookup finds the new one.
 */
export function mountMust(
  calls: ChildCalls,
  what: string,
  source: string | null,
  target: string,
  type: string | null,
  flags: number,
  data: string | null = null,
): void {
  calls.repeat(ATTEMPTS, errno.ENOENT, what, SYS.mount, source ?? 0, target, type ?? 0, flags, data ?? 0);
}
