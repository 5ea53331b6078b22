import { statSync } from 'node:fs';
import { errno } from '../linux/errno.ts';
import { type FileIdentity, fileOf } from '../linux/open-file.ts';
import type { CallInCaller } from './injected-call.ts';

const AT_FDCWD = -100;
const O_RDWR = 2;
const O_CLOEXEC = 0o2000000;

/** A file open in this process, and which it is. */
export interface LentFile extends FileIdentity {
  readonly fd: number;
}

/**
 * Opens a file of this process in the stopped caller: its descriptor there, or -errno. By pidfd_getfd where that is allowed, for it
 * needs no path: /proc in the caller's view may be served by this very thread. What was got is compared with the file: in another
 * pid namespace our process id is somebody else's.
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
  const opened = Number(call('openat', AT_FDCWD, `/proc/${process.pid}/fd/${file.fd}`, O_RDWR | O_CLOEXEC, 0));
  if (opened < 0 || isFile(tid, opened, file)) return opened;
  call('close', opened);
  return -errno.ESRCH;
}

/** The caller's other threads may have put another file there: its file system, which may be this very thread, is not asked. */
function isFile(tid: number, fd: number, { device, inode }: LentFile): boolean {
  const found = fileOf(tid, fd);
  return found?.device === device && found.inode === inode;
}

/** In another mount namespace /proc may be our own mount, which cannot answer now. */
function seesOurProc(tid: number): boolean {
  const ours = statSync('/proc/self/ns/mnt', { throwIfNoEntry: false });
  return ours !== undefined && statSync(`/proc/${tid}/ns/mnt`, { throwIfNoEntry: false })?.ino === ours.ino;
}
