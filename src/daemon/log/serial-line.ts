import { openSync } from 'node:fs';
import { UnblockedOutput } from './unblocked-output.ts';

/**
 * Appends the serial console's bytes to a file (or a terminal or FIFO), or to stderr for `-`. Xen does not wait for a serial line, so
 * bytes are dropped if the output is full or its reader is gone; a line reports how many once there is room again.
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
