import { errno } from '../errno.ts';
import { type DomainMemory, MAX_GFN } from './domain-memory.ts';

/** INVALID_GFN: all bits of 64, as a double. */
export const INVALID_GFN = 2 ** 64;

/** How releases refuse a move. */
export interface MoveRules {
  /** The errno for a frame without a page. */
  readonly missing: number;
  /** Whether moving a page to its own frame is EXDEV and loses the page. */
  readonly itselfRefused: boolean;
}

/** A translated domain's page at one guest frame moves to another: 0, or -errno. */
export function moveFrame(
  memory: DomainMemory,
  from: number,
  to: number,
  { missing, itselfRefused }: MoveRules,
): number {
  const page = memory.pageOf(from);
  if (page === undefined) return -missing;
  if (to > MAX_GFN) {
    memory.unmap(from); // Xen unmaps the page before it finds out
    return -errno.ENOENT;
  }
  if (memory.properties.device(to) !== undefined) return -errno.EPERM;
  if (from === to) {
    if (!itselfRefused) return 0;
    memory.remove(from); // the page at the target is removed first, which is the page itself
    return -errno.EXDEV;
  }
  memory.unmap(from);
  memory.remap(to, page);
  return 0;
}
