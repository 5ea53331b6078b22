import type { DomainMemory } from './domain-memory.ts';
import { PAGE_SIZE } from './heap.ts';

/** Frames whose bits fill one page of the bitmap that a tool reads. */
const FRAMES_PER_PAGE = PAGE_SIZE * 8;

/** The log of a domain's dirty pages (XEN_DOMCTL_shadow_op): the guest frames that were written to, a bit each. */
export class DirtyLog {
  /** Frames that became dirty since the log was last cleaned, over all times that it was on. */
  count = 0;
  #on = false;
  /** Pages of the bitmap with bits in them, by number. */
  readonly #pages = new Map<number, Uint8Array>();

  get on(): boolean {
    return this.#on;
  }

  /** Turned off, it loses its bits, but not its count. */
  turn(on: boolean): void {
    this.#on = on;
    this.#pages.clear();
  }

  mark(frame: number): void {
    if (!this.#on) return;
    const index = Math.floor(frame / FRAMES_PER_PAGE);
    let page = this.#pages.get(index);
    if (page === undefined) {
      page = new Uint8Array(PAGE_SIZE);
      this.#pages.set(index, page);
    }
    const within = frame % FRAMES_PER_PAGE;
    const before = page[within >> 3] ?? 0;
    const after = before | (1 << (within & 7));
    if (after === before) return;
    page[within >> 3] = after;
    this.count += 1;
  }

  /** One page of the bitmap; undefined if no bit in it is set. */
  page(index: number): Uint8Array | undefined {
    return this.#pages.get(index);
  }

  cleanPage(index: number): void {
    this.#pages.delete(index);
  }
}

/** Must be called when a domain's frame is written to: a log has it then. */
export function markDirty(memory: DomainMemory, frame: number): void {
  memory.properties.dirty?.mark(memory.translated ? frame : (memory.m2p.get(frame) ?? frame));
}
