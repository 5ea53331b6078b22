// How a filter's listener gets from the launcher, which installs the filter on itself, to the daemon. Over a socket between
// them: the daemon says whether it could fetch a descriptor from the launcher at all (there is no way back from a filter, and a
// listener that nobody holds makes every filtered call fail); the launcher installs and says the number; the daemon fetches it
// and says go. Without that word the launcher ends.

import type { ChildProcess } from 'node:child_process';
import { closeSync, readSync, writeSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import { IOCTL_PRIVCMD_HYPERCALL } from '../../drivers/privcmd/ioctls.ts';
import { errno, errnoName } from '../../linux/errno.ts';
import { compareFiles } from '../../linux/kcmp.ts';
import { deviceAt } from '../../linux/open-file.ts';
import { pidfdGetfd, pidfdOpen } from '../../linux/pidfd.ts';
import { installListener, ioctlFilter } from '../../linux/seccomp.ts';

/** What the view shows of the mount, always. */
const SHOWN = '/proc/xen';

const INSTALL = 'i';
const DO_NOT = 'n';
const GO = 'g';

/**
 * The launcher's side, on the thread that becomes the program, with nothing left to do but exec: whether it shall. Closes the
 * socket.
 */
export function installDoor(socket: number): boolean {
  let word = readByte(socket);
  if (word === INSTALL) {
    const device = deviceAt(SHOWN);
    const installed = device < 0 ? device : installListener(ioctlFilter(IOCTL_PRIVCMD_HYPERCALL));
    writeSync(socket, `${device} ${installed}\n`);
    word = readByte(socket);
  }
  closeSync(socket);
  return word === GO || word === DO_NOT;
}

function readByte(socket: number): string {
  const byte = Buffer.alloc(1);
  return readSync(socket, byte) === 1 ? byte.toString() : '';
}

export interface FetchOptions {
  launcher: ChildProcess;
  socket: Duplex;
  /**
   * Gives the listener to the thread that serves, which owns it from then on, and the device number of the mount. The program starts
   * after that.
   */
  hand(listener: number, device: number): Promise<unknown>;
  /** Whether the program may run without the door. */
  optional: boolean;
}

/** Why there is no second door. `ended`: so the program does not run. */
export interface NoDoor {
  why: string;
  ended: boolean;
}

/** The daemon's side. Undefined when the door is open, and when the launcher ended before (which says why itself). */
export async function fetchDoor({ launcher, socket, hand, optional }: FetchOptions): Promise<NoDoor | undefined> {
  const say = (word: string) => socket.write(word);
  const refuse = (why: string, goOn: string): NoDoor => {
    const ended = goOn === '' || !optional;
    if (ended) launcher.kill('SIGKILL');
    else say(goOn);
    return { why, ended };
  };
  socket.on('error', () => {}); // the launcher ended
  const pidfd = pidfdOpen(launcher.pid ?? 0);
  // EBADF says nothing against it: descriptor 0 is closed.
  const comparison = compareFiles(process.pid, 0, 0);
  const probe = pidfd < 0 ? pidfd : pidfdGetfd(pidfd, 0);
  try {
    if (probe < 0) return refuse(`cannot fetch a descriptor of a child: ${errnoName(probe)}`, DO_NOT);
    if (comparison < 0 && comparison !== -errno.EBADF)
      return refuse(`cannot compare open files: ${errnoName(comparison)} (kcmp)`, DO_NOT);
    say(INSTALL);
    const line = await firstLine(socket);
    if (line === undefined) return undefined;
    const [device = -errno.EIO, installed = -errno.EIO] = line.split(' ').map(Number);
    if (device < 0) return refuse(`cannot look at ${SHOWN}: ${errnoName(device)}`, GO);
    if (installed < 0) return refuse(`cannot install a seccomp filter: ${explain(installed)}`, GO);
    const listener = pidfdGetfd(pidfd, installed);
    if (listener < 0) return refuse(`cannot fetch the seccomp listener: ${errnoName(listener)}`, '');
    await hand(listener, device);
    say(GO);
    return undefined;
  } finally {
    socket.end();
    for (const fd of [probe, pidfd]) if (fd >= 0) closeSync(fd);
  }
}

function explain(error: number): string {
  const name = errnoName(error);
  if (name === 'EBUSY') return 'EBUSY: this process is filtered with a listener already';
  if (name === 'EACCES') return 'EACCES: no CAP_SYS_ADMIN in this user namespace';
  if (name === 'EINVAL') return 'EINVAL: Linux before 5.19';
  return name;
}

function firstLine(socket: Duplex): Promise<string | undefined> {
  return new Promise((resolve) => {
    let text = '';
    socket.setEncoding('utf8').on('data', (more: string) => {
      text += more;
      if (text.includes('\n')) resolve(text);
    });
    socket.on('close', () => resolve(undefined));
  });
}
