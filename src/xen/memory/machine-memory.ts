import type { GuestFrames, HeldPages } from './guest-frames.ts';
import { SparseFrames } from './guest-frames.ts';
import { MachineHeap } from './heap.ts';

/** The machine's memory: its free pages, and where the bytes of guest memory live. */
export class MachineMemory {
  readonly heap: MachineHeap;
  /** Makes the store of a domain's bytes. */
  readonly makeFrames: (domid: number) => GuestFrames;
  readonly #held: HeldPages = { count: 0 };

  /** `memory` in bytes. `makeFrames`: a store whose pages callers can map, for those domains for which it makes one. */
  constructor(memory: number, makeFrames?: (domid: number) => GuestFrames | undefined) {
    this.heap = new MachineHeap(memory);
    this.makeFrames = (domid) => makeFrames?.(domid) ?? new SparseFrames(this.#held);
  }
}
