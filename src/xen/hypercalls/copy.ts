import type { Call } from '../call/call.ts';

/** Copies 32-bit words to the caller; false if a page is absent. */
export function writeWords(call: Call, address: number, words: readonly number[]): boolean {
  return call.copyToGuest(address, new Uint8Array(new Uint32Array(words).buffer));
}

/** The same with words of 64 bits, whose values are whole numbers up to 2^53. */
export function writeSizes(call: Call, address: number, values: readonly number[]): boolean {
  return writeWords(
    call,
    address,
    values.flatMap((value) => [value % 2 ** 32, Math.floor(value / 2 ** 32)]),
  );
}
