import { openSync, writeSync } from 'node:fs';

/** Where the serial console's bytes go: appended to a file (a terminal or FIFO too), or to stderr for `-`. */
export function openSerialLine(path: string): (bytes: Uint8Array) => void {
  const fd = path === '-' ? 2 : openSync(path, 'a');
  return (bytes) => {
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
    } catch {
      // A full disk or a reader that is gone: a serial line loses bytes, and Xen does not stop for it.
    }
  };
}
