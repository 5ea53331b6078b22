import { behaves } from '../../abi/behaviour.ts';
import type { Call } from '../../call/call.ts';
import { partial, supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import type { Domain } from '../../domain/domain.ts';
import { errno } from '../../errno.ts';
import type { Hypervisor } from '../../hypervisor.ts';
import { DirtyLog } from '../../memory/dirty-log.ts';
import { PAGE_SIZE } from '../../memory/heap.ts';
import { tableLevels } from '../../memory/page-tables.ts';
import { printForeignFrame } from '../foreign-frame.ts';
import { domctlFamily } from './family.ts';

/** XEN_DOMCTL_max_mem counts KiB. */
const KIB_PER_PAGE = 4;
/** d->max_pages is an unsigned int. */
const MAX_PAGES = 0xfffffffe;
/** Most pages in one getpageframeinfo3. */
const MAX_FRAMES = 1024;
const FRAME_BYTES = 8;
/** XEN_DOMCTL_PFINFO_XTAB: no such page. */
const PFINFO_XTAB = 0xf0000000;
/** XEN_DOMCTL_PFINFO_LTAB_SHIFT and _LPINTAB. */
const PFINFO_LEVEL_SHIFT = 28;
const PFINFO_PINNED = 0x80000000;

const max_mem = operation({
  family: domctlFamily,
  name: 'max_mem',
  status: supported,
  argument: 'max_mem',
  bind({ field }) {
    const kib = field('max_memkb');
    return ({ domain, view }) => {
      domain.maxPages = Math.min(Math.floor(kib.get(view) / KIB_PER_PAGE), MAX_PAGES);
      return 0;
    };
  },
});

const get_paging_mempool_size = operation({
  family: domctlFamily,
  name: 'get_paging_mempool_size',
  status: supported,
  argument: 'paging_mempool',
  copies: 'both',
  bind({ field }) {
    const size = field('size');
    return (request) => {
      if (!request.domain.isHvm) return -errno.EOPNOTSUPP;
      size.set(request.view, request.domain.pagingMempool);
      return 0;
    };
  },
});

/** A pool's pages are counted in 32 bits. */
const MAX_POOL_PAGES = 2 ** 32;
/**
 * Bytes of the pool that a guest's first page tables occupy, and that cannot be removed from it (domctl-memory.set_paging_mempool_size).
 */
const USED_POOL = 64 * 1024;

const set_paging_mempool_size = operation({
  family: domctlFamily,
  name: 'set_paging_mempool_size',
  status: supported,
  argument: 'paging_mempool',
  bind({ field }) {
    const sizeField = field('size');
    return ({ domain, view, hypervisor }) => {
      const size = sizeField.get(view);
      if (!domain.isHvm) return -errno.EOPNOTSUPP;
      if (size % PAGE_SIZE !== 0 || size / PAGE_SIZE >= MAX_POOL_PAGES) return -errno.EINVAL;
      return resizePool(domain, size, hypervisor);
    };
  },
});

/**
 * Sets the size of the pool as far as possible; 0 or -ENOMEM. It takes free memory, and all of it if the size is too large.
 * domctl2.shadow_op.rnd38 (mb=0x100000): ENOMEM with 0x7dd.
 */
function resizePool(domain: Domain, size: number, { memory: { heap } }: Hypervisor): number {
  const wanted = Math.ceil(Math.max(size, USED_POOL) / PAGE_SIZE);
  const had = Math.floor(domain.pagingMempool / PAGE_SIZE);
  const got = Math.min(wanted, had + heap.freePages);
  if (got > had) heap.take(got - had);
  else heap.putBack(had - got);
  domain.pooledPages += got - had;
  domain.pagingMempool = got * PAGE_SIZE;
  return domain.pagingMempool === size ? 0 : -errno.ENOMEM;
}

const frames = new Uint8Array(MAX_FRAMES * FRAME_BYTES);
const words = new Uint32Array(frames.buffer);
const frame = new Uint8Array(FRAME_BYTES);

/** XEN_DOMCTL_PFINFO_*: the type of a page table of a level. */
const typeOf = (level: number, isPinned: boolean): number =>
  ((level << PFINFO_LEVEL_SHIFT) | (isPinned ? PFINFO_PINNED : 0)) >>> 0;

/** XEN_DOMCTL_getpageframeinfo3: replaces each frame number by the type of the frame. */
const getpageframeinfo3 = operation({
  family: domctlFamily,
  name: 'getpageframeinfo3',
  status: partial('page tables are those that a pinned one refers to'),
  argument: 'getpageframeinfo3',
  bind({ field }) {
    const num = field('num');
    const array = field('array');
    return ({ domain, view, call }) => {
      const count = num.get(view);
      if (count > MAX_FRAMES) return -errno.E2BIG;
      domain.look();
      const { pinned } = domain.memory;
      const levels = domain.isHvm || pinned.size === 0 ? undefined : tableLevels(domain.memory);
      const address = array.get(view);
      // One copy for the whole array: saving a domain queries a million frames, a thousand per call. Xen takes them one by one.
      let present = count;
      while (present > 0 && !call.copyFromGuest(address, frames, present * FRAME_BYTES)) present >>= 1;
      while (present < count && call.copyFromGuest(address + present * FRAME_BYTES, frame)) {
        frames.set(frame, present * FRAME_BYTES);
        present += 1;
      }
      for (let index = 0; index < present; index += 1) {
        const gfn = (words[2 * index + 1] ?? 0) * 2 ** 32 + (words[2 * index] ?? 0);
        const missing = domain.memory.pageOf(gfn) === undefined;
        if (missing) printForeignFrame(call, domain, gfn);
        const bad = missing || domain.brokenFrames?.has(gfn) === true;
        words[2 * index] = bad ? PFINFO_XTAB : typeOf(levels?.get(gfn) ?? 0, pinned.has(gfn));
        words[2 * index + 1] = 0;
      }
      const copied = call.copyToGuest(address, frames, present * FRAME_BYTES);
      return copied && present === count ? 0 : -errno.EFAULT;
    };
  },
});

/** XEN_DOMCTL_hypercall_init: fills the page through which a guest's kernel makes hypercalls. */
const hypercall_init = operation({
  family: domctlFamily,
  name: 'hypercall_init',
  status: partial('nothing is written: no guest executes'),
  argument: 'hypercall_init',
  bind({ field }) {
    const gmfn = field('gmfn');
    return ({ call, domain, view }) => {
      const gfn = gmfn.get(view);
      if (domain.memory.pageOf(gfn) !== undefined) return 0;
      printForeignFrame(call, domain, gfn);
      return -errno.EINVAL;
    };
  },
});

const set_broken_page_p2m = operation({
  family: domctlFamily,
  name: 'set_broken_page_p2m',
  status: partial('the page stays usable'),
  argument: 'set_broken_page_p2m',
  bind({ abi, field }) {
    const pvBusy = behaves(abi, 'brokenPageOfPvBusy');
    const pfn = field('pfn');
    return ({ domain, view, hypervisor }) => {
      const gfn = pfn.get(view);
      if (pvBusy && !domain.isHvm && gfn < hypervisor.memory.heap.maxPage) return -errno.EBUSY;
      if (domain.memory.pageOf(gfn) === undefined) return -errno.EINVAL;
      domain.brokenFrames ??= new Set();
      if (domain.brokenFrames.has(gfn)) return -errno.EINVAL;
      domain.brokenFrames.add(gfn);
      return 0;
    };
  },
});

/** XEN_DOMCTL_SHADOW_OP_*. */
const shadow = {
  off: 0,
  enableTest: 1,
  enableLogdirty: 2,
  clean: 11,
  peek: 12,
  getAllocation: 30,
  setAllocation: 31,
  enable: 32,
} as const;
/** XEN_DOMCTL_SHADOW_ENABLE_LOG_DIRTY. */
const MODE_LOG_DIRTY = 4;
const MIB = 2 ** 20;
const CLEAN_PAGE = new Uint8Array(PAGE_SIZE);

/** XEN_DOMCTL_SHADOW_LOGDIRTY_FINAL. */
const LOGDIRTY_FINAL = 1;
/** Pages whose bits are written in one call: 4 GiB. */
const MOST_LOGGED_PAGES = 2 ** 20;

/** The largest count of bits that can be rounded up to bytes in 64 bits. */
const MOST_ROUNDED = 2n ** 64n - 8n;

/** Starts the log; a log that was stopped keeps its bits. */
function startLog(domain: Domain): number {
  const { properties } = domain.memory;
  if (properties.dirty?.on === true) return -errno.EINVAL;
  domain.look();
  properties.dirty ??= new DirtyLog();
  properties.dirty.turn(true);
  return 0;
}

/**
 * Copies the bits of the first `pages` pages to the caller; an address of 0 copies nothing. Bits of a byte that is asked for in part are
 * copied, and `clean` clears those of the rest of a page of the bitmap too.
 */
function copyLog(call: Call, log: DirtyLog | undefined, address: number, pages: number, clean: boolean): boolean {
  const bytes = Math.ceil(pages / 8);
  for (let at = 0; at < bytes; at += PAGE_SIZE) {
    const page = log?.page(at / PAGE_SIZE) ?? CLEAN_PAGE;
    const size = Math.min(PAGE_SIZE, bytes - at);
    if (address !== 0 && !call.copyToGuest(address + at, page, size)) return false;
    if (clean) log?.cleanPage(at / PAGE_SIZE);
  }
  return true;
}

/** XEN_DOMCTL_shadow_op: the log of dirty pages, and the size in MiB of the pool for page tables. */
const shadow_op = operation({
  family: domctlFamily,
  name: 'shadow_op',
  status: partial('dirty pages are those that hypercalls, grants and a scenario write: no guest executes'),
  argument: 'shadow_op',
  copies: 'always',
  bind({ abi, field }) {
    const opField = field('op');
    const mode = field('mode');
    const mb = field('mb');
    const bitmap = field('dirty_bitmap');
    const pages = field('pages');
    const faults = field('stats.fault_count');
    const dirty = field('stats.dirty_count');
    return (request) => {
      const { domain, view, call, hypervisor } = request;
      if (request.self) return -errno.EINVAL;
      if (domain.dying !== 'no') return 0;
      if (domain.vcpus.length === 0) return -errno.EINVAL;
      const op = opField.get(view);
      // A PV domain needs shadow page tables for it.
      const hasLog = domain.isHvm || behaves(abi, 'shadowPaging');
      const logDirty =
        op === shadow.enableLogdirty || (op === shadow.enable && (mode.get(view) & MODE_LOG_DIRTY) !== 0);
      if (logDirty) return hasLog ? startLog(domain) : -errno.EOPNOTSUPP;
      // Shadow page tables for a test: only a PV domain accepts them, domctl2.logdirty.2.14 on 4.14.6.
      if (op === shadow.enableTest && !domain.isHvm && hasLog) return 0;
      if (op === shadow.off) {
        domain.memory.properties.dirty?.turn(false);
        return hasLog ? 0 : -errno.EINVAL;
      }
      if (op === shadow.clean || op === shadow.peek) {
        if ((mode.get(view) & ~LOGDIRTY_FINAL) !== 0) return -errno.EINVAL;
        // Rounding up to bytes overflows for the largest counts, and gives 0.
        const asked = pages.getBig(view) > MOST_ROUNDED ? 0 : Math.min(pages.get(view), MOST_LOGGED_PAGES);
        domain.catchUp?.();
        const log = domain.memory.properties.dirty;
        if (!copyLog(call, log, bitmap.get(view), asked, op === shadow.clean)) return -errno.EFAULT;
        faults.set(view, 0);
        dirty.set(view, log?.count ?? 0);
        pages.set(view, asked);
        if (op === shadow.clean && log !== undefined) log.count = 0;
        return 0;
      }
      if (!hasLog) return -errno.EINVAL;
      if (op === shadow.getAllocation) {
        mb.set(view, Math.ceil(domain.pagingMempool / MIB));
        return 0;
      }
      if (op !== shadow.setAllocation) return -errno.EINVAL;
      const result = resizePool(domain, mb.get(view) * MIB, hypervisor);
      mb.set(view, Math.ceil(domain.pagingMempool / MIB));
      request.copyBack = true;
      return result;
    };
  },
});

export const memoryOperations = [
  max_mem,
  get_paging_mempool_size,
  set_paging_mempool_size,
  getpageframeinfo3,
  hypercall_init,
  set_broken_page_p2m,
  shadow_op,
];
