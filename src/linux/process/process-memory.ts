// Memory of another process, by process_vm_readv(2) and process_vm_writev(2). They respect page protection, as
// /proc/PID/mem does not, and stop at the first page that is absent or protected.
//
// Measured (48 bytes, another process): 0.75 µs a call on an idle machine. Passing the vectors as addresses instead of
// typed arrays saves 0.05 µs.

import { errno } from '../errno.ts';
import { IoVector } from '../io-vector.ts';
import { libc, result } from '../libc.ts';
import { beginExamination, endExamination } from './examine.ts';
import { copyProcMemory } from './proc-memory.ts';

/** The result is an int, which koffi returns faster than a long: Linux copies at most 2 GiB at a time. */
type Transfer = (tid: number, local: number, locals: number, remote: number, remotes: number, flags: number) => number;

const readv: Transfer = libc.func('int process_vm_readv(int, int64_t, int64_t, int64_t, int64_t, int64_t)');
const writev: Transfer = libc.func('int process_vm_writev(int, int64_t, int64_t, int64_t, int64_t, int64_t)');

const reading = new IoVector();
const writing = new IoVector();
const remote = new IoVector();
const readingAt = reading.address;
const writingAt = writing.address;
const remoteAt = remote.address;
const [callTo, aheadTo] = IoVector.pair();
const [callFrom, aheadFrom] = IoVector.pair();
const callToAt = callTo.address;
const callFromAt = callFrom.address;

/**
 * Copies `length` bytes at `address` of thread `tid`'s process into `into` at `offset`. Returns the number of bytes copied (fewer if a page
 * cannot be read) or -errno: EFAULT, ESRCH, EPERM. Throws if the range is outside `into`. `address` must be an integer from 0 to 2^53.
 */
export function readProcessMemory(
  tid: number,
  address: number,
  into: Uint8Array,
  offset: number,
  length: number,
): number {
  reading.set(into, offset, length);
  remote.setAddress(address, length);
  beginExamination();
  try {
    const count = result(readv(tid, readingAt, 1, remoteAt, 1, 0));
    return isFilterError(count) && isRefused() ? copyProcMemory('read', tid, address, into, offset, length) : count;
  } finally {
    endExamination();
  }
}

/**
 * Like readProcessMemory, and if it copies all `length` bytes, the same system call also fills the start of `ahead` with as many bytes as it
 * can of `aheadLength` at `aheadAddress`. Returns the sum of both. That costs a third of a second call.
 */
export function readProcessMemoryAhead(
  tid: number,
  address: number,
  into: Uint8Array,
  offset: number,
  length: number,
  ahead: Uint8Array,
  aheadAddress: number,
  aheadLength: number,
): number {
  callTo.set(into, offset, length);
  aheadTo.set(ahead, 0, aheadLength);
  callFrom.setAddress(address, length);
  aheadFrom.setAddress(aheadAddress, aheadLength);
  beginExamination();
  try {
    const count = result(readv(tid, callToAt, 2, callFromAt, 2, 0));
    return isFilterError(count) && isRefused() ? copyProcMemory('read', tid, address, into, offset, length) : count;
  } finally {
    endExamination();
  }
}

/** The other direction: copies `length` bytes of `from` at `offset` to `address`; otherwise as readProcessMemory. */
export function writeProcessMemory(
  tid: number,
  address: number,
  from: Uint8Array,
  offset: number,
  length: number,
): number {
  writing.set(from, offset, length);
  remote.setAddress(address, length);
  beginExamination();
  try {
    const count = result(writev(tid, writingAt, 1, remoteAt, 1, 0));
    return isFilterError(count) && isRefused() ? copyProcMemory('write', tid, address, from, offset, length) : count;
  } finally {
    endExamination();
  }
}

function isFilterError(count: number): boolean {
  return count === -errno.EPERM || count === -errno.ENOSYS;
}

let refused: boolean | undefined;

/** Whether a seccomp filter refuses these calls, even for this process's own memory. */
function isRefused(): boolean {
  refused ??= isFilterError(result(readv(process.pid, readingAt, 0, remoteAt, 0, 0)));
  return refused;
}
