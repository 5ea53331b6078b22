import { close, pread, pwrite } from '../../linux/io.ts';
import { ftruncate, memfdCreate, punchHole } from '../../linux/memfd.ts';
import { fileOf } from '../../linux/open-file.ts';
import type { GuestFrames } from '../../xen/memory/guest-frames.ts';
import { PAGE_SIZE } from '../../xen/memory/heap.ts';

/** Bytes up to the end of the highest page: special pages of a translated domain begin at 2^36. No page takes space until used. */
const FILE_BYTES = 2 ** 49;

/**
 * A domain's memory in one sparse file of which callers map pages: what they write, the model reads, and the other way round. What
 * is mapped when the domain goes stays with who maps it, until the last such mapping goes. Pages that were never written take
 * no space; how many there can be is the machine's memory, which the model accounts.
 */
export class FileFrames implements GuestFrames {
  /** -1 once closed. */
  fd: number;
  /** Which file it is, so that a descriptor in another process can be told to be of it. */
  readonly device: number;
  readonly inode: number;

  /** Throws where no such file can be made. */
  constructor(domid: number) {
    this.fd = memfdCreate(`fauxen-domain-${domid}`);
    if (this.fd < 0) throw new Error(`memfd_create: error ${-this.fd}`);
    const sized = ftruncate(this.fd, FILE_BYTES);
    if (sized < 0) {
      close(this.fd);
      throw new Error(`cannot make a file in memory of ${FILE_BYTES} bytes: error ${-sized}`);
    }
    const { device, inode } = fileOf('self', this.fd) ?? { device: -1, inode: -1 }; // it is there: just made
    this.device = device;
    this.inode = inode;
  }

  read(page: number, offset: number, into: Uint8Array): void {
    const count = pread(this.fd, into, 0, into.length, page * PAGE_SIZE + offset);
    if (count < into.length) into.fill(0, Math.max(0, count));
  }

  write(page: number, offset: number, from: Uint8Array): boolean {
    return pwrite(this.fd, from, 0, from.length, page * PAGE_SIZE + offset) === from.length;
  }

  discard(page: number): void {
    punchHole(this.fd, page * PAGE_SIZE, PAGE_SIZE);
  }

  close(): void {
    if (this.fd >= 0) close(this.fd);
    this.fd = -1;
  }
}
