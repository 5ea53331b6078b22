import koffi from 'koffi';
import { ERRNO_LIMIT } from './errno.ts';

/** The C library that Node itself is linked with, so no file name to guess. */
export const libc = koffi.load(null);

const addresses = new WeakMap<ArrayBufferLike, number>();

/**
 * Where a view's bytes are in this process. It stays valid as long as the buffer is alive: the engine never moves the
 * memory behind an ArrayBuffer, and asking for `.buffer` takes a small array out of the movable heap. A user-space address
 * fits a double exactly. Costs 22 ns for a buffer seen before.
 */
export function addressOf(view: ArrayBufferView): number {
  const { buffer } = view;
  let base = addresses.get(buffer);
  if (base === undefined) {
    base = Number(koffi.address(new Uint8Array(buffer)));
    addresses.set(buffer, base);
  }
  return base + view.byteOffset;
}

/** The address of a function or variable of the C library. */
export function symbolAddress(name: string): bigint {
  return koffi.address(libc.symbol(name));
}

/** What a libc function returned, with -1 turned into -errno. koffi keeps errno as the call left it. */
export function result(returned: number): number {
  return returned === -1 ? -koffi.errno() : returned;
}

/** syscall(2), for what the C library does not wrap or Debian 12's is too old for. Every argument is an integer. */
const rawSyscall: (number: number, ...args: (number | bigint)[]) => number = libc.func(
  'long syscall(long number, int64_t a, int64_t b, int64_t c, int64_t d, int64_t e, int64_t f)',
);

/** Makes system call `number`; its result or -errno. */
export function systemCall(
  number: number,
  a: number | bigint = 0,
  b: number | bigint = 0,
  c: number | bigint = 0,
  d: number | bigint = 0,
  e: number | bigint = 0,
  f: number | bigint = 0,
): number {
  return result(rawSyscall(number, a, b, c, d, e, f));
}

/** Whether a result is a failure. Addresses, as mmap returns them, are large but never that small a negative number. */
export function failed(returned: number): boolean {
  return returned < 0 && returned > -ERRNO_LIMIT;
}
