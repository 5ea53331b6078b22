import { closeSync } from 'node:fs';
import { constants } from 'node:os';
import { CLONE, chroot, MS, mount, unshare } from '../../linux/mount.ts';
import { attachTree, cloneTree } from '../../linux/mount-tree.ts';
import { mustMount as must } from '../mount/must-mount.ts';

/**
 * Gives this thread a mount namespace of its own: mounts still arrive from outside, and none made here leaves. A root directory that
 * is no mount point, as after a plain chroot, has nothing to set that on: then the thread moves into a copy of what it sees,
 * attached over /proc, out of everybody's sight. Throws with what failed.
 */
export function makeMountsPrivate(): void {
  must('make a mount namespace', unshare(CLONE.NEWNS));
  const result = mount(null, '/', null, MS.REC | MS.SLAVE);
  if (result !== -constants.errno.EINVAL) return void must('make the mounts private', result);
  must('make /proc private (is procfs mounted there?)', mount(null, '/proc', null, MS.REC | MS.SLAVE));
  const tree = must('copy the root directory', cloneTree('/'));
  must('attach the copy of the root directory', attachTree(tree, '/proc'));
  const directory = workingDirectory();
  must('enter the copy of the root directory', chroot('/proc')); // where the copy now is
  closeSync(tree);
  must('make the mounts private', mount(null, '/', null, MS.REC | MS.SLAVE));
  if (directory !== undefined) process.chdir(directory);
}

/** Undefined if it has been removed: then the program stays where it is. */
function workingDirectory(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}
