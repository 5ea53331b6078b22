import { fstatSync, readSync } from 'node:fs';

/** What is wrong with a file that is to be a guest's memory. */
export class MemoryFileError extends Error {
  override readonly name = 'MemoryFileError';
}

/** Most bytes of a table in a file. */
const MOST_BYTES = 2 ** 30;

/** An open file, by position. */
export class FileBytes {
  readonly size: number;
  readonly #fd: number;

  constructor(fd: number) {
    this.#fd = fd;
    const found = fstatSync(fd);
    if (!found.isFile()) throw new MemoryFileError('is no regular file');
    this.size = found.size;
  }

  /** Throws MemoryFileError if the file ends before. */
  read(offset: number, length: number): DataView {
    if (!(offset >= 0 && length <= MOST_BYTES && offset + length <= this.size))
      throw new MemoryFileError(`ends at ${this.size}, and names ${length} bytes at ${offset}`);
    const bytes = new Uint8Array(length);
    let done = 0;
    while (done < length) {
      const count = readSync(this.#fd, bytes, done, length - done, offset + done);
      if (count <= 0) throw new MemoryFileError(`cannot be read at ${offset + done}`);
      done += count;
    }
    return new DataView(bytes.buffer);
  }
}
