import { addressOf } from './libc.ts';

/** Linux's PATH_MAX, with the NUL. */
const PATH_MAX = 4096;

/** Kept here: what only its address is known of is collected. */
const bytes = Buffer.alloc(PATH_MAX);
const address = addressOf(bytes);

/** The address of a path as C has it, until the next call of this; one that is too long becomes the empty path, which names nothing. */
export function cPath(name: string): number {
  const length = Buffer.byteLength(name);
  const end = length < PATH_MAX ? bytes.write(name) : 0;
  bytes[end] = 0;
  return address;
}
