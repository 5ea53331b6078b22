import { errno } from '../errno.ts';
import type { E820Entry } from './e820.ts';
import { FrameTable } from './frame-table.ts';
import type { GuestFrames } from './guest-frames.ts';
import { PAGE_SIZE } from './heap.ts';
import type { MachineMemory } from './machine-memory.ts';
import { PageAccess } from './page-access.ts';
import { PageTypes, pageTypes } from './page-types.ts';
import { ShownPages } from './shown-pages.ts';
import { ToldFigures } from './told-figures.ts';

/**
 * Pages of Xen's own that a domain may see (shared_info, grant tables, rings) lie above every guest frame in a translated
 * domain's store: page SPECIAL_PAGE + machine frame. A PV domain's lie at their machine frame.
 */
export const SPECIAL_PAGE = 2 ** 36;

/** Frames of guests end here: a page number fits a double and a file offset. */
export const MAX_GFN = 2 ** 36 - 1;

/** arch.max_pfn in struct shared_info of x86-64. */
const SHARED_INFO_MAX_PFN = 3088;

/**
 * A domain's pages. Frames are what its own tables and the toolstack's foreign mappings name: machine frames for PV, guest frames
 * for PVH and HVM ("translated").
 */
export class DomainMemory extends ToldFigures {
  readonly translated: boolean;
  /** What XENMEM_memory_map tells it; empty until set. */
  map: readonly E820Entry[] = [];
  /** Populate-on-demand: pages in the cache and frames without a page. */
  podCache = 0;
  podEntries = 0;
  #podFrames: FrameTable | undefined;
  /** Pages of each virtual CPU's trace buffer (createdomain's vmtrace_size). */
  vmtracePages = 0;
  #typesSet: PageTypes | undefined;
  #vmtrace: Map<number, number> | undefined;
  #pins: Set<number> | undefined;
  #accesses: PageAccess | undefined;
  /** Pages that Xen uses itself: whether their frame was taken away meanwhile. */
  #holds: Map<number, boolean> | undefined;
  /** PV: machine frame to guest frame. */
  readonly #m2p = new FrameTable();
  /** Translated: guest frame to page. */
  readonly #shown = new ShownPages();
  /** Pages of Xen's own, by machine frame. */
  #special: Set<number> | undefined;
  #store: GuestFrames | undefined;
  /** A destroyed domain stays listed while its pages are mapped. It must not get new pages: they would never be freed. */
  #released = false;
  readonly #machine: MachineMemory;
  readonly #domid: number;

  constructor(machine: MachineMemory, domid: number, translated: boolean) {
    super();
    this.#machine = machine;
    this.#domid = domid;
    this.translated = translated;
  }

  // Few domains need these: ten thousand others stay small.

  /** PV: frames that are pinned as page tables. */
  get pinned(): Set<number> {
    this.#pins ??= new Set();
    return this.#pins;
  }

  /** What virtual CPUs may do with each frame; undefined: everything. */
  get access(): PageAccess | undefined {
    return this.#accesses;
  }

  /** As `access`, to restrict it. */
  restrictAccess(): PageAccess {
    this.#accesses ??= new PageAccess();
    return this.#accesses;
  }

  /** The type of a guest frame (HVMMEM_*): what a device model set, else RAM, or nothing. */
  typeOf(frame: number): number {
    return this.#typesSet?.get(frame) ?? (this.pageOf(frame) === undefined ? pageTypes.mmioDm : pageTypes.ramRw);
  }

  /** A frame is of another type (HVMMEM_*). */
  setType(frame: number, type: number): void {
    this.#typesSet ??= new PageTypes();
    this.#typesSet.set(frame, type);
  }

  /** The bytes of its pages. */
  get frames(): GuestFrames {
    this.#store ??= this.#machine.makeFrames(this.#domid);
    return this.#store;
  }

  /** The page of `frames` that a frame shows; undefined if it has none. */
  pageOf(frame: number): number | undefined {
    if (this.translated) return this.#shown.get(frame);
    const has = this.#m2p.has(frame) || this.#special?.has(frame) === true || frame === this.sharedInfoMfn;
    return has ? frame : undefined;
  }

  /** Translated: how many of the frames from `start` to before `end` show a page. */
  pagesWithin(start: number, end: number): number {
    return this.#shown.count(start, end);
  }

  /** PV: the guest frame of one of its machine frames (the m2p table). */
  gfnOf(mfn: number): number | undefined {
    return this.#m2p.get(mfn);
  }

  /** PV: what the m2p table says of one of its frames; false if it is none of its. */
  setGfn(mfn: number, gfn: number): boolean {
    if (this.translated || !this.#m2p.has(mfn)) return false;
    this.#m2p.set(mfn, Math.min(gfn, 0xfffffffe));
    return true;
  }

  /** Highest guest frame there ever was; PV: what the guest wrote into its shared_info. */
  get maximumGfn(): number {
    if (this.translated) return this.#shown.highest;
    if (this.sharedInfoMfn === undefined) return 0;
    const bytes = new Uint8Array(8);
    this.frames.read(this.specialPage(this.sharedInfoMfn), SHARED_INFO_MAX_PFN, bytes);
    return Math.max(1, Number(new DataView(bytes.buffer).getBigUint64(0, true))) - 1;
  }

  set maximumPfn(count: number) {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(count), true);
    this.frames.write(this.specialPage(this.sharedInfo), SHARED_INFO_MAX_PFN, bytes);
  }

  /** Machine frame of its shared_info, made when first asked for; 0 if memory was out, or the domain is dead. */
  get sharedInfo(): number {
    if (this.#released) return 0;
    this.sharedInfoMfn ??= this.#machine.heap.allocate(1) ?? 0;
    return this.sharedInfoMfn;
  }

  /** Whether `count` more pages fit its limit. */
  mayHave(count: number): boolean {
    return this.totalPages + count <= this.maxPages;
  }

  /**
   * Allocates `count` pages (a power of two) and maps them at guest frame `gfn`, if given. Returns the first machine frame (0 for a
   * translated domain), or undefined if memory is short or the domain's limit is reached.
   */
  populate(gfn: number | undefined, count: number): number | undefined {
    const { heap } = this.#machine;
    if (!this.mayHave(count) || !heap.mayTake(count, this.outstanding)) return undefined;
    let first = 0;
    if (this.translated) heap.take(count);
    else {
      const mfn = heap.allocate(count);
      if (mfn === undefined) return undefined;
      first = mfn;
    }
    this.#account(count);
    for (let index = 0; index < count; index += 1) {
      if (!this.translated) this.#m2p.set(first + index, gfn === undefined ? 0xfffffffe : (gfn + index) % 0xfffffffe);
      else if (gfn !== undefined) this.#showOwn(gfn + index);
    }
    return first;
  }

  /** PV, at boot: the first pages, from one run of machine frames where there is one. Guest frames count from 0. */
  populateAtBoot(pages: number): void {
    let gfn = 0;
    for (const { start, count } of this.#machine.heap.allocateRuns(pages)) {
      if (gfn === 0) this.#m2p.setRun(start, count, 0);
      else for (let index = 0; index < count; index += 1) this.#m2p.set(start + index, gfn + index);
      gfn += count;
    }
    this.totalPages += gfn;
  }

  /** Translated: frames that get a page from the cache when they are used first. False where one has a page already. */
  populateOnDemand(gfn: number, count: number): boolean {
    this.#podFrames ??= new FrameTable();
    for (let frame = gfn; frame < gfn + count; frame += 1) if (this.#shown.get(frame) !== undefined) return false;
    for (let frame = gfn; frame < gfn + count; frame += 1) {
      if (this.#podFrames.has(frame)) continue;
      this.#podFrames.set(frame, 0);
      this.podEntries += 1;
      this.#shown.highest = Math.max(this.#shown.highest, frame);
    }
    return true;
  }

  /**
   * The cache grows until it and the pages in use are `target`, but not beyond the frames that wait; it does not shrink: what is too
   * much is the balloon's. False if memory is out.
   */
  setPodTarget(target: number): boolean {
    const inUse = this.totalPages - this.podCache;
    if ((inUse > 0 && this.podEntries === 0) || target < this.totalPages) return true;
    const wanted = inUse > 0 ? Math.min(target - inUse, this.podEntries) : target - inUse;
    const more = wanted - this.podCache;
    if (more <= 0) return true;
    if (!this.mayHave(more) || !this.#machine.heap.mayTake(more, this.outstanding)) return false;
    this.#machine.heap.take(more);
    this.#account(more);
    this.podCache += more;
    return true;
  }

  /** A frame that waits for its page is used: it has one now, if the cache has. */
  demand(frame: number): void {
    if (this.#podFrames?.has(frame) !== true || this.podCache === 0) return;
    this.podCache -= 1;
    this.#showOwn(frame);
  }

  /** Sets pages aside until it has `pages` of them; 0 gives the claim up. 0 or -errno. */
  claim(pages: number): number {
    const { heap } = this.#machine;
    if (pages === 0) {
      heap.outstandingClaims -= this.outstanding;
      this.outstanding = 0;
      return 0;
    }
    if (this.outstanding !== 0 || pages <= this.totalPages || pages > this.maxPages) return -errno.EINVAL;
    const claim = pages - this.totalPages;
    if (claim > heap.freePages - heap.outstandingClaims) return -errno.ENOMEM;
    this.outstanding = claim;
    heap.outstandingClaims += claim;
    return 0;
  }

  /** Takes the page at a frame away. False if there is none of its own. */
  remove(frame: number): boolean {
    const page = this.pageOf(frame);
    if (page === undefined) return this.#waitNoLonger(frame);
    if (!this.#dropFrame(frame)) return false;
    if (page >= SPECIAL_PAGE) return true;
    if (this.#holds?.get(page) === false) {
      this.#holds.set(page, true);
      return true;
    }
    this.#pins?.delete(frame);
    if (this.#holds?.has(page) !== true) this.#store?.discard(page);
    if (this.translated) this.#machine.heap.putBack(1);
    else this.#machine.heap.give(frame, 1);
    this.totalPages -= 1;
    return true;
  }

  /**
   * Translated: Xen uses the page at a frame, which stays the domain's also where the frame is taken away, until letPageGo. The
   * page; undefined if there is none, it is Xen's own, or held already. A frame that is populated again meanwhile shows the same page.
   */
  holdPage(frame: number): number | undefined {
    const page = this.pageOf(frame);
    if (page === undefined || page >= SPECIAL_PAGE || this.#holds?.has(page) === true) return undefined;
    this.#holds ??= new Map();
    this.#holds.set(page, false);
    return page;
  }

  letPageGo(page: number): void {
    const taken = this.#holds?.get(page);
    this.#holds?.delete(page);
    if (taken !== true) return;
    if (this.pageOf(page) !== page) this.#store?.discard(page);
    this.#machine.heap.putBack(1);
    this.totalPages -= 1;
  }

  /** Translated: `gfn` shows another page of the store (a special one, or one moved there); its own page is freed. */
  remap(gfn: number, page: number): void {
    this.#waitNoLonger(gfn);
    if (this.#shown.showsOwn(gfn)) this.remove(gfn);
    else this.#shown.drop(gfn);
    this.#shown.show(gfn, page);
    this.#restrict(gfn);
    if (page === this.specialPage(this.sharedInfoMfn ?? -1)) this.sharedInfoGfn = gfn;
  }

  /** Unmaps a frame of a translated domain. The page is not freed and still counts towards the domain. */
  unmap(gfn: number): boolean {
    if (gfn === this.sharedInfoGfn) this.sharedInfoGfn = undefined;
    return this.#shown.drop(gfn);
  }

  /** A page of Xen's own that the domain may see: its machine frame. Undefined if memory is out, or the domain is dead. */
  addSpecial(): number | undefined {
    if (this.#released) return undefined;
    const mfn = this.#machine.heap.allocate(1);
    if (mfn === undefined) return undefined;
    this.#special ??= new Set();
    this.#special.add(mfn);
    return mfn;
  }

  /** As `addSpecial`, `count` of them side by side: the first machine frame. */
  addAdjacent(count: number): number | undefined {
    const whole = 2 ** Math.ceil(Math.log2(count));
    const mfn = this.#machine.heap.allocate(whole);
    if (mfn === undefined) return undefined;
    this.#special ??= new Set();
    for (let index = 0; index < count; index += 1) this.#special.add(mfn + index);
    if (whole > count) this.#machine.heap.give(mfn + count, whole - count);
    return mfn;
  }

  /** The page of `frames` where a special one lies. */
  specialPage(mfn: number): number {
    return this.translated ? SPECIAL_PAGE + mfn : mfn;
  }

  dropSpecial(mfn: number): void {
    if (this.#special?.delete(mfn) !== true) return;
    this.#store?.discard(this.specialPage(mfn));
    this.#machine.heap.give(mfn, 1);
  }

  /** The guest frame that shows a special page; undefined if none does. */
  frameOfSpecial(mfn: number): number | undefined {
    return this.translated ? this.#shown.frameOf(SPECIAL_PAGE + mfn) : mfn;
  }

  /** The trace buffer's page `index` of a virtual CPU; undefined if memory is out. */
  vmtraceFrame(vcpu: number, index: number): number | undefined {
    const key = vcpu * this.vmtracePages + index;
    this.#vmtrace ??= new Map();
    let mfn = this.#vmtrace.get(key);
    if (mfn === undefined) {
      mfn = this.addSpecial();
      if (mfn !== undefined) this.#vmtrace.set(key, mfn);
    }
    return mfn;
  }

  /** Everything goes back to the heap. */
  release(): void {
    const { heap } = this.#machine;
    this.#released = true;
    heap.outstandingClaims -= this.outstanding;
    if (this.translated) heap.putBack(this.totalPages);
    else for (const [mfn] of this.#m2p.entries()) heap.give(mfn, 1);
    for (const mfn of this.#special ?? []) heap.give(mfn, 1);
    if (this.sharedInfoMfn !== undefined && this.sharedInfoMfn !== 0) heap.give(this.sharedInfoMfn, 1);
    this.#special = undefined;
    this.#vmtrace = undefined;
    this.#pins = undefined;
    this.#accesses = undefined;
    this.#holds = undefined;
    this.#typesSet = undefined;
    this.#m2p.clear();
    this.#shown.clear();
    this.sharedInfoMfn = undefined;
    this.totalPages = 0;
    this.outstanding = 0;
    this.podCache = 0;
    this.podEntries = 0;
    this.#podFrames = undefined;
    this.#store?.close();
    this.#store = undefined;
  }

  /** Reads bytes of a frame; false if it is not mapped. `offset + into.length` is at most PAGE_SIZE. */
  readFrame(frame: number, offset: number, into: Uint8Array): boolean {
    const page = this.pageOf(frame);
    if (page === undefined || offset + into.length > PAGE_SIZE) return false;
    this.frames.read(page, offset, into);
    return true;
  }

  writeFrame(frame: number, offset: number, from: Uint8Array): boolean {
    const page = this.pageOf(frame);
    if (page === undefined || offset + from.length > PAGE_SIZE) return false;
    return this.frames.write(page, offset, from);
  }

  #dropFrame(frame: number): boolean {
    if (frame === this.sharedInfoGfn) this.sharedInfoGfn = undefined;
    this.#typesSet?.forget(frame);
    return this.translated ? this.#shown.drop(frame) : this.#m2p.delete(frame);
  }

  #showOwn(gfn: number): void {
    this.#waitNoLonger(gfn);
    this.#shown.showOwn(gfn);
    this.#restrict(gfn);
  }

  /** A frame that shows another page than before is accessed as the listener's default says. */
  #restrict(gfn: number): void {
    if (gfn === this.sharedInfoGfn) this.sharedInfoGfn = undefined;
    this.#typesSet?.forget(gfn);
    this.#accesses?.set(gfn, 1, this.#accesses.initial);
  }

  /** A frame is no longer one that waits for a page. Whether it was. */
  #waitNoLonger(frame: number): boolean {
    if (this.#podFrames?.delete(frame) !== true) return false;
    this.podEntries -= 1;
    return true;
  }

  #account(count: number): void {
    this.totalPages += count;
    const ofClaim = Math.min(this.outstanding, count);
    this.outstanding -= ofClaim;
    this.#machine.heap.outstandingClaims -= ofClaim;
  }
}
