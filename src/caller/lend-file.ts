import { statSync } from 'node:fs';
import { errno } from '../linux/errno.ts';
import { type FileIdentity, fileOf } from '../linux/open-file.ts';
import type { CallInCaller } from './injected-call.ts';

const AT_FDCWD = -100;
const O_RDWR = 2;
const O_CLOEXEC = 0o2000000;

/** A file that is open in this process, and its identity. */
export interface LentFile extends FileIdentity {
  readonly fd: number;
  /** Whether `fd` is open for reading only. */
  readonly readOnly?: boolean;
}

/**
 * Opens a file of this process in the stopped caller; returns its descriptor there, or -errno. Prefers pidfd_getfd, which needs no path:
 * /proc in the caller's view may be served by this very thread. Compares the result with the file, since in another pid namespace our
 * process id may belong to another process.
 */
export function lendFile(call: CallInCaller, tid: number, file: LentFile): number {
  const pidfd = Number(call('pidfd_open', process.pid, 0));
  let result = pidfd;
  if (pidfd >= 0) {
    result = Number(call('pidfd_getfd', pidfd, file.fd, 0));
    call('close', pidfd);
    if (result >= 0 && isFile(tid, result, file)) return result;
    if (result >= 0) call('close', result);
  }
  if (!seesOurProc(tid)) return result < 0 ? result : -errno.ESRCH;
  const opened = Number(
    call('openat', AT_FDCWD, `/proc/${process.pid}/fd/${file.fd}`, (file.readOnly ? 0 : O_RDWR) | O_CLOEXEC, 0),
  );
  if (opened < 0 || isFile(tid, opened, file)) return opened;
  call('close', opened);
  return -errno.ESRCH;
}

/** Compares identities without asking the file system: another thread may have put a file there that this very thread serves. */
function isFile(tid: number, fd: number, { device, inode }: LentFile): boolean {
  const found = fileOf(tid, fd);
  return found?.device === device && found.inode === inode;
}

/** Whether the thread is in our mount namespace. In another one, /proc may be our own mount, which cannot answer now. */
function seesOurProc(tid: number): boolean {
  const ours = statSync('/proc/self/ns/mnt', { throwIfNoEntry: false });
  return ours !== undefined && statSync(`/proc/${tid}/ns/mnt`, { throwIfNoEntry: false })?.ino === ours.ino;
}
