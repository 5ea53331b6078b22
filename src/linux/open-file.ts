// What an open file is, from what the kernel itself knows: its file system is not asked, which may be this process or one that hangs.

import { readFileSync } from 'node:fs';
import { addressOf, systemCall } from './libc.ts';

const SYS_STATX = 332;
const AT_EMPTY_PATH = 0x1000;
/** The file system is not asked for news. */
const AT_STATX_DONT_SYNC = 0x4000;
const AT_FDCWD = -100;
/** Offsets in struct statx. */
const STATX = { size: 256, deviceMajor: 136, deviceMinor: 140 } as const;
const O_PATH = 0o10000000; // asm-generic/fcntl.h

const buffer = new DataView(new ArrayBuffer(STATX.size));
const bufferAddress = addressOf(buffer);
/** Room for `/proc/TID/fd/NUMBER`. Kept here: what only its address is known of is collected. */
const path = Buffer.alloc(64);
const pathAddress = addressOf(path);

/**
 * The device number of the file system in which the file behind descriptor `fd` of this process lies, or -errno: one number, in this
 * file's own way.
 */
export function deviceOf(fd: number): number {
  path[0] = 0;
  return ask(fd, AT_EMPTY_PATH);
}

/** The same of what a short path leads to: /proc/TID/fd/NUMBER is what another thread has open, which may change at any moment. */
export function deviceAt(name: string): number {
  path.write(`${name}\0`, 'latin1');
  return ask(AT_FDCWD, 0);
}

/** Arguments by which statx(2) is asked for the device of what a path leads to, and what then reads it from the buffer. */
export function deviceQuestion(name: string): { args: [number, string, number, number, DataView]; read(): number } {
  const answer = new DataView(new ArrayBuffer(STATX.size));
  return { args: [AT_FDCWD, name, AT_STATX_DONT_SYNC, 0, answer], read: () => deviceIn(answer) };
}

/** Only the device is asked for: a FUSE file system tells nothing else to users it does not know. */
function ask(directory: number, flags: number): number {
  const asked = systemCall(SYS_STATX, directory, pathAddress, flags | AT_STATX_DONT_SYNC, 0, bufferAddress);
  if (asked < 0) return asked;
  return deviceIn(buffer);
}

function deviceIn(answer: DataView): number {
  return answer.getUint32(STATX.deviceMajor, true) * 2 ** 32 + answer.getUint32(STATX.deviceMinor, true);
}

/**
 * The inode number of what descriptor `fd` of a thread has open (Linux 5.14), by its entry in /proc. Undefined where there is no
 * such descriptor, it may not be looked at, or only names a file (O_PATH), which is not open then.
 */
export function openInode(tid: number | 'self', fd: number): number | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${tid}/fdinfo/${fd}`, 'latin1');
  } catch {
    return undefined;
  }
  const flags = Number.parseInt(/^flags:\t(\d+)$/m.exec(text)?.[1] ?? '', 8);
  const inode = /^ino:\t(\d+)$/m.exec(text)?.[1];
  return inode === undefined || Number.isNaN(flags) || (flags & O_PATH) !== 0 ? undefined : Number(inode);
}
