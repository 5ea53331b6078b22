import { closeSync, constants, readlinkSync } from 'node:fs';
import { SYS } from '../../linux/arch/x86-64/system-calls.ts';
import { ChildCalls, type Result } from '../../linux/child-calls.ts';
import { CLONE, MNT } from '../../linux/mount.ts';
import { O_PATH } from '../../linux/open-file.ts';
import { startKeeper } from '../toolstack/keeper.ts';

const O_CLOEXEC = 0o2000000;

interface Opened {
  namespace: Result;
  root: Result;
}

/** Calls with which a child, in the mount namespace of its view, leaves descriptors of it to this process. */
export function openView(calls: ChildCalls): Opened {
  return {
    namespace: calls.must('open the mount namespace', SYS.open, '/proc/self/ns/mnt', constants.O_RDONLY | O_CLOEXEC, 0),
    root: calls.must('open the root', SYS.open, '/', O_PATH | O_CLOEXEC, 0),
  };
}

/** A private view whose program has ended; other processes may still use it. */
export class LeftView {
  readonly #namespace: number;
  readonly #root: number;
  #dismiss = () => {};

  constructor(calls: ChildCalls, { namespace, root }: Opened) {
    this.#namespace = calls.resultOf(namespace) ?? -1;
    this.#root = calls.resultOf(root) ?? -1;
  }

  /**
   * From now on ends the processes in the view if this process is killed: their /proc would not answer. The empty /dev/xen outside is then
   * removed too.
   */
  keep(): void {
    if (this.#namespace >= 0)
      this.#dismiss = startKeeper(readlinkSync(`/proc/self/fd/${this.#namespace}`), this.#namespace);
  }

  /** Uncovers the real /proc and removes /dev/xen, since the hypervisor has ended. */
  uncover(): void {
    const calls = new ChildCalls();
    calls.must('enter the mount namespace', SYS.setns, this.#namespace, CLONE.NEWNS);
    calls.must('go to the root', SYS.fchdir, this.#root);
    calls.must('take the root', SYS.chroot, '.');
    // In this order: once /proc/xen is gone, so is the rest.
    calls.may(SYS.umount2, '/dev/xen', MNT.DETACH);
    calls.may(SYS.umount2, '/proc', MNT.DETACH);
    calls.start();
    this.close();
  }

  close(): void {
    this.#dismiss();
    for (const fd of [this.#namespace, this.#root]) if (fd >= 0) closeSync(fd);
  }
}
