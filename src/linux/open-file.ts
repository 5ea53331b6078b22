// Identifies open files from the kernel's own data, without a request to their file system, which may be this process or may hang.

import { SYS } from './arch/x86-64/system-calls.ts';
import { cPath } from './c-path.ts';
import { addressOf, systemCall } from './libc.ts';
import { readProc } from './read-proc.ts';

const AT_EMPTY_PATH = 0x1000;
/** AT_STATX_DONT_SYNC: use cached attributes. */
const AT_STATX_DONT_SYNC = 0x4000;
const AT_FDCWD = -100;
/** Offsets in struct statx. */
const STATX = { size: 256, inode: 32, deviceMajor: 136, deviceMinor: 140 } as const;
const STATX_INO = 0x100;
/** asm-generic/fcntl.h */
export const O_PATH = 0o10000000;
const O_CLOEXEC = 0o2000000;

const buffer = new DataView(new ArrayBuffer(STATX.size));
const bufferAddress = addressOf(buffer);

/**
 * The device number of the file system of descriptor `fd` of this process, as one number in this module's format, or -errno.
 */
export function deviceOf(fd: number): number {
  return ask(fd, '', AT_EMPTY_PATH, 0);
}

/** The same for a path. /proc/TID/fd/NUMBER leads to a file that another thread has open, which may change at any moment. */
export function deviceAt(name: string): number {
  return ask(AT_FDCWD, name, 0, 0);
}

/** The arguments with which statx(2) returns the device of the file at a path, and a function that then reads it from the buffer. */
export function deviceQuestion(name: string): { args: [number, string, number, number, DataView]; read(): number } {
  const answer = new DataView(new ArrayBuffer(STATX.size));
  return { args: [AT_FDCWD, name, AT_STATX_DONT_SYNC, 0, answer], read: () => deviceIn(answer) };
}

/**
 * Opens a path with O_PATH; returns the descriptor or -errno. The descriptor refers to the same file even if the path changes, as that of a
 * thread's root directory may.
 */
export function openName(name: string): number {
  return systemCall(SYS.openat, AT_FDCWD, cPath(name), O_PATH | O_CLOEXEC);
}

/** open(2), close-on-exec, for descriptors that Node need not know; a descriptor or -errno. */
export function openFile(name: string, flags: number): number {
  return systemCall(SYS.openat, AT_FDCWD, cPath(name), flags | O_CLOEXEC);
}

/** Identity of a file: its device, in this module's format, and its inode number. */
export interface FileIdentity {
  readonly device: number;
  readonly inode: number;
}

/** The file that a descriptor of thread `tid` refers to; undefined if there is none, or if access is denied. */
export function fileOf(tid: number | 'self', fd: number): FileIdentity | undefined {
  return tid === 'self' ? identity(ask(fd, '', AT_EMPTY_PATH, STATX_INO)) : fileAt(`/proc/${tid}/fd/${fd}`);
}

/** The file at a path; undefined if there is none, or if access is denied. */
export function fileAt(name: string): FileIdentity | undefined {
  return identity(ask(AT_FDCWD, name, 0, STATX_INO));
}

function identity(device: number): FileIdentity | undefined {
  return device < 0 ? undefined : { device, inode: Number(buffer.getBigUint64(STATX.inode, true)) };
}

/** With an empty mask statx(2) returns the device even of a FUSE file system that refuses this user everything else. */
function ask(directory: number, path: string, flags: number, mask: number): number {
  const asked = systemCall(SYS.statx, directory, cPath(path), flags | AT_STATX_DONT_SYNC, mask, bufferAddress);
  if (asked < 0) return asked;
  return deviceIn(buffer);
}

function deviceIn(answer: DataView): number {
  return answer.getUint32(STATX.deviceMajor, true) * 2 ** 32 + answer.getUint32(STATX.deviceMinor, true);
}

/**
 * The inode number of the file that a thread has open as descriptor `fd` (Linux 5.14), from /proc. Undefined if there is no such
 * descriptor, access is denied, or the descriptor was opened with O_PATH, so that the file is not open.
 */
export function openInode(tid: number | 'self', fd: number): number | undefined {
  const text = readProc(`/proc/${tid}/fdinfo/${fd}`) ?? '';
  const flags = Number.parseInt(/^flags:\t(\d+)$/m.exec(text)?.[1] ?? '', 8);
  const inode = /^ino:\t(\d+)$/m.exec(text)?.[1];
  return inode === undefined || Number.isNaN(flags) || (flags & O_PATH) !== 0 ? undefined : Number(inode);
}

/** Identity of an open file: its mount and its inode number. */
export interface OpenIdentity {
  readonly mount: number;
  readonly inode: number;
}

/**
 * The file that a thread has open as descriptor `fd` (Linux 5.14), from one entry of /proc, which the kernel writes at once. Undefined if
 * there is no such descriptor, access is denied, or the descriptor was opened with O_PATH.
 */
export function openIdentity(tid: number | 'self', fd: number): OpenIdentity | undefined {
  const text = readProc(`/proc/${tid}/fdinfo/${fd}`);
  const [, flags, mount, inode] = /^flags:\t(\d+)\nmnt_id:\t(\d+)\nino:\t(\d+)$/m.exec(text ?? '') ?? [];
  if (flags === undefined || (Number.parseInt(flags, 8) & O_PATH) !== 0) return undefined;
  return { mount: Number(mount), inode: Number(inode) };
}
