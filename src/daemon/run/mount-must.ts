import { SYS } from '../../linux/arch/x86-64/system-calls.ts';
import type { ChildCalls } from '../../linux/child-calls.ts';
import { errno } from '../../linux/errno.ts';

/** How often a mount point that was just looked up may turn out to be a stale one. */
const ATTEMPTS = 10;

/**
 * mount(2) in a child; `what` completes "cannot ...". The kernel looks the mount point up, and then answers ENOENT if another lookup has
 * replaced it meanwhile, as happens with FUSE on a busy machine: the next lookup finds the new one.
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
