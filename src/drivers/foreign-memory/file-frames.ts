import { errno, errnoName } from '../../linux/errno.ts';
import { close, pread, pwrite } from '../../linux/io.ts';
import { chmod, ftruncate, memfdCreate, punchHole } from '../../linux/memfd.ts';
import { fileOf, openFile } from '../../linux/open-file.ts';
import type { GuestFrames } from '../../xen/memory/guest-frames.ts';
import { PAGE_SIZE } from '../../xen/memory/heap.ts';

const O_RDONLY = 0;

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
  /** -1 until it is first needed. */
  #readOnly = -1;
  /** Identity of the file, to recognize its descriptors in another process. */
  readonly device: number;
  readonly inode: number;

  /** Throws if the file cannot be made. */
  constructor(domid: number) {
    this.fd = memfdCreate(`fauxen-domain-${domid}`);
    if (this.fd < 0) throw new Error(`memfd_create: ${errnoName(this.fd)}`);
    chmod(this.fd, 0o600); // a caller of another user must not open a lent descriptor again, for writing
    const sized = ftruncate(this.fd, FILE_BYTES);
    if (sized < 0) {
      close(this.fd);
      const advice = sized === -errno.EFBIG ? '. Files may not be that large (ulimit -f): raise the hard limit' : '';
      throw new Error(`cannot make a file in memory of ${FILE_BYTES} bytes: ${errnoName(sized)}${advice}`);
    }
    const { device, inode } = fileOf('self', this.fd) ?? { device: -1, inode: -1 }; // always found: it was just made
    this.device = device;
    this.inode = inode;
  }

  /** The file opened for reading only: mappings made with it can never be written, whatever mprotect asks for. Or -errno. */
  get readOnly(): number {
    if (this.#readOnly < 0 && this.fd >= 0) this.#readOnly = openFile(`/proc/self/fd/${this.fd}`, O_RDONLY);
    return this.#readOnly;
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
    for (const fd of [this.fd, this.#readOnly]) if (fd >= 0) close(fd);
    this.fd = -1;
    this.#readOnly = -1;
  }
}
