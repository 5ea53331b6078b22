import { SYS } from './arch/x86-64/system-calls.ts';
import { libc, result, systemCall } from './libc.ts';

const KEEP_SIZE = 1;
const PUNCH_HOLE = 2;

export const MFD = { CLOEXEC: 1, ALLOW_SEALING: 2 } as const;

const libcMemfd: (name: string, flags: number) => number = libc.func('int memfd_create(const char *, unsigned int)');

/** Makes an anonymous file in memory; returns its descriptor or -errno. */
export function memfdCreate(name: string, flags: number = MFD.CLOEXEC): number {
  return result(libcMemfd(name, flags));
}

/** Sets a file's size; 0 or -errno. */
export function ftruncate(fd: number, size: number): number {
  return systemCall(SYS.ftruncate, fd, size);
}

/** Frees a range of a file's bytes, which then read as zeroes; 0 or -errno. */
export function punchHole(fd: number, offset: number, length: number): number {
  return systemCall(SYS.fallocate, fd, PUNCH_HOLE | KEEP_SIZE, offset, length);
}
