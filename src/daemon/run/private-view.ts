// The calls that give a child a private mount namespace with /proc/xen and /dev/xen.

import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { SYS } from '../../linux/arch/x86-64/system-calls.ts';
import type { ChildCalls, Result } from '../../linux/child-calls.ts';
import { CLONE, MNT, MS } from '../../linux/mount.ts';
import { O_PATH } from '../../linux/open-file.ts';
import { isMountPoint, realProc } from '../hypervisor-thread/proc-directory.ts';
import type { Persona } from '../protocol/settings.ts';
import { HIDDEN, REAL } from '../protocol/view-names.ts';
import { addDom0Directories, bindDom0Files } from '../toolstack/dom0-files.ts';
import { addPersona, bindPersona } from '../toolstack/persona.ts';
import { mountMust } from './mount-must.ts';
import { addOverlay } from './overlay.ts';
import { addPrivateMounts } from './private-mounts.ts';

export interface ViewOptions {
  /** A descriptor of /dev/fuse, to be mounted here ... */
  fuse?: number;
  /** ... or the directory of a running `fauxen mount`. */
  at?: string;
  /** Show /dev/xen: on an existing directory, or in an overlay over /dev if none can be made. */
  devices?: 'directory' | 'overlay' | undefined;
  /** Show the rest of a dom0: /sys/hypervisor, and a private /run and /var/lib/xen. */
  toolstack?: boolean;
  /** Show what programs that detect Xen check. */
  persona?: Persona | undefined;
}

/** Temporary mount point of the FUSE mount, while parts of it are bound elsewhere. The files that it covers are not needed then. */
const STAGES = ['/etc', '/tmp', '/usr'];

const O_CLOEXEC = 0o2000000;

/**
 * After these calls, the child has a private mount namespace in which /proc/xen exists. Mounts from outside still propagate into it, and
 * ours do not propagate out. It keeps its working directory, which the result opens. What `share` adds are the last calls that open
 * descriptors in this process too.
 */
export function addPrivateView(
  calls: ChildCalls,
  { fuse, at, devices, toolstack = false, persona }: ViewOptions,
  share: () => void,
): Result {
  const stage = STAGES.find((path) => existsSync(path)) ?? '/';
  const hidden = `${stage}/${HIDDEN}`;
  const proc = `${hidden}/proc`;
  addPrivateMounts(calls);
  const directory = calls.must('open the working directory', SYS.open, '.', O_PATH | O_CLOEXEC, 0);
  share();
  leaveConnection(calls, undefined);
  if (devices === 'overlay') addOverlay(calls, '/dev', ['xen']);
  if (toolstack) addDom0Directories(calls);
  if (persona !== undefined) addPersona(calls, persona);
  if (fuse !== undefined) {
    const data = `fd=${fuse},rootmode=40755,user_id=0,group_id=0,allow_other,default_permissions`;
    mountMust(calls, 'mount FUSE', 'fauxen', stage, 'fuse.fauxen', MS.NOSUID | MS.NODEV, data);
    leaveConnection(calls, fuse);
  } else {
    mountMust(calls, `bind ${at}`, at ?? '', stage, null, MS.BIND);
  }
  if (devices !== undefined) mountMust(calls, 'bind /dev/xen', `${hidden}/dev/xen`, '/dev/xen', null, MS.BIND);
  if (toolstack) bindDom0Files(calls, hidden);
  if (persona !== undefined) bindPersona(calls, persona, hidden);
  mountMust(calls, 'bind the real /proc', realProc(), `${proc}/${REAL}`, null, MS.BIND | MS.REC);
  // From there, since each directory on the way costs calls to Fauxen, for each of about fifty names.
  calls.must(`go to ${proc}`, SYS.chdir, proc);
  for (const name of readdirSync(realProc())) {
    if (name === 'xen' || !isMountPoint(name) || lstatSync(`${realProc()}/${name}`).isSymbolicLink()) continue;
    mountMust(calls, `bind /proc/${name}`, `${REAL}/${name}`, name, null, MS.BIND | MS.REC);
  }
  mountMust(calls, 'bind /proc', proc, '/proc', null, MS.BIND | MS.REC);
  calls.must(`uncover ${stage}`, SYS.umount2, stage, MNT.DETACH);
  calls.must('go to the working directory', SYS.fchdir, directory);
  return directory;
}

/**
 * Gives the child its own descriptor table, without /dev/fuse. Its next calls may wait for an answer from this process. If this process is
 * killed then, the kernel fails them as soon as nobody has /dev/fuse open; a child that had it open would wait for ever.
 */
export function leaveConnection(calls: ChildCalls, fuse: number | undefined): void {
  calls.must('leave the descriptors', SYS.unshare, CLONE.FILES);
  if (fuse !== undefined) calls.may(SYS.close, fuse);
}
