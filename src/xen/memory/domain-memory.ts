import { markDirty } from './dirty-log.ts';
import { DomainFigures } from './domain-figures.ts';
import type { E820Entry } from './e820.ts';
import { FrameProperties } from './frame-properties.ts';
import type { GuestFrames } from './guest-frames.ts';
import { PAGE_SIZE } from './heap.ts';
import { HeldPages } from './held-pages.ts';
import type { MachineMemory } from './machine-memory.ts';
import { readMaxPfn, writeMaxPfn } from './max-pfn.ts';
import { PageClaim } from './page-claim.ts';
import { pageTypes } from './page-types.ts';
import { PopulateOnDemand } from './populate-on-demand.ts';
import { PvFrames } from './pv-frames.ts';
import { ShownPages } from './shown-pages.ts';
import { SPECIAL_PAGE, SpecialPages } from './special-pages.ts';

/** Limit of guests' frames: a page number then fits a double and a file offset. */
export const MAX_GFN = 2 ** 36 - 1;

/**
 * A domain's pages. Frames are what its own tables and the toolstack's foreign mappings name: machine frames for PV, guest frames
 * for PVH and HVM ("translated").
 */
export class DomainMemory extends DomainFigures {
  readonly translated: boolean;
  readonly claimed: PageClaim;
  /** The answer to XENMEM_memory_map; empty until set. */
  map: readonly E820Entry[] = [];
  /** Translated: frames that get a page when they are first used. */
  readonly pod = new PopulateOnDemand();
  /** Access rights and types of its frames. */
  readonly properties = new FrameProperties();
  /** Pages of Xen's own that it may see. */
  readonly special: SpecialPages;
  /** Pages of each virtual CPU's trace buffer (createdomain's vmtrace_size). */
  vmtracePages = 0;
  #pins: Map<number, number> | undefined;
  #held: HeldPages | undefined;
  /** PV: machine frame to guest frame. */
  readonly m2p: PvFrames;
  /** Translated: guest frame to page. */
  readonly #shown = new ShownPages();
  #store: GuestFrames | undefined;
  /** A destroyed domain stays listed while its pages are mapped. It must not get new pages, which would never be freed. */
  #released = false;
  readonly #machine: MachineMemory;
  readonly #domid: number;

  constructor(machine: MachineMemory, domid: number, translated: boolean) {
    super();
    this.#machine = machine;
    this.#domid = domid;
    this.translated = translated;
    this.m2p = new PvFrames(machine.shownM2p);
    this.claimed = new PageClaim(machine.heap, () => this.onFigure());
    this.special = new SpecialPages(machine.heap, translated ? this.#shown : undefined, (page) =>
      this.#store?.discard(page),
    );
  }

  /** PV: frames that are pinned as page tables, with their level. Created when needed, so that ten thousand idle domains stay small. */
  get pinned(): Map<number, number> {
    this.#pins ??= new Map();
    return this.#pins;
  }

  /** The type of a guest frame (HVMMEM_*): what a device model set, else RAM, or nothing. */
  typeOf(frame: number): number {
    return this.properties.type(frame) ?? (this.pageOf(frame) === undefined ? pageTypes.mmioDm : pageTypes.ramRw);
  }

  /** The bytes of its pages. */
  get frames(): GuestFrames {
    this.#store ??= this.#machine.makeFrames(this.#domid);
    return this.#store;
  }

  /** The page of `frames` that a frame shows; undefined if it has none. */
  pageOf(frame: number): number | undefined {
    if (this.translated) return this.#shown.get(frame);
    const has = this.m2p.has(frame) || this.special.has(frame) || frame === this.sharedInfoMfn;
    return has ? frame : undefined;
  }

  /** Translated: how many of the frames from `start` to before `end` show a page. */
  pagesWithin(start: number, end: number): number {
    return this.#shown.count(start, end);
  }

  /** PV: sets the m2p entry of one of its frames; false if the frame does not belong to it. */
  setGfn(mfn: number, gfn: number): boolean {
    if (this.translated || !this.m2p.has(mfn)) return false;
    this.m2p.set(mfn, Math.min(gfn, 0xfffffffe));
    return true;
  }

  /** The highest guest frame that was ever used; PV: the value that the guest wrote into its shared_info. */
  get maximumGfn(): number {
    if (this.translated) return this.#shown.highest;
    return this.sharedInfoMfn === undefined ? 0 : Math.max(1, readMaxPfn(this.frames, this.sharedInfoMfn)) - 1;
  }

  set maximumPfn(count: number) {
    writeMaxPfn(this.frames, this.special.pageOf(this.sharedInfo), count);
  }

  /** Machine frame of its shared_info, allocated at the first use; 0 if there was no memory left, or the domain is dead. */
  get sharedInfo(): number {
    if (this.#released) return 0;
    this.sharedInfoMfn ??= this.#machine.heap.allocate(1) ?? 0;
    return this.sharedInfoMfn;
  }

  /** Whether `count` more are within its limit. */
  mayHave(count: number): boolean {
    return this.totalPages + count <= this.maxPages;
  }

  /**
   * Allocates `count` pages (a power of two) and maps them at guest frame `gfn`, if given. Returns the first machine frame (0 for a
   * translated domain), or undefined if memory is short or the domain's limit is reached. `run`: machine frames allocated before.
   */
  populate(gfn: number | undefined, count: number, run?: number): number | undefined {
    if (this.translated) {
      if (!this.#take(count)) return undefined;
      for (let index = 0; gfn !== undefined && index < count; index += 1) this.#showOwn(gfn + index);
      return 0;
    }
    if (!this.mayHave(count) || !this.claimed.mayTake(count)) return undefined;
    const first = run ?? this.#machine.heap.allocate(count);
    if (first === undefined) return undefined;
    this.#account(count);
    for (let index = 0; index < count; index += 1) {
      this.m2p.set(first + index, gfn === undefined ? 0xfffffffe : (gfn + index) % 0xfffffffe);
    }
    return first;
  }

  /** At boot: allocates the first pages, for PV from one run of machine frames if possible. Guest frames count from 0. */
  populateAtBoot(pages: number): void {
    if (this.translated) this.#machine.heap.take(pages);
    let gfn = this.translated ? this.#shown.showOwnAtBoot(pages) : 0;
    for (const { start, count } of this.translated ? [] : this.#machine.heap.allocateRuns(pages)) {
      if (gfn === 0) this.m2p.setRun(start, count, 0);
      else for (let index = 0; index < count; index += 1) this.m2p.set(start + index, gfn + index);
      gfn += count;
    }
    this.totalPages += gfn;
  }

  /** Translated: frames that get a page from the cache at their first use. False if one has a page already. */
  populateOnDemand(gfn: number, count: number): boolean {
    for (let frame = gfn; frame < gfn + count; frame += 1) if (this.#shown.get(frame) !== undefined) return false;
    for (let frame = gfn; frame < gfn + count; frame += 1) if (this.pod.add(frame)) this.#shown.raise(frame);
    return true;
  }

  /** Fills the cache of populate-on-demand for a target of `target` pages. False if memory is short. */
  setPodTarget(target: number): boolean {
    const more = this.pod.missing(target, this.totalPages);
    if (more > 0 && !this.#take(more)) return false;
    this.pod.cache += more;
    return true;
  }

  /** Called when a populate-on-demand frame is used: it gets a page if the cache has one. */
  demand(frame: number): void {
    if (this.pod.takeFor(frame)) this.#showOwn(frame);
  }

  /** XENMEM_claim_pages. 0 or -errno. */
  claim(pages: number): number {
    return this.claimed.set(pages, this.totalPages, this.maxPages);
  }

  /** Removes the page at a frame. False if the domain has none there. */
  remove(frame: number): boolean {
    const page = this.pageOf(frame);
    if (page === undefined) return this.pod.delete(frame) && this.#giveBack(this.pod.takeSurplus());
    if (frame === this.sharedInfoGfn) this.sharedInfoGfn = undefined;
    this.properties.forgetType(frame);
    if (!(this.translated ? this.#shown.drop(frame) : this.m2p.delete(frame))) return false;
    if (page >= SPECIAL_PAGE || this.#held?.keeps(page) === true) return true;
    this.#pins?.delete(frame);
    if (this.#held?.has(page) !== true) this.#store?.discard(page);
    if (this.translated) this.#machine.heap.putBack(1);
    else this.#machine.heap.give(frame, 1);
    this.#account(-1);
    return true;
  }

  /**
   * Translated: keeps the page at a frame for Xen until `releasePage`, even if the frame is removed; populated again, the frame shows the
   * same page. Returns the page; undefined if there is none, it is Xen's own, or it is held already.
   */
  holdPage(frame: number): number | undefined {
    const page = this.pageOf(frame);
    if (page === undefined || page >= SPECIAL_PAGE) return undefined;
    this.#held ??= new HeldPages();
    return this.#held.hold(page) ? page : undefined;
  }

  releasePage(page: number): void {
    if (this.#held?.release(page) !== true) return;
    if (this.pageOf(page) !== page) this.#store?.discard(page);
    this.#giveBack(1);
  }

  /** Translated: `gfn` shows another page of the store (a special one, or one moved there). What it showed before is freed. */
  remap(gfn: number, page: number): void {
    this.pod.delete(gfn);
    const before = this.#shown.get(gfn);
    if (before !== undefined && before < SPECIAL_PAGE) this.remove(gfn);
    else this.#shown.drop(gfn);
    this.#shown.show(gfn, page);
    this.#restrict(gfn);
    if (page === this.special.pageOf(this.sharedInfoMfn ?? -1)) this.sharedInfoGfn = gfn;
  }

  /** Unmaps a frame of a translated domain. The page is not freed and still counts towards the domain. */
  unmap(gfn: number): boolean {
    if (gfn === this.sharedInfoGfn) this.sharedInfoGfn = undefined;
    return this.#shown.drop(gfn);
  }

  /** Translated: `gfn` shows a frame of a device. A page that it showed is lost, and still counts, until the domain ends. */
  showDevice(gfn: number, mfn: number): void {
    this.unmap(gfn);
    this.pod.delete(gfn);
    this.properties.devices.shown.set(gfn, mfn);
    this.#shown.raise(gfn);
  }

  /** Returns everything to the heap. */
  release(): void {
    const { heap } = this.#machine;
    this.#released = true;
    this.claimed.use(this.claimed.outstanding);
    if (this.translated) heap.putBack(this.totalPages);
    else for (const [mfn] of this.m2p.entries()) heap.give(mfn, 1);
    this.special.release();
    if (this.sharedInfoMfn !== undefined && this.sharedInfoMfn !== 0) heap.give(this.sharedInfoMfn, 1);
    this.#pins = undefined;
    this.properties.clear();
    this.#held = undefined;
    this.m2p.clear();
    this.#shown.clear();
    this.sharedInfoMfn = undefined;
    this.totalPages = 0;
    this.pod.clear();
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
    markDirty(this, frame);
    return this.frames.write(page, offset, from);
  }

  #showOwn(gfn: number): void {
    this.pod.delete(gfn);
    this.#shown.showOwn(gfn);
    this.#restrict(gfn);
  }

  /** A frame that shows a new page gets the listener's default access. */
  #restrict(gfn: number): void {
    if (gfn === this.sharedInfoGfn) this.sharedInfoGfn = undefined;
    this.properties.reset(gfn);
  }

  /** Translated: takes `count` pages from the heap. False if memory is short or the domain's limit is reached. */
  #take(count: number): boolean {
    if (!this.mayHave(count) || !this.claimed.mayTake(count)) return false;
    this.#machine.heap.take(count);
    this.#account(count);
    return true;
  }

  #giveBack(count: number): true {
    this.#machine.heap.putBack(count);
    this.#account(-count);
    return true;
  }

  #account(count: number): void {
    this.totalPages += count;
    this.claimed.use(count);
  }
}
