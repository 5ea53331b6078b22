import { addressOf } from './libc.ts';

/** Linux's PATH_MAX, with the NUL. */
const PATH_MAX = 4096;

/** Kept here because a buffer that is known only by its address would be garbage-collected. */
const bytes = Buffer.alloc(PATH_MAX);
const address = addressOf(bytes);

/** The address of a path as a C string, valid until the next call. A path that is too long becomes the empty one, which names no file. */
export function cPath(name: string): number {
  const length = Buffer.byteLength(name);
  const end = length < PATH_MAX ? bytes.write(name) : 0;
  bytes[end] = 0;
  return address;
}
