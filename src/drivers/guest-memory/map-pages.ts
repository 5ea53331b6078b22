import type { ResultOf } from '../../caller/call-list.ts';
import type { CallInCaller, NamedCall } from '../../caller/injected-call.ts';
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
  readonly domain: { readonly memory: Pick<DomainMemory, 'frames'> };
  /** Address of the first page. */
  readonly address: number;
  /** One for each page of the range; negative: nothing is mapped there. */
  readonly pages: readonly number[];
  /** PROT_* bits. */
  readonly protection: number;
}

/** Maps of one list of calls: it has room for a few more. */
const MOST_MAPS = 1000;

/**
 * Maps pages in a stopped caller: 0 or -errno, after which a part may be mapped. Adjacent pages take one system call. All calls
 * together cost one stop of the caller; where it cannot be so, one each.
 */
export function mapPages(call: CallInCaller, tid: number, { domain, address, pages, protection }: PageMap): number {
  const { frames } = domain.memory;
  if (!(frames instanceof FileFrames) || frames.fd < 0) return -errno.ENOMEM;
  const runs = [...runsOf(pages)];
  const mmap = ({ index, count }: Run, fd: number | ResultOf): NamedCall => {
    const [at, offset] = [address + index * PAGE_SIZE, pages[index]! * PAGE_SIZE];
    return ['mmap', at, count * PAGE_SIZE, protection, MAP_SHARED | MAP_FIXED, fd, offset];
  };
  const last: NamedCall = ['madvise', address, pages.length * PAGE_SIZE, MADV_DONTFORK];
  return mapAtOnce(call, frames, runs, mmap, last) ?? mapOneByOne(call, tid, frames, runs, mmap, last);
}

type MakeMmap = (run: Run, fd: number | ResultOf) => NamedCall;

/** 0 or -errno; undefined: not possible, and nothing has changed. */
function mapAtOnce(
  call: CallInCaller,
  frames: FileFrames,
  runs: readonly Run[],
  mmap: MakeMmap,
  last: NamedCall,
): number | undefined {
  if (!call.knowsOurPid()) return undefined;
  const pidfd = { resultOf: 0 };
  let fd: number | ResultOf = { resultOf: 1 };
  for (let first = 0; first < runs.length; first += MOST_MAPS) {
    const isLast = first + MOST_MAPS >= runs.length;
    const calls: NamedCall[] = runs.slice(first, first + MOST_MAPS).map((run) => mmap(run, fd));
    if (first === 0)
      calls.unshift(['pidfd_open', process.pid, 0], ['pidfd_getfd', pidfd, frames.fd, 0], ['close', pidfd]);
    const before = calls.length;
    if (isLast) calls.push(['close', fd], last);
    const results = call.all(calls);
    if (first === 0) {
      if (results === undefined) return undefined;
      const [opened = -1n, got = -1n] = results;
      // Not allowed to take a file from us: there are other ways.
      if (got < 0n) {
        if (opened >= 0n) call('close', opened);
        return undefined;
      }
      fd = Number(got);
    }
    const made = results?.findIndex((result) => result < 0n) ?? 0;
    if (results !== undefined && (made < 0 || made >= before) && results.length >= before) continue;
    call('close', fd as number); // it is one by now
    const [madvise, ...advice] = last;
    call(madvise, ...(advice as number[])); // all of them are, for nobody else's result is among them
    return Number(results?.at(-1) ?? 0n) || -errno.ENOMEM;
  }
  return 0;
}

function mapOneByOne(
  call: CallInCaller,
  tid: number,
  frames: FileFrames,
  runs: readonly Run[],
  mmap: MakeMmap,
  [madvise, ...advice]: NamedCall,
): number {
  const fd = lendFile(call, tid, frames);
  if (fd < 0) return fd;
  let result = 0;
  for (const run of runs) {
    const [, at, ...rest] = mmap(run, fd) as [string, number, ...number[]]; // all numbers, for the descriptor is one
    const mapped = Number(call('mmap', at, ...rest));
    if (mapped === at) continue;
    result = mapped < 0 ? mapped : -errno.ENOMEM;
    break;
  }
  call('close', fd);
  call(madvise, ...(advice as number[])); // as in mapAtOnce
  return result;
}

interface Run {
  readonly index: number;
  readonly count: number;
}

/** Stretches of pages with ascending numbers. */
export function* runsOf(pages: readonly number[]): Generator<Run> {
  let index = 0;
  while (index < pages.length) {
    const first = pages[index]!;
    let count = 1;
    while (first >= 0 && pages[index + count] === first + count) count += 1;
    if (first >= 0) yield { index, count };
    index += count;
  }
}
