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

/** Sets a file's permissions; 0 or -errno. */
export function chmod(fd: number, mode: number): number {
  return systemCall(SYS.fchmod, fd, mode);
}

/** Frees a range of a file, which then reads as zeroes; 0 or -errno. */
export function punchHole(fd: number, offset: number, length: number): number {
  return systemCall(SYS.fallocate, fd, PUNCH_HOLE | KEEP_SIZE, offset, length);
}

/** Seals of a file in memory: its size can no longer change, and no seal can be added. */
const F_ADD_SEALS = 1033;
const SEAL = 1;
const SEAL_SHRINK = 2;
const SEAL_GROW = 4;

/** Fixes the size of a file that was made with MFD.ALLOW_SEALING; 0 or -errno. */
export function sealSize(fd: number): number {
  return systemCall(SYS.fcntl, fd, F_ADD_SEALS, SEAL | SEAL_SHRINK | SEAL_GROW);
}

/** Sets a file's permission bits; 0 or -errno. */
export function chmodFile(fd: number, mode: number): number {
  return systemCall(SYS.fchmod, fd, mode);
}

const F_SETLEASE = 1024;
const F_WRLCK = 1;
const F_UNLCK = 2;

/**
 * Whether no other open file of the same file exists, in any process. `fd` must come from open(2), for reading and writing. The kernel
 * grants a write lease only in this case (fcntl(2)).
 */
export function isOnlyOpening(fd: number): boolean {
  if (systemCall(SYS.fcntl, fd, F_SETLEASE, F_WRLCK) < 0) return false;
  systemCall(SYS.fcntl, fd, F_SETLEASE, F_UNLCK);
  return true;
}
