import { closeSync, constants } from 'node:fs';
import { say } from '../../language/say.ts';
import { SYS } from '../../linux/arch/x86-64/system-calls.ts';
import { ChildCalls, type Result } from '../../linux/child-calls.ts';
import { errnoName } from '../../linux/errno.ts';
import { CLONE } from '../../linux/mount.ts';
import { O_PATH } from '../../linux/open-file.ts';
import { PRIVATE } from '../toolstack/dom0-files.ts';
import { endWithParent } from './become-program.ts';
import { addPrivateView, leaveConnection, type ViewOptions } from './private-view.ts';
import { RunError } from './run-error.ts';

const O_CLOEXEC = 0o2000000;
const { O_RDONLY, O_DIRECTORY } = constants;

/** A private view that several programs enter. It exists while it is open here or a program is in it. */
export class MadeView {
  /** Descriptors: the mount namespace, its root, and the working directory in it. */
  readonly namespace: number;
  readonly root: number;
  readonly #directory: number;
  /** This process's /dev/fuse that is mounted in it, if it is. */
  readonly #fuse: number | undefined;

  /** Throws RunError. */
  constructor(options: ViewOptions) {
    this.#fuse = options.fuse;
    const calls = new ChildCalls();
    let root: Result = { call: -1 };
    let namespace: Result = { call: -1 };
    endWithParent(calls); // a call may wait for this process's mount
    const directory = addPrivateView(calls, options, () => {
      root = calls.must('open the root', SYS.open, '/', O_PATH | O_DIRECTORY | O_CLOEXEC, 0);
      namespace = calls.must('open the mount namespace', SYS.open, '/proc/self/ns/mnt', O_RDONLY | O_CLOEXEC, 0);
    });
    const { failure } = calls.start();
    if (failure !== undefined)
      throw new RunError(say('cannot {what}: {advice}', { what: failure.what, advice: errnoName(failure.errno) }));
    this.namespace = calls.resultOf(namespace) ?? -1;
    this.root = calls.resultOf(root) ?? -1;
    this.#directory = calls.resultOf(directory) ?? -1;
  }

  /** The path through which this process reaches a file in the view. */
  path(absolute: string): string {
    return `/proc/self/fd/${this.root}${absolute}`;
  }

  /**
   * Calls with which a child enters it. If the view has a private copy of the working directory, the child uses that. What `share` adds
   * are the last calls that also open descriptors in this process.
   */
  enter(calls: ChildCalls, share: () => void = () => {}): void {
    calls.must('enter the mount namespace', SYS.setns, this.namespace, CLONE.NEWNS);
    calls.must('go to the root', SYS.fchdir, this.root);
    calls.must('take the root', SYS.chroot, '.'); // setns kept the root of this process, which may be in a chroot
    calls.must('go to the directory', SYS.fchdir, this.#directory);
    const here = process.cwd();
    if (PRIVATE.some((path) => `${here}/`.startsWith(`${path}/`))) calls.may(SYS.chdir, here);
    share();
    leaveConnection(calls, this.#fuse);
  }

  close(): void {
    for (const fd of [this.namespace, this.root, this.#directory]) closeSync(fd);
  }
}
