import type { Domain } from '../domain/domain.ts';
import { errno } from '../errno.ts';

/** XENMEM_resource_* (memory.h). */
const RESOURCE_IOREQ_SERVER = 0;
export const RESOURCE_GRANT_TABLE = 1;
export const RESOURCE_VMTRACE_BUF = 2;

const GRANT_SHARED = 0;
const GRANT_STATUS = 1;

/** Pages of an ioreq server: the buffered ring and one page of slots. */
const IOREQ_PAGES = 2;

/** How many frames a resource can have; 0 if there is no such resource. */
export function resourceSize(domain: Domain, type: number, id: number): number {
  switch (type) {
    case RESOURCE_GRANT_TABLE:
      if (id === GRANT_SHARED) return domain.grants.maxFrames;
      return id === GRANT_STATUS ? domain.grants.maxStatusFrames : 0;
    case RESOURCE_IOREQ_SERVER:
      return domain.memory.translated ? IOREQ_PAGES : 0;
    case RESOURCE_VMTRACE_BUF:
      return domain.memory.vmtracePages;
    default:
      return 0;
  }
}

/** An ioreq server's number has 16 bits. */
const MAX_SERVER = 0xffff;

/**
 * Machine frames of a resource, starting at `first`; -errno if the resource does not exist. A grant table grows to the requested
 * size. `domain.memory.special.pageOf(mfn)` gives the page of each frame in the domain's store.
 */
export function acquireResource(domain: Domain, type: number, id: number, first: number, count: number) {
  const size = resourceSize(domain, type, id);
  if (size === 0) return -errno.EINVAL;
  // Frames that an ioreq server does not have are refused one by one, after all other checks.
  if (type !== RESOURCE_IOREQ_SERVER && first + count > size) return -errno.EINVAL;
  const frame = frameGetter(domain, type, id);
  if (typeof frame === 'number') return frame;
  const frames: number[] = [];
  for (let index = first; index < first + count; index += 1) {
    const mfn = frame(index);
    if (mfn !== undefined && mfn < 0) return mfn;
    if (mfn === undefined) return type === RESOURCE_GRANT_TABLE ? -errno.EINVAL : -errno.ENOMEM;
    frames.push(mfn);
  }
  return frames;
}

function frameGetter(domain: Domain, type: number, id: number): number | ((index: number) => number | undefined) {
  const { grants, memory } = domain;
  switch (type) {
    case RESOURCE_GRANT_TABLE:
      return id === GRANT_SHARED ? (index) => grants.sharedFrame(index) : (index) => grants.statusFrame(index);
    case RESOURCE_VMTRACE_BUF:
      return id < domain.maxVcpus
        ? (index) => memory.special.vmtraceFrame(id * memory.vmtracePages + index)
        : -errno.ENOENT;
    default:
      return id > MAX_SERVER ? -errno.EINVAL : ioreqFrames(domain, id);
  }
}

/** An ioreq server's own pages; -errno if it has none, or if they are at guest frames. */
function ioreqFrames({ deviceModel }: Domain, id: number): number | ((index: number) => number) {
  const server = deviceModel?.servers.get(id);
  if (deviceModel === undefined || server === undefined) return -errno.ENOENT;
  return (index) => deviceModel.servers.frame(server, index);
}
