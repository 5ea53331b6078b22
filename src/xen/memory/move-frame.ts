import { errno } from '../errno.ts';
import { type DomainMemory, MAX_GFN } from './domain-memory.ts';

/** A translated domain's page at one guest frame moves to another: 0, or -EINVAL; -`missing` if there is no page. */
export function moveFrame(memory: DomainMemory, from: number, to: number, missing: number = errno.EINVAL): number {
  if (to > MAX_GFN) return -errno.EINVAL;
  const page = memory.pageOf(from);
  if (page === undefined) return -missing;
  if (from === to) return 0;
  memory.unmap(from);
  memory.remap(to, page);
  return 0;
}
