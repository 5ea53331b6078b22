import type { CallInCaller } from '../../caller/injected-call.ts';
import { lendFile } from '../../caller/lend-file.ts';
import { errno } from '../../xen/errno.ts';
import type { DomainMemory } from '../../xen/memory/domain-memory.ts';
import { PAGE_SIZE } from '../../xen/memory/heap.ts';
import { FileFrames } from './file-frames.ts';

const MAP_SHARED = 1;
const MAP_FIXED = 0x10;
/** As VM_DONTCOPY of Linux's privcmd: a forked child does not have the mapping. */
const MADV_DONTFORK = 10;

/** Pages of one domain's store to map over a range of a caller's addresses. */
export interface PageMap {
  readonly domain: { readonly memory: DomainMemory };
  /** Address of the first page. */
  readonly address: number;
  /** One for each page of the range; negative: nothing is mapped there. */
  readonly pages: readonly number[];
  /** PROT_* bits. */
  readonly protection: number;
}

/**
 * Maps pages in a stopped caller: 0 or -errno, after which a part may be mapped. Adjacent pages take one system call, each of some
 * 20 µs.
 */
export function mapPages(call: CallInCaller, tid: number, { domain, address, pages, protection }: PageMap): number {
  const { frames } = domain.memory;
  if (!(frames instanceof FileFrames) || frames.fd < 0) return -errno.ENOMEM;
  const fd = lendFile(call, tid, frames);
  if (fd < 0) return fd;
  let result = 0;
  for (const { index, count } of runsOf(pages)) {
    const at = address + index * PAGE_SIZE;
    const offset = pages[index]! * PAGE_SIZE;
    const mapped = Number(call('mmap', at, count * PAGE_SIZE, protection, MAP_SHARED | MAP_FIXED, fd, offset));
    if (mapped !== at) {
      result = mapped < 0 ? mapped : -errno.ENOMEM;
      break;
    }
  }
  call('close', fd);
  call('madvise', address, pages.length * PAGE_SIZE, MADV_DONTFORK);
  return result;
}

/** Stretches of pages with ascending numbers. */
export function* runsOf(pages: readonly number[]): Generator<{ index: number; count: number }> {
  let index = 0;
  while (index < pages.length) {
    const first = pages[index]!;
    let count = 1;
    while (first >= 0 && pages[index + count] === first + count) count += 1;
    if (first >= 0) yield { index, count };
    index += count;
  }
}
