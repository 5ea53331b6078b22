import type { GuestFrames } from './guest-frames.ts';
import { PAGE_SIZE } from './heap.ts';

/** Bytes of an entry of the machine-to-phys table. */
export const M2P_ENTRY_BYTES = 8;
/** Entries of a page. */
const ENTRIES = PAGE_SIZE / M2P_ENTRY_BYTES;
/** The entry of a frame that no PV domain has. */
const NO_GFN = 0xffffffffffffffffn;

/** A page of the table that was shown to callers. */
interface ShownPage {
  readonly frames: GuestFrames;
  readonly page: number;
}

/**
 * Pages of the machine-to-phys table that callers have mapped. They show changes at once, as the table itself does: a tool that restores a
 * PV guest maps the table first, and then reads the frames that it gets.
 */
export class ShownM2p {
  readonly #pages = new Map<number, ShownPage>();
  readonly #word = new DataView(new ArrayBuffer(M2P_ENTRY_BYTES));

  get isUsed(): boolean {
    return this.#pages.size > 0;
  }

  /** The page at `index` of the table now has a page of a store that shows it. */
  show(index: number, frames: GuestFrames, page: number): void {
    this.#pages.set(index, { frames, page });
  }

  /** Called when a machine frame's guest frame has changed, or been removed. */
  changed(mfn: number, gfn: number | undefined): void {
    if (!this.isUsed) return;
    const shown = this.#pages.get(Math.floor(mfn / ENTRIES));
    if (shown === undefined) return;
    this.#word.setBigUint64(0, gfn === undefined ? NO_GFN : BigInt(gfn), true);
    const at = (mfn % ENTRIES) * M2P_ENTRY_BYTES;
    shown.frames.write(shown.page, at, new Uint8Array(this.#word.buffer));
  }
}
