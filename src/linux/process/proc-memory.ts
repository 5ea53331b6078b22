// Memory of another process through /proc/PID/mem, for containers whose seccomp filter refuses process_vm_readv(2) (Podman's). These files
// ignore page protection, so the mappings are read first: a copy takes 50 µs or more.

import { readFileSync } from 'node:fs';
import { SYS } from '../arch/x86-64/system-calls.ts';
import { cPath } from '../c-path.ts';
import { errno } from '../errno.ts';
import { checkRange } from '../io-vector.ts';
import { addressOf, systemCall } from '../libc.ts';
import { errorCode } from '../system-error.ts';

const AT_FDCWD = -100;
const O_RDWR = 2;
const O_CLOEXEC = 0o2000000;
const LINE = /^([0-9a-f]+)-([0-9a-f]+) ([r-])([w-])/gm;

/** Copies bytes between this process and another. Returns the count, which is lower if a page forbids the access, or -errno. */
export function copyProcMemory(
  direction: 'read' | 'write',
  tid: number,
  address: number,
  bytes: Uint8Array,
  offset: number,
  length: number,
): number {
  checkRange(bytes, offset, length);
  const allowed = accessible(direction, tid, address, length);
  if (allowed <= 0) return allowed < 0 ? allowed : -errno.EFAULT;
  const fd = systemCall(SYS.openat, AT_FDCWD, cPath(`/proc/${tid}/mem`), O_RDWR | O_CLOEXEC);
  if (fd < 0) return fd === -errno.EACCES ? -errno.EPERM : fd;
  const call = direction === 'read' ? SYS.pread64 : SYS.pwrite64;
  const count = systemCall(call, fd, addressOf(bytes) + offset, allowed, address);
  systemCall(SYS.close, fd);
  return count === -errno.EIO ? -errno.EFAULT : count;
}

/** How many of the bytes, from the first on, are in mappings with that permission; or -errno. */
function accessible(direction: 'read' | 'write', tid: number, address: number, length: number): number {
  let maps: string;
  try {
    maps = readFileSync(`/proc/${tid}/maps`, 'latin1');
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? -errno.ESRCH : -errno.EPERM;
  }
  let next = address;
  for (const [, start = '', end = '', readable, writable] of maps.matchAll(LINE)) {
    const to = Number.parseInt(end, 16);
    if (to <= next) continue;
    const isAllowed = direction === 'read' ? readable === 'r' : writable === 'w';
    if (Number.parseInt(start, 16) > next || !isAllowed) break;
    next = to;
    if (next >= address + length) return length;
  }
  return next - address;
}
