import type { MachineHeap } from './heap.ts';
import type { ShownPages } from './shown-pages.ts';

/**
 * Xen's own pages that a domain may see (shared_info, grant tables, rings) are above all guest frames in a translated domain's store: page
 * SPECIAL_PAGE + machine frame. In a PV domain's store they are at their machine frame.
 */
export const SPECIAL_PAGE = 2 ** 36;

/** Xen's own pages that one domain may see, by machine frame. */
export class SpecialPages {
  #frames: Set<number> | undefined;
  #vmtrace: Map<number, number> | undefined;
  /** A destroyed domain stays listed while its pages are mapped. It must not get new pages, which would never be freed. */
  #released = false;
  readonly #heap: MachineHeap;
  /** Undefined for a PV domain. */
  readonly #shown: ShownPages | undefined;
  readonly #discard: (page: number) => void;

  /** `discard` frees the bytes of a page of the domain's store. */
  constructor(heap: MachineHeap, shown: ShownPages | undefined, discard: (page: number) => void) {
    this.#heap = heap;
    this.#shown = shown;
    this.#discard = discard;
  }

  has(mfn: number): boolean {
    return this.#frames?.has(mfn) === true;
  }

  /** Allocates a page: its machine frame. Undefined if memory is short, or the domain is dead. */
  add(): number | undefined {
    if (this.#released) return undefined;
    const mfn = this.#heap.allocate(1);
    if (mfn === undefined) return undefined;
    this.#frames ??= new Set();
    this.#frames.add(mfn);
    return mfn;
  }

  /** As `add`, for `count` adjacent pages: the first machine frame. */
  addAdjacent(count: number): number | undefined {
    const whole = 2 ** Math.ceil(Math.log2(count));
    const mfn = this.#heap.allocate(whole);
    if (mfn === undefined) return undefined;
    this.#frames ??= new Set();
    for (let index = 0; index < count; index += 1) this.#frames.add(mfn + index);
    if (whole > count) this.#heap.give(mfn + count, whole - count);
    return mfn;
  }

  /** The page of the domain's store for one of these frames, or for shared_info. */
  pageOf(mfn: number): number {
    return this.#shown === undefined ? mfn : SPECIAL_PAGE + mfn;
  }

  /** The guest frame that shows it; undefined if there is none. */
  frameOf(mfn: number): number | undefined {
    return this.#shown === undefined ? mfn : this.#shown.frameOf(SPECIAL_PAGE + mfn);
  }

  drop(mfn: number): void {
    if (this.#frames?.delete(mfn) !== true) return;
    this.#discard(this.pageOf(mfn));
    this.#heap.give(mfn, 1);
  }

  /** A page of a trace buffer, allocated at the first use; undefined if memory is short. `index` counts through the buffers of all vcpus. */
  vmtraceFrame(index: number): number | undefined {
    this.#vmtrace ??= new Map();
    const mfn = this.#vmtrace.get(index) ?? this.add();
    if (mfn !== undefined) this.#vmtrace.set(index, mfn);
    return mfn;
  }

  /** Returns all pages to the heap, when the domain is dead. */
  release(): void {
    this.#released = true;
    for (const mfn of this.#frames ?? []) this.#heap.give(mfn, 1);
    this.#frames = undefined;
    this.#vmtrace = undefined;
  }
}
