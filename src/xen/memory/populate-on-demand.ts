import { FrameTable } from './frame-table.ts';

/** Populate-on-demand: frames of a translated domain that get a page from a cache when they are first used. */
export class PopulateOnDemand {
  /** Pages in the cache. They count towards the domain. */
  cache = 0;
  #frames: FrameTable | undefined;

  /** Number of frames without a page. */
  get entries(): number {
    return this.#frames?.size ?? 0;
  }

  /** Makes a frame wait for a page; false if it already waited. */
  add(frame: number): boolean {
    this.#frames ??= new FrameTable();
    if (this.#frames.has(frame)) return false;
    this.#frames.set(frame, 0);
    return true;
  }

  /** Takes a page for a frame from the cache. False if the frame does not wait for one, or the cache is empty. */
  takeFor(frame: number): boolean {
    if (this.cache === 0 || this.#frames?.has(frame) !== true) return false;
    this.cache -= 1;
    return true;
  }

  /** Removes the pages that the waiting frames do not need from the cache; returns their number. */
  takeSurplus(): number {
    const surplus = Math.max(0, this.cache - this.entries);
    this.cache -= surplus;
    return surplus;
  }

  /** Removes a frame from those that wait for a page; returns whether it was one. */
  delete(frame: number): boolean {
    return this.#frames?.delete(frame) === true;
  }

  /**
   * How many pages the cache must grow so that it and the pages in use make `target`, limited by the number of waiting frames. It never
   * shrinks: the balloon driver returns excess pages. `total`: pages of the domain, with the cache.
   */
  missing(target: number, total: number): number {
    const inUse = total - this.cache;
    if ((inUse > 0 && this.entries === 0) || target < total) return 0;
    const wanted = inUse > 0 ? Math.min(target - inUse, this.entries) : target - inUse;
    return Math.max(0, wanted - this.cache);
  }

  clear(): void {
    this.cache = 0;
    this.#frames = undefined;
  }
}
