import { readSync, writeSync } from 'node:fs';
import { constants } from 'node:os';
import { errorNumber } from '../linux/system-error.ts';

/** A session's connection to the kernel. Both functions return a byte count or -errno, and do not throw. */
export interface FuseIo {
  /** Waits for a message and reads all of it. */
  read(buffer: Uint8Array): number;
  /** Writes the first `length` bytes as one message. */
  write(bytes: Uint8Array, length: number): number;
}

/** I/O on a descriptor of /dev/fuse through node:fs. Errors are rare, so the cost of exceptions is irrelevant. */
export function fileIo(fd: number): FuseIo {
  return {
    read(buffer) {
      try {
        return readSync(fd, buffer, 0, buffer.length, null);
      } catch (error) {
        return errorNumber(error) ?? -constants.errno.EIO;
      }
    },
    write(bytes, length) {
      try {
        return writeSync(fd, bytes, 0, length, null);
      } catch (error) {
        return errorNumber(error) ?? -constants.errno.EIO;
      }
    },
  };
}
