import type { GuestFrames, HeldPages } from './guest-frames.ts';
import { SparseFrames } from './guest-frames.ts';
import { MachineHeap } from './heap.ts';

/** The machine's memory: its free pages, and where the bytes of guest memory live. */
export class MachineMemory {
  readonly heap: MachineHeap;
  /** Makes the store of a domain's bytes; a driver puts one here whose pages callers can map. */
  makeFrames: (domid: number) => GuestFrames;
  private readonly held: HeldPages = { count: 0 };

  /** `memory` in bytes. */
  constructor(memory: number) {
    this.heap = new MachineHeap(memory);
    this.makeFrames = () => new SparseFrames(this.held);
  }
}
