import { PAGE_SIZE } from './heap.ts';

/**
 * The bytes of a domain's memory, by page number (DomainMemory.pageOf maps a frame to its page). A page that was never
 * written reads as zeroes. A range never crosses a page boundary.
 */
export interface GuestFrames {
  /** Fills `into` from `offset` within `page`. */
  read(page: number, offset: number, into: Uint8Array): void;
  /** Whether the bytes were stored: false if the memory limit is reached. */
  write(page: number, offset: number, from: Uint8Array): boolean;
  /** Frees the page: its bytes are zeroes again. */
  discard(page: number): void;
  /** Frees everything: the domain is gone. */
  close(): void;
}

/** How many pages all domains may fill with bytes: 256 MiB of the host's. */
const MAX_HELD_PAGES = 65536;

/** Pages that hold bytes, over all domains of a hypervisor. */
export interface PageCount {
  count: number;
}

/** Guest memory in this process: only pages that were written take space. */
export class SparseFrames implements GuestFrames {
  readonly #held: PageCount;
  readonly #pages = new Map<number, Uint8Array>();

  constructor(held: PageCount) {
    this.#held = held;
  }

  read(page: number, offset: number, into: Uint8Array): void {
    const bytes = this.#pages.get(page);
    if (bytes === undefined) into.fill(0);
    else into.set(bytes.subarray(offset, offset + into.length));
  }

  write(page: number, offset: number, from: Uint8Array): boolean {
    let bytes = this.#pages.get(page);
    if (bytes === undefined) {
      if (this.#held.count >= MAX_HELD_PAGES) return false;
      bytes = new Uint8Array(PAGE_SIZE);
      this.#held.count += 1;
      this.#pages.set(page, bytes);
    }
    bytes.set(from, offset);
    return true;
  }

  discard(page: number): void {
    if (this.#pages.delete(page)) this.#held.count -= 1;
  }

  close(): void {
    this.#held.count -= this.#pages.size;
    this.#pages.clear();
  }
}
