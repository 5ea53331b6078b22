import { close, pread, pwrite } from '../../linux/io.ts';
import { ftruncate, memfdCreate, punchHole } from '../../linux/memfd.ts';
import { fileOf } from '../../linux/open-file.ts';
import type { GuestFrames } from '../../xen/memory/guest-frames.ts';
import { PAGE_SIZE } from '../../xen/memory/heap.ts';

/** File size: special pages of a translated domain begin at 2^36. The file is sparse, so only used pages take memory. */
const FILE_BYTES = 2 ** 49;

/**
 * A domain's memory in one sparse file, whose pages callers map: callers and the model see each other's writes. Mapped pages outlive the
 * domain until the last mapping is gone. Pages that were never written take no memory; the model accounts for the machine's memory,
 * which limits their number.
 */
export class FileFrames implements GuestFrames {
  /** -1 once closed. */
  fd: number;
  /** Identity of the file, to recognize its descriptors in another process. */
  readonly device: number;
  readonly inode: number;

  /** Throws if the file cannot be made. */
  constructor(domid: number) {
    this.fd = memfdCreate(`fauxen-domain-${domid}`);
    if (this.fd < 0) throw new Error(`memfd_create: error ${-this.fd}`);
    const sized = ftruncate(this.fd, FILE_BYTES);
    if (sized < 0) {
      close(this.fd);
      throw new Error(`cannot make a file in memory of ${FILE_BYTES} bytes: error ${-sized}`);
    }
    const { device, inode } = fileOf('self', this.fd) ?? { device: -1, inode: -1 }; // always found: it was just made
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
