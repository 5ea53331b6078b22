import { libc } from '../../linux/libc.ts';

/** After a start, so that it delays nothing: it takes 1 ms. */
const DELAY_MS = 1_000;

const trim = findTrim();

/** Only glibc has it. */
function findTrim(): ((pad: number) => number) | undefined {
  try {
    return libc.func('int malloc_trim(long)');
  } catch {
    return undefined;
  }
}

/** A second from now, returns the 8 MiB to Linux that only the start needed: malloc keeps freed memory. */
export function giveBackMemorySoon(): void {
  setTimeout(() => trim?.(0), DELAY_MS).unref();
}
