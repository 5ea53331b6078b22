import { statSync } from 'node:fs';
import type { CallList } from '../../caller/call-list.ts';
import type { CallInCaller } from '../../caller/injected-call.ts';
import { type LentFile, lendFile } from '../../caller/lend-file.ts';
import { errno } from '../../xen/errno.ts';
import type { DomainMemory } from '../../xen/memory/domain-memory.ts';
import { PAGE_SIZE } from '../../xen/memory/heap.ts';
import { FileFrames } from './file-frames.ts';

/** MAP_SHARED | MAP_FIXED */
const SHARED_FIXED = 0x11;
/** MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED */
const PRIVATE_ANONYMOUS_FIXED = 0x32;
/** Like VM_DONTCOPY in Linux's privcmd: a forked child does not inherit the mapping. */
const MADV_DONTFORK = 10;

/** Pages of one domain's memory file to map over a range of a caller's addresses. */
export interface PageMap {
  readonly domain: { readonly memory: Pick<DomainMemory, 'frames'> };
  /** Address of the first page. */
  readonly address: number;
  /** A page number for each page of the range; negative: nothing is mapped there. */
  readonly pages: readonly number[];
  /** PROT_* bits. */
  readonly protection: number;
  /** Whether the mapping must stay read-only: mprotect cannot make it writable. */
  readonly readOnly: boolean;
}

/** Most maps in one list of calls, which leaves room for a few other calls. */
const MOST_MAPS = 1000;

/**
 * Maps pages in a stopped caller. Returns 0 or -errno; after an error, some may be mapped. Adjacent pages take one system call. All calls
 * together cost one stop of the caller if possible, otherwise one stop each. `lent`: the caller's own descriptor of the memory file, or the
 * -errno of giving it one. If it is undefined, the caller is made to open one.
 */
export function mapPages(call: CallInCaller, tid: number, map: PageMap, lent?: number): number {
  const { frames } = map.domain.memory;
  if (!(frames instanceof FileFrames)) return -errno.ENOMEM;
  const fd = lendable(frames, map.readOnly);
  if (fd < 0) return -errno.ENOMEM;
  if (lent !== undefined && lent < 0) return lent;
  const { device, inode } = frames;
  const file = { fd, device, inode, readOnly: map.readOnly };
  return mapAtOnce(call, tid, fd, map, lent) ?? mapOneByOne(call, tid, file, map, lent);
}

/** The descriptor to lend, or -errno. For a mapping that must stay read-only, it is open for reading only. */
export const lendable = (frames: FileFrames, readOnly: boolean) => (readOnly ? frames.readOnly : frames.fd);

/** Returns 0 or -errno; undefined: not possible, and nothing has changed. */
function mapAtOnce(
  call: CallInCaller,
  tid: number,
  file: number,
  map: PageMap,
  lent: number | undefined,
): number | undefined {
  if (lent === undefined && !call.knowsOurPid()) return undefined;
  const { length } = map.pages;
  const unmaps = isScattered(map.pages) && hasOneThread(tid);
  let fd = lent;
  let index = 0;
  do {
    const list = call.list();
    if (list === undefined) return index === 0 || fd === undefined ? undefined : giveUp(call, map, fd, 0);
    const isFirst = index === 0;
    if (isFirst) {
      if (fd === undefined) takeFile(list, file);
      if (unmaps) list.add('munmap', map.address, length * PAGE_SIZE);
    }
    index = addMaps(list, map, index, fd);
    const wanted = list.length;
    if (index === length) {
      list.add('close', fd);
      if (fd === undefined) list.useResult(0, FD);
      list.add('madvise', map.address, length * PAGE_SIZE, MADV_DONTFORK);
    }
    const made = list.run();
    if (isFirst && made === undefined) return undefined;
    if (fd === undefined) {
      fd = made !== undefined && made > FD ? list.result(FD) : -1;
      if (fd < 0) {
        // pidfd_getfd is not allowed: fall back to opening the file.
        if (made !== undefined && made > PIDFD && list.result(PIDFD) >= 0) call('close', list.result(PIDFD));
        return undefined;
      }
    }
    const failed = made === undefined || made < wanted || list.result(wanted - 1) < 0;
    if (failed) {
      const result = giveUp(call, map, fd, made ? list.result(made - 1) : 0);
      if (unmaps) takeRange(call, map);
      return result;
    }
  } while (index < length);
  return 0;
}

/** Indexes in the first list of the calls that get the file. */
const PIDFD = 0;
const FD = 1;

function takeFile(list: CallList, ours: number): void {
  list.add('pidfd_open', process.pid);
  list.add('pidfd_getfd', 0, ours);
  list.useResult(0, PIDFD);
  list.add('close');
  list.useResult(0, PIDFD);
}

/** Adds maps of as many pages from `index` on as fit; returns the index after them. `fd` undefined: the list itself gets the file. */
function addMaps(list: CallList, map: PageMap, index: number, fd: number | undefined): number {
  const { address, pages, protection } = map;
  let next = index;
  for (let maps = 0; maps < MOST_MAPS && next < pages.length; ) {
    const [at, count, page] = [address + next * PAGE_SIZE, runLength(pages, next), pages[next]!];
    next += count;
    if (page < 0) continue;
    list.add('mmap', at, count * PAGE_SIZE, protection, SHARED_FIXED, fd, page * PAGE_SIZE);
    if (fd === undefined) list.useResult(4, FD);
    maps += 1;
  }
  return next;
}

/** Cleans up after a failure and returns -errno, which is `result` if that is negative. */
function giveUp(call: CallInCaller, { address, pages }: PageMap, fd: number, result: number): number {
  call('close', fd);
  call('madvise', address, pages.length * PAGE_SIZE, MADV_DONTFORK);
  return Math.min(result, 0) || -errno.ENOMEM;
}

/** Number of maps from which unmapping the range first is faster: each map then splits nothing and takes three quarters of the time. */
const MANY_MAPS = 16;

/** Whether the pages have no holes and take many maps. */
function isScattered(pages: readonly number[]): boolean {
  let maps = 0;
  for (let index = 0; index < pages.length; index += runLength(pages, index)) {
    if (pages[index]! < 0) return false;
    maps += 1;
  }
  return maps >= MANY_MAPS;
}

/** Whether the process has one thread: another one could map something while the range is briefly unmapped. */
function hasOneThread(tid: number): boolean {
  // Links of this directory: two, and one per thread.
  return statSync(`/proc/${tid}/task`, { throwIfNoEntry: false })?.nlink === 3;
}

/** Reserves the range again, since the program believes that it is mapped. Unmaps first: at the mapping limit nothing can be replaced. */
function takeRange(call: CallInCaller, { address, pages }: PageMap): void {
  call('munmap', address, pages.length * PAGE_SIZE);
  call('mmap', address, pages.length * PAGE_SIZE, 0, PRIVATE_ANONYMOUS_FIXED, -1, 0);
}

function mapOneByOne(call: CallInCaller, tid: number, file: LentFile, map: PageMap, lent: number | undefined): number {
  const fd = lent ?? lendFile(call, tid, file);
  if (fd < 0) return fd;
  const { address, pages, protection } = map;
  let result = 0;
  for (let index = 0; index < pages.length && result === 0; ) {
    const [at, count, page] = [address + index * PAGE_SIZE, runLength(pages, index), pages[index]!];
    index += count;
    if (page < 0) continue;
    const mapped = Number(call('mmap', at, count * PAGE_SIZE, protection, SHARED_FIXED, fd, page * PAGE_SIZE));
    if (mapped !== at) result = mapped < 0 ? mapped : -errno.ENOMEM;
  }
  call('close', fd);
  call('madvise', address, pages.length * PAGE_SIZE, MADV_DONTFORK);
  return result;
}

/** How many pages from `index` on are consecutive; 1 if none is mapped there. */
export function runLength(pages: readonly number[], index: number): number {
  const first = pages[index]!;
  let count = 1;
  while (first >= 0 && pages[index + count] === first + count) count += 1;
  return count;
}
