import { libc } from '../../linux/libc.ts';

/** After a start, so that it delays nothing: it takes 1 ms. */
const DELAY_MS = 1_000;

let trim: ((pad: number) => number) | undefined;
try {
  trim = libc.func('int malloc_trim(long)');
} catch {
  // only glibc has it
}

/** A second from now, returns the memory to Linux that only the start needed, 8 MiB: malloc keeps what is freed. */
export function giveBackMemorySoon(): void {
  setTimeout(() => trim?.(0), DELAY_MS).unref();
}
