import { writeSync } from 'node:fs';
import { errorCode } from '../../linux/system-error.ts';

const pause = new Int32Array(new SharedArrayBuffer(4));

/** Writes all of a text or bytes, even if the descriptor is a pipe or terminal that another process made non-blocking. */
export function writeAll(descriptor: number, text: string | Uint8Array): void {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  for (let done = 0; done < bytes.length; ) {
    try {
      done += writeSync(descriptor, bytes, done);
    } catch (error) {
      const code = errorCode(error);
      if (code === 'EPIPE') return; // the reader is gone
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(pause, 0, 0, 1);
    }
  }
}
