import { readFileSync } from 'node:fs';
import type { GuestFrames } from '../../xen/memory/guest-frames.ts';
import { PAGE_SIZE } from '../../xen/memory/heap.ts';

/** The reported file size for a traced program: the kernel reads pages only within it. */
export const COPIED_SIZE = 2 ** 44;

/** Pages of guest memory that a mapping of the file shows, from its page `first` on. */
export interface ShownCopies {
  readonly first: number;
  /** Whether the mapping shows nothing else. */
  readonly whole: boolean;
  readonly frames: GuestFrames;
  /** A page number for each page; negative: none. */
  readonly pages: readonly number[];
}

/**
 * Guest memory through the kernel's page cache, for a program that cannot be stopped because it is traced (strace, gdb). Pages are read
 * at the first access and written back when they are unmapped. The cache identifies pages by their file offset, and every mapping of
 * privcmd begins at offset 0: while two mappings exist, the later one shows the pages that were accessed first.
 */
export class CopiedPages {
  readonly #shown = new Map<number, { frames: GuestFrames; page: number }>();

  show({ first, whole, frames, pages }: ShownCopies): void {
    if (whole) this.#shown.clear();
    for (const [index, page] of pages.entries()) {
      if (page < 0) this.#shown.delete(first + index);
      else this.#shown.set(first + index, { frames, page });
    }
  }

  /** Whether the first page exists; later pages that do not exist read as zeroes. */
  read(offset: number, into: Uint8Array): boolean {
    for (let done = 0; done < into.length; ) {
      const part = into.subarray(done, done + PAGE_SIZE - ((offset + done) % PAGE_SIZE));
      const place = this.#shown.get(Math.floor((offset + done) / PAGE_SIZE));
      if (place === undefined && done === 0) return false;
      if (place === undefined) part.fill(0);
      else place.frames.read(place.page, (offset + done) % PAGE_SIZE, part);
      done += part.length;
    }
    return true;
  }

  write(offset: number, data: Uint8Array): void {
    for (let done = 0; done < data.length; ) {
      const part = data.subarray(done, done + PAGE_SIZE - ((offset + done) % PAGE_SIZE));
      const place = this.#shown.get(Math.floor((offset + done) / PAGE_SIZE));
      place?.frames.write(place.page, (offset + done) % PAGE_SIZE, part);
      done += part.length;
    }
  }
}

/** Whether another process traces a thread. Takes about 50 µs. */
export function isTraced(tid: number): boolean {
  try {
    return /^TracerPid:\t[1-9]/m.test(readFileSync(`/proc/${tid}/status`, 'latin1'));
  } catch {
    return false; // it has ended
  }
}
