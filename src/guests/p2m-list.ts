import type { DomainMemory } from '../xen/memory/domain-memory.ts';
import { PAGE_SIZE } from '../xen/memory/heap.ts';
import { translate } from '../xen/memory/page-tables.ts';

/** Entries of a page. */
export const P2M_ENTRIES = PAGE_SIZE / 8;
/** The entry of a guest frame without a page. */
export const NO_FRAME = 0xffffffffffffffffn;

/** The number of pages that the list of this many guest frames takes. */
export const pagesOfList = (count: number): number => Math.ceil(count / P2M_ENTRIES);

/** A PV kernel's list of its machine frames, by guest frame, in pages of its own. */
export class P2mList {
  readonly pages: readonly number[];
  readonly #memory: DomainMemory;
  readonly #entries = new BigUint64Array(P2M_ENTRIES);
  /** The page whose entries are in `entries`. */
  #loaded = -1;

  private constructor(memory: DomainMemory, pages: readonly number[]) {
    this.#memory = memory;
    this.pages = pages;
  }

  /** The list of `count` entries at a virtual address; undefined if it is not all mapped there. */
  static at(memory: DomainMemory, cr3: bigint, address: bigint, count: number): P2mList | undefined {
    const pages: number[] = [];
    for (let page = 0; page < pagesOfList(count); page += 1) {
      const frame = translate(memory, cr3, address + BigInt(page * PAGE_SIZE));
      if (frame === undefined || memory.m2p.get(frame) === undefined) return undefined;
      pages.push(frame);
    }
    return new P2mList(memory, pages);
  }

  /** The machine frame of a guest frame; undefined if it has none of the domain's. */
  get(gfn: number): number | undefined {
    this.#load(Math.floor(gfn / P2M_ENTRIES));
    const mfn = Number(this.#entries[gfn % P2M_ENTRIES] ?? NO_FRAME);
    return this.#memory.m2p.get(mfn) === undefined ? undefined : mfn;
  }

  /** Sets the machine frame of a guest frame; undefined: it has none. */
  set(gfn: number, mfn: number | undefined): void {
    const page = Math.floor(gfn / P2M_ENTRIES);
    this.#load(page);
    const index = gfn % P2M_ENTRIES;
    this.#entries[index] = mfn === undefined ? NO_FRAME : BigInt(mfn);
    const frame = this.pages[page];
    if (frame !== undefined)
      this.#memory.writeFrame(frame, 8 * index, new Uint8Array(this.#entries.buffer, 8 * index, 8));
  }

  #load(page: number): void {
    if (page === this.#loaded) return;
    this.#loaded = page;
    const frame = this.pages[page];
    const bytes = new Uint8Array(this.#entries.buffer);
    if (frame === undefined || !this.#memory.readFrame(frame, 0, bytes)) bytes.fill(0xff);
  }
}
