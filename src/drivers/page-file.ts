import type { OpenFile } from '../fuse/node.ts';
import { errno } from '../xen/errno.ts';
import type { DomainMemory } from '../xen/memory/domain-memory.ts';
import { PAGE_SIZE } from '../xen/memory/heap.ts';

/**
 * A domain's special page as a file to mmap. Programs access it through the kernel's page cache: it is read at the first access and
 * written back when it is unmapped. Two such files have separate copies. `mfn`: undefined if there was no memory for it.
 */
export function pageFile(
  memory: DomainMemory,
  mfn: () => number | undefined,
): Pick<OpenFile, 'pageCache' | 'read' | 'write'> {
  return {
    pageCache: true,
    read(_request, offset, into) {
      const page = mfn();
      if (page === undefined) return -errno.EIO;
      const length = Math.max(0, Math.min(into.length, PAGE_SIZE - offset));
      memory.frames.read(memory.special.pageOf(page), offset, into.subarray(0, length));
      return length;
    },
    write(_request, offset, data) {
      const page = mfn();
      if (offset + data.length > PAGE_SIZE) return -errno.EFBIG;
      if (page === undefined) return -errno.EIO;
      memory.frames.write(memory.special.pageOf(page), offset, data);
      return data.length;
    },
  };
}
