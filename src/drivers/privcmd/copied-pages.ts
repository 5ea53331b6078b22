import { readFileSync } from 'node:fs';
import type { GuestFrames } from '../../xen/memory/guest-frames.ts';
import { PAGE_SIZE } from '../../xen/memory/heap.ts';

/** What the file of a traced program is said to hold: the kernel fetches pages only within a file's size. */
export const COPIED_SIZE = 2 ** 44;

/** Pages of a store that a mapping of the file shows, from its page `first` on. */
export interface ShownPages {
  readonly first: number;
  /** They are all that the mapping shows. */
  readonly whole: boolean;
  readonly frames: GuestFrames;
  /** One for each page; negative: none is there. */
  readonly pages: readonly number[];
}

/**
 * Guest memory for a program that cannot be stopped because another traces it (strace, gdb): the kernel's page cache. Pages are
 * fetched at the first touch and brought back when they are unmapped. The cache knows pages by their place in the file, and every
 * mapping of privcmd begins at its start: while two are alive, what is touched first is what the later one shows.
 */
export class CopiedPages {
  private readonly shown = new Map<number, { frames: GuestFrames; page: number }>();

  show({ first, whole, frames, pages }: ShownPages): void {
    if (whole) this.shown.clear();
    for (const [index, page] of pages.entries()) {
      if (page < 0) this.shown.delete(first + index);
      else this.shown.set(first + index, { frames, page });
    }
  }

  /** Whether the first of the pages is there; those behind it that are not read as zeroes. */
  read(offset: number, into: Uint8Array): boolean {
    for (let done = 0; done < into.length; ) {
      const part = into.subarray(done, done + PAGE_SIZE - ((offset + done) % PAGE_SIZE));
      const place = this.shown.get(Math.floor((offset + done) / PAGE_SIZE));
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
      const place = this.shown.get(Math.floor((offset + done) / PAGE_SIZE));
      place?.frames.write(place.page, (offset + done) % PAGE_SIZE, part);
      done += part.length;
    }
  }
}

/** Whether another process traces a thread. About 50 µs. */
export function isTraced(tid: number): boolean {
  try {
    return /^TracerPid:\t[1-9]/m.test(readFileSync(`/proc/${tid}/status`, 'latin1'));
  } catch {
    return false; // it has ended
  }
}
