import { SYS } from '../../linux/arch/x86-64/system-calls.ts';
import type { ChildCalls } from '../../linux/child-calls.ts';
import { CLONE, MS } from '../../linux/mount.ts';
import { OPEN_TREE } from '../../linux/mount-tree.ts';
import { mountTable } from '../mount/mount-table.ts';
import { lostDirectory } from './lost-directory.ts';
import { mountMust } from './mount-must.ts';

/**
 * Gives the child a private mount namespace: mounts from outside still propagate into it, and none propagates out. If the root directory
 * is not a mount point, as after a plain chroot, its propagation cannot be set: then the child moves into a copy of its root, which is
 * attached over /proc.
 */
export function addPrivateMounts(calls: ChildCalls): void {
  calls.must('make a mount namespace', SYS.unshare, CLONE.NEWNS);
  const lost = lostDirectory();
  if (!mountTable().some(({ path }) => path === '/')) {
    mountMust(calls, 'make /proc private (is procfs mounted there?)', null, '/proc', null, MS.REC | MS.SLAVE);
    const tree = calls.must('copy the root directory', SYS.open_tree, OPEN_TREE.AT_FDCWD, '/', OPEN_TREE.CLONE_ALL);
    const attach = [tree, '', OPEN_TREE.AT_FDCWD, '/proc', OPEN_TREE.FROM_EMPTY_PATH] as const;
    calls.must('attach the copy of the root directory', SYS.move_mount, ...attach);
    calls.must('enter the copy of the root directory', SYS.chroot, '/proc'); // where the copy now is
    if (lost === undefined) calls.may(SYS.chdir, process.cwd());
  }
  mountMust(calls, 'make the mounts private', null, '/', null, MS.REC | MS.SLAVE);
  if (lost !== undefined) calls.must('go to the working directory', SYS.fchdir, lost);
}
