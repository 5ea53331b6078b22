// Memory of another process, by process_vm_readv(2) and process_vm_writev(2). They respect page protection, as
// /proc/PID/mem does not, and stop at the first page that is absent or protected.
//
// Measured (48 bytes, another process): 0.75 µs a call on an idle machine. Passing the vectors as addresses instead of
// typed arrays saves 0.05 µs.

import { addressOf, libc, result } from './libc.ts';

type Transfer = (tid: number, local: number, locals: number, remote: number, remotes: number, flags: number) => number;

const readv: Transfer = libc.func('long process_vm_readv(int, int64_t, int64_t, int64_t, int64_t, int64_t)');
const writev: Transfer = libc.func('long process_vm_writev(int, int64_t, int64_t, int64_t, int64_t, int64_t)');

/** Two struct iovec: ours, then theirs. Words of 32 bits, because a bigint would be allocated at each call. */
const vectors = new Uint32Array(8);
const local = addressOf(vectors);
const remote = local + 16;
const WORD = 2 ** 32;

function transfer(call: Transfer, tid: number, address: number, bytes: Uint8Array, offset: number, length: number) {
  // Native code writes wherever it is told to, so a wrong range must not get that far.
  if (!(offset >= 0 && length >= 0 && offset + length <= bytes.length)) {
    throw new RangeError(`cannot copy ${length} bytes at offset ${offset} of a buffer of ${bytes.length}`);
  }
  const ours = addressOf(bytes) + offset;
  vectors[0] = ours % WORD;
  vectors[1] = ours / WORD;
  vectors[2] = length % WORD;
  vectors[3] = length / WORD;
  vectors[4] = address % WORD;
  vectors[5] = address / WORD;
  vectors[6] = vectors[2];
  vectors[7] = vectors[3];
  return result(call(tid, local, 1, remote, 1, 0));
}

/**
 * Copies `length` bytes at `address` of thread `tid`'s process into `into` at `offset`. The number of bytes copied (fewer
 * where it met a page that cannot be read) or -errno: EFAULT, ESRCH, EPERM. Throws if the range is outside `into`.
 * `address` must be an integer from 0 to 2^53.
 */
export function readProcessMemory(
  tid: number,
  address: number,
  into: Uint8Array,
  offset: number,
  length: number,
): number {
  return transfer(readv, tid, address, into, offset, length);
}

/** The other direction: copies `length` bytes of `from` at `offset` to `address`; otherwise as readProcessMemory. */
export function writeProcessMemory(
  tid: number,
  address: number,
  from: Uint8Array,
  offset: number,
  length: number,
): number {
  return transfer(writev, tid, address, from, offset, length);
}
