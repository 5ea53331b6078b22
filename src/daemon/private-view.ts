// The launcher's mounts: /proc with a xen/ in it, and /dev/xen, for one program and its children.

import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { errnoName } from '../linux/errno.ts';
import { CLONE, MS, mount, unshare } from '../linux/mount.ts';
import { attachTree, cloneTree } from '../linux/mount-tree.ts';
import { mountTable } from './mount-table.ts';
import { HIDDEN, REAL } from './view-names.ts';

const O_PATH = 0o10000000; // asm-generic/fcntl.h

export interface ViewOptions {
  /** /dev/fuse, to be mounted here ... */
  fuse?: number;
  /** ... or the directory of a `fauxen mount`. */
  at?: string;
  /** Show /dev/xen. */
  devices: boolean;
}

/**
 * Gives this process a mount namespace of its own in which /proc/xen exists. Other mounts still arrive from
 * outside, and none of ours leaves. Throws with what failed.
 */
export function enterPrivateView({ fuse, at, devices }: ViewOptions): void {
  must('make a mount namespace', unshare(CLONE.NEWNS));
  must('make the mounts private', mount(null, '/', null, MS.REC | MS.SLAVE));
  // Now, since a copy made later would have the FUSE mounts that cover it.
  const realProc = must('copy /proc', cloneTree('/proc'));
  if (devices) overlayDev();
  if (fuse !== undefined) {
    const data = `fd=${fuse},rootmode=40755,user_id=0,group_id=0,allow_other,default_permissions`;
    must('mount FUSE', mount('fauxen', '/proc', 'fuse.fauxen', MS.NOSUID | MS.NODEV, data));
  } else {
    must(`bind ${at}`, mount(at ?? '', '/proc', null, MS.BIND));
  }
  if (devices) must('bind /dev/xen', mount(`/proc/${HIDDEN}/dev/xen`, '/dev/xen', null, MS.BIND));
  must('bind /proc', mount(`/proc/${HIDDEN}/proc`, '/proc', null, MS.BIND));
  must('attach the real /proc', attachTree(realProc, `/proc/${REAL}`));
  closeSync(realProc);
}

/**
 * /dev with a xen/ in it: an overlay, so that devices which appear later are seen too. What is mounted below /dev (pts, shm)
 * is bound again over it.
 */
function overlayDev(): void {
  const real = openSync('/dev', O_PATH);
  const below = mountsBelow('/dev').map((path) => ({ path, fd: openSync(path, O_PATH) }));
  must('mount a tmpfs', mount('fauxen', '/dev', 'tmpfs', MS.NOSUID, 'mode=755'));
  for (const directory of ['/dev/upper', '/dev/work', '/dev/upper/xen']) mkdirSync(directory);
  const layers = `lowerdir=/proc/self/fd/${real},upperdir=/dev/upper,workdir=/dev/work`;
  must('overlay /dev', mount('fauxen', '/dev', 'overlay', MS.NOSUID, layers));
  for (const { path, fd } of below) {
    must(`bind ${path}`, mount(`/proc/self/fd/${fd}`, path, null, MS.BIND | MS.REC));
    closeSync(fd);
  }
  closeSync(real);
}

/** The outermost mount points below a directory, each once. */
function mountsBelow(directory: string): string[] {
  const points = mountTable()
    .map(({ path }) => path)
    .filter((path) => path.startsWith(`${directory}/`));
  const all = new Set(points);
  return [...all].filter((path) => !hasAncestor(path, all));
}

function hasAncestor(path: string, all: ReadonlySet<string>): boolean {
  for (let parent = dirname(path); parent !== '/'; parent = dirname(parent)) if (all.has(parent)) return true;
  return false;
}

function must(what: string, result: number): number {
  if (result < 0) throw new Error(`cannot ${what}: ${errnoName(result)}`);
  return result;
}
