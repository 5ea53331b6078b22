import { chmodSync, closeSync, fstatSync, mkdirSync, openSync, rmdirSync, statSync } from 'node:fs';
import { SYS } from '../../linux/arch/x86-64/system-calls.ts';
import { systemCall } from '../../linux/libc.ts';
import { errorCode } from '../../linux/system-error.ts';
import { isInitialUserNamespace } from './privileges.ts';

const PATH = '/dev/xen';
const LOCK = { SHARED: 1, EXCLUSIVE: 2, NOW: 4 } as const;
/** Marks a directory that Fauxen made: others have write permission. */
const MODE = 0o555;

/**
 * The mount point of /dev/xen: an empty directory that each run covers in its own mount namespace. Each run holds a shared lock on it,
 * which the kernel releases even for a killed process, and the last run removes it. If the directory cannot be made, an overlay over /dev
 * provides it.
 */
export class Devices {
  readonly #fd: number | undefined;

  private constructor(fd: number | undefined) {
    this.#fd = fd;
  }

  /** Undefined if there is no /dev/xen at all: in a user namespace, where devices cannot be shown. */
  static hold(): Devices | undefined {
    if (!isInitialUserNamespace()) return undefined;
    for (;;) {
      let fd: number;
      try {
        if (statSync(PATH, { throwIfNoEntry: false }) === undefined) {
          mkdirSync(PATH);
          chmodSync(PATH, MODE); // mkdir applies the umask
        }
        fd = openSync(PATH, 'r');
      } catch (error) {
        const code = errorCode(error);
        if (code === 'EEXIST' || code === 'ENOENT') continue; // another run has just made or removed it
        return new Devices(undefined); // a read-only /dev
      }
      systemCall(SYS.flock, fd, LOCK.SHARED);
      if (isThere(fd)) return new Devices(fd);
      closeSync(fd);
    }
  }

  get kind(): 'directory' | 'overlay' {
    return this.#fd === undefined ? 'overlay' : 'directory';
  }

  release(): void {
    const fd = this.#fd;
    if (fd === undefined) return;
    const ours = (fstatSync(fd).mode & 0o777) === MODE;
    if (ours && isThere(fd) && systemCall(SYS.flock, fd, LOCK.EXCLUSIVE | LOCK.NOW) === 0) {
      try {
        rmdirSync(PATH);
      } catch {
        // no longer empty: it is in use
      }
    }
    closeSync(fd);
  }
}

/** Whether the path still names the open directory. */
function isThere(fd: number): boolean {
  const [open, named] = [fstatSync(fd), statSync(PATH, { throwIfNoEntry: false })];
  return named !== undefined && named.ino === open.ino && named.dev === open.dev;
}
