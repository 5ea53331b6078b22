// The launcher's mounts: /proc with a xen/ in it, and /dev/xen, for one program and its children.

import { closeSync } from 'node:fs';
import { constants } from 'node:os';
import { MS, mount } from '../../linux/mount.ts';
import { attachTree, cloneTree } from '../../linux/mount-tree.ts';
import { mustMount as must } from '../mount/must-mount.ts';
import { bindDom0Files, overlayDom0Directories } from '../toolstack/dom0-files.ts';
import { overlay } from './overlay.ts';
import { makeMountsPrivate } from './private-mounts.ts';
import { HIDDEN, REAL } from './view-names.ts';

export interface ViewOptions {
  /** /dev/fuse, to be mounted here ... */
  fuse?: number;
  /** ... or the directory of a `fauxen mount`. */
  at?: string;
  /** Show /dev/xen. */
  devices: boolean;
  /** Show what else a dom0 has: /sys/hypervisor, a /run and a /var/lib/xen of its own. */
  toolstack?: boolean;
}

/** How often a mount point that was just looked up may turn out to be a stale one. */
const ATTEMPTS = 10;

/**
 * The kernel looks the mount point up, and then answers ENOENT if another lookup has replaced it meanwhile, as happens on a busy
 * machine: the next lookup finds the new one.
 */
function attachPatiently(tree: number, path: string): number {
  let result = attachTree(tree, path);
  for (let attempt = 1; attempt < ATTEMPTS && result === -constants.errno.ENOENT; attempt += 1) {
    result = attachTree(tree, path);
  }
  return result;
}

/**
 * Gives this process a mount namespace of its own in which /proc/xen exists. Other mounts still arrive from
 * outside, and none of ours leaves. Throws with what failed.
 */
export function enterPrivateView({ fuse, at, devices, toolstack = false }: ViewOptions): void {
  makeMountsPrivate();
  // Now, since a copy made later would have the FUSE mounts that cover it.
  const realProc = must('copy /proc', cloneTree('/proc'));
  if (devices) overlay('/dev', ['xen']);
  if (toolstack) overlayDom0Directories();
  if (fuse !== undefined) {
    const data = `fd=${fuse},rootmode=40755,user_id=0,group_id=0,allow_other,default_permissions`;
    must('mount FUSE', mount('fauxen', '/proc', 'fuse.fauxen', MS.NOSUID | MS.NODEV, data));
  } else {
    must(`bind ${at}`, mount(at ?? '', '/proc', null, MS.BIND));
  }
  if (devices) must('bind /dev/xen', mount(`/proc/${HIDDEN}/dev/xen`, '/dev/xen', null, MS.BIND));
  if (toolstack) bindDom0Files();
  must('bind /proc', mount(`/proc/${HIDDEN}/proc`, '/proc', null, MS.BIND));
  must('attach the real /proc', attachPatiently(realProc, `/proc/${REAL}`));
  closeSync(realProc);
}
