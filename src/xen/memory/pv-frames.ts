import { FrameTable } from './frame-table.ts';
import type { ShownM2p } from './shown-m2p.ts';

/** The machine frames of a PV domain, with the guest frame of each: its part of the machine-to-phys table. */
export class PvFrames extends FrameTable {
  readonly #shown: ShownM2p;

  constructor(shown: ShownM2p) {
    super();
    this.#shown = shown;
  }

  override set(frame: number, value: number): void {
    super.set(frame, value);
    this.#shown.changed(frame, value);
  }

  override delete(frame: number): boolean {
    const had = super.delete(frame);
    if (had) this.#shown.changed(frame, undefined);
    return had;
  }

  /** The machine frame of a guest frame; undefined if there is none. */
  frameOf(gfn: number): number | undefined {
    const frame = this.frameInRun(gfn);
    if (frame !== undefined) return frame;
    for (const [other, value] of this.entries()) if (value === gfn) return other;
    return undefined;
  }

  override clear(): void {
    if (this.#shown.isUsed) for (const [frame] of this.entries()) this.#shown.changed(frame, undefined);
    super.clear();
  }
}
