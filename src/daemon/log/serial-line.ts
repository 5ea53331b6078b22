import { openSync } from 'node:fs';
import { UnblockedOutput } from './unblocked-output.ts';

/**
 * Where the serial console's bytes go: appended to a file (a terminal or FIFO too), or to stderr for `-`. Xen does not stop for a
 * serial line, so where nobody reads, the disk is full or the reader is gone, bytes are lost; a line says how many, once there is
 * room again.
 */
export function openSerialLine(path: string): (bytes: Uint8Array) => void {
  const output = new UnblockedOutput(path === '-' ? 2 : openSync(path, 'a'));
  let lost = 0;
  return (bytes) => {
    if (lost > 0) {
      const note = Buffer.from(`\n[${lost} bytes were lost: nobody read the serial line]\n`);
      if (output.write(note) === note.length) lost = 0;
    }
    lost += bytes.length - (lost > 0 ? 0 : Math.max(0, output.write(bytes)));
  };
}
