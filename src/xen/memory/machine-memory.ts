import type { GuestFrames, PageCount } from './guest-frames.ts';
import { SparseFrames } from './guest-frames.ts';
import { MachineHeap } from './heap.ts';
import { ShownM2p } from './shown-m2p.ts';

/** The machine's memory: its free pages, and the stores of guest memory. */
export class MachineMemory {
  readonly heap: MachineHeap;
  /** The pages of the machine-to-phys table that callers have mapped. */
  readonly shownM2p = new ShownM2p();
  /** Creates the store for a domain's memory. */
  readonly makeFrames: (domid: number) => GuestFrames;
  readonly #held: PageCount = { count: 0 };

  /**
   * `memory` in bytes. `makeFrames`: returns a store whose pages callers can map, or undefined for a domain without one. `moreXenPages`:
   * pages that Xen uses in addition to those of 4.17.
   */
  constructor(memory: number, makeFrames?: (domid: number) => GuestFrames | undefined, moreXenPages = 0) {
    this.heap = new MachineHeap(memory, moreXenPages);
    this.makeFrames = (domid) => makeFrames?.(domid) ?? new SparseFrames(this.#held);
  }
}
