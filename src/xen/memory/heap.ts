import { E820_RAM, firmwareMap } from './e820.ts';

export const PAGE_SIZE = 4096;
export const PAGE_SHIFT = 12;

/** Pages that Xen itself takes on the recordings' machine, without dom0's shared_info; and how many more before 4.15. */
const XEN_PAGES = 8552;
export const MORE_XEN_PAGES = 1309;

/** A run of free machine frames. */
interface Range {
  start: number;
  count: number;
}

/**
 * The machine's free pages. PV domains get numbered machine frames; translated ones (PVH, HVM) only reduce the number of
 * free pages, because their machine frames are not visible to any caller.
 */
export class MachineHeap {
  /** Pages of RAM. */
  readonly totalPages: number;
  /** One above the highest frame of RAM. */
  readonly maxPage: number;
  /** Pages that domains have claimed and not yet allocated. */
  outstandingClaims = 0;
  /** Whether a page that a domain with a claim gives back is claimed for it again. */
  claimsFreedPages = true;
  /** Free frames, ascending, never adjacent. */
  readonly #ranges: Range[] = [];
  #inRanges = 0;
  /** Pages that were allocated without frame numbers. */
  #counted = 0;

  /** `more`: pages that Xen uses in addition to those of 4.17. */
  constructor(memory: number, more = 0) {
    let total = 0;
    let maxPage = 0;
    for (const { address, size, type } of firmwareMap(memory)) {
      if (type !== E820_RAM) continue;
      const start = Math.ceil(address / PAGE_SIZE);
      const end = Math.floor((address + size) / PAGE_SIZE);
      total += end - start;
      maxPage = Math.max(maxPage, end);
      // The first MiB is never allocated.
      if (start >= 0x100) this.give(start, end - start);
    }
    this.totalPages = total;
    this.maxPage = maxPage;
    this.#counted = Math.max(0, this.#inRanges - (total - XEN_PAGES - more));
  }

  get freePages(): number {
    return this.#inRanges - this.#counted;
  }

  /** The lowest free frame. */
  get lowest(): number | undefined {
    return this.#ranges[0]?.start;
  }

  /** Whether a domain that has `claimed` pages of its own outstanding may take `count`. */
  mayTake(count: number, claimed: number): boolean {
    if (count > this.freePages) return false;
    return this.outstandingClaims + count <= this.freePages || claimed >= count;
  }

  /** Allocates pages that need no frame numbers. The caller has checked `mayTake`. */
  take(count: number): void {
    this.#counted += count;
  }

  putBack(count: number): void {
    this.#counted -= count;
  }

  /** The first of `count` adjacent free frames aligned to `count` (a power of two); undefined if there are none. */
  allocate(count: number): number | undefined {
    if (count > this.freePages) return undefined;
    for (let index = 0; index < this.#ranges.length; index += 1) {
      const range = this.#ranges[index];
      if (range === undefined || range.count < count) continue;
      const start = Math.ceil(range.start / count) * count;
      const after = range.start + range.count - start - count;
      if (after < 0) continue;
      if (start === range.start && after > 0) {
        range.start += count;
        range.count = after;
        this.#inRanges -= count;
        return start;
      }
      const before = start - range.start;
      const rest: Range[] = [];
      if (before > 0) rest.push({ start: range.start, count: before });
      if (after > 0) rest.push({ start: start + count, count: after });
      this.#ranges.splice(index, 1, ...rest);
      this.#inRanges -= count;
      return start;
    }
    return undefined;
  }

  /** Allocates `count` free frames in as few runs as possible; fewer frames if not enough are free. */
  allocateRuns(count: number): Range[] {
    const runs: Range[] = [];
    let left = Math.min(count, this.freePages);
    this.#ranges.sort((a, b) => b.count - a.count);
    while (left > 0) {
      const range = this.#ranges[0];
      if (range === undefined) break;
      const taken = Math.min(left, range.count);
      runs.push({ start: range.start, count: taken });
      range.start += taken;
      range.count -= taken;
      if (range.count === 0) this.#ranges.shift();
      this.#inRanges -= taken;
      left -= taken;
    }
    this.#ranges.sort((a, b) => a.start - b.start);
    return runs;
  }

  /** Whether a numbered frame is free. */
  isFree(frame: number): boolean {
    return this.#ranges.some(({ start, count }) => frame >= start && frame < start + count);
  }

  /** Frees frames. */
  give(start: number, count: number): void {
    let low = 0;
    let high = this.#ranges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ranges[middle]?.start ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    this.#inRanges += count;
    const before = this.#ranges[low - 1];
    const after = this.#ranges[low];
    const joinsAfter = after !== undefined && start + count === after.start;
    if (before !== undefined && before.start + before.count === start) {
      before.count += count + (joinsAfter ? after.count : 0);
      if (joinsAfter) this.#ranges.splice(low, 1);
    } else if (joinsAfter) {
      after.start = start;
      after.count += count;
    } else this.#ranges.splice(low, 0, { start, count });
  }
}
