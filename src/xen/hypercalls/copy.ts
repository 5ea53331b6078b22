import type { Call } from '../call/call.ts';

/** Copies 32-bit words to the caller; false where a page is absent. */
export function writeWords(call: Call, address: number, words: readonly number[]): boolean {
  return call.copyToGuest(address, new Uint8Array(new Uint32Array(words).buffer));
}
