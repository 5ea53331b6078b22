import { chmodSync, closeSync, fstatSync, mkdirSync, openSync, rmdirSync, statSync } from 'node:fs';
import { SYS } from '../../linux/arch/x86-64/system-calls.ts';
import { systemCall } from '../../linux/libc.ts';
import { isInitialUserNamespace } from './privileges.ts';

const PATH = '/dev/xen';
const LOCK = { SHARED: 1, EXCLUSIVE: 2, NOW: 4 } as const;
/** Tells one that Fauxen made from any other, which has write permission. */
const MODE = 0o555;

/**
 * What runs show /dev/xen on: an empty directory /dev/xen, which each of them covers in its own namespace. The last run that uses it
 * takes it away: each holds a shared lock on it, which the kernel releases also for a process that is killed. Where no such directory
 * can be made, an overlay over /dev has one.
 */
export class Devices {
  readonly #fd: number | undefined;

  private constructor(fd: number | undefined) {
    this.#fd = fd;
  }

  /** Undefined where there is no /dev/xen at all: in a user namespace, whose root may not be shown devices. */
  static hold(): Devices | undefined {
    if (!isInitialUserNamespace()) return undefined;
    for (;;) {
      let fd: number;
      try {
        if (statSync(PATH, { throwIfNoEntry: false }) === undefined) {
          mkdirSync(PATH);
          chmodSync(PATH, MODE); // mkdir heeds the umask
        }
        fd = openSync(PATH, 'r');
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? error.code : undefined;
        if (code === 'EEXIST' || code === 'ENOENT') continue; // another run made it, or took it away, just now
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
        // not empty any more: somebody uses it
      }
    }
    closeSync(fd);
  }
}

/** Whether the open directory still has its name. */
function isThere(fd: number): boolean {
  const [open, named] = [fstatSync(fd), statSync(PATH, { throwIfNoEntry: false })];
  return named !== undefined && named.ino === open.ino && named.dev === open.dev;
}
