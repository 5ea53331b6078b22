import { ERRNO_LIMIT } from './errno.ts';
import { nativeKoffi } from './native-koffi.ts';

const koffi = nativeKoffi();

/** The C library that Node itself is linked with, so that no file name has to be guessed. */
export const libc = koffi.load(null);

const addresses = new WeakMap<ArrayBufferLike, number>();

/**
 * Where a view's bytes are in this process. It stays valid as long as the buffer is alive: V8 never moves the memory of an ArrayBuffer, and
 * reading `.buffer` moves a small array's data off the heap. A double holds a user-space address exactly. Takes 22 ns for a buffer that was
 * used before.
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

/** The result of a libc function, with -1 turned into -errno. koffi preserves errno. */
export function result(returned: number): number {
  return returned === -1 ? -koffi.errno() : returned;
}

/** syscall(2), for calls that Debian 12's C library does not wrap. Every argument is an integer. */
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

/** Whether a result is -errno. An address, as mmap returns it, is never in that range. */
export function failed(returned: number): boolean {
  return returned < 0 && returned > -ERRNO_LIMIT;
}
