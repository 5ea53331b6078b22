import { type Finished, stopCaller } from '../../caller/stop.ts';
import { DEFERRED, type FileNode, type OpenFile } from '../../fuse/node.ts';
import type { Request } from '../../fuse/request.ts';
import { errno } from '../../xen/errno.ts';
import { IOCTL_PRIVCMD_HYPERCALL } from './ioctls.ts';
import type { CallerBytes, Privcmd, PrivcmdState } from './privcmd.ts';

const S_IFREG = 0o100000;
const O_DIRECT = 0o40000;
const POLLIN = 1;
const POLLOUT = 4;

export interface PrivcmdFileOptions {
  privcmd: Privcmd;
  /** The memory of the caller of a request. */
  memory(tid: number): CallerBytes;
  /** Owner of the files: who mounted. Only it and root may open privcmd. */
  uid: number;
  gid: number;
  /** Another way in, which learns from it which descriptors are privcmd's. */
  watch?: PrivcmdWatch;
}

/** Told of what the kernel does with descriptors of privcmd. */
export interface PrivcmdWatch {
  /** A hypercall of a 64-bit thread has arrived at the open file. */
  arrived(state: PrivcmdState, tid: number): void;
  /** A descriptor of the open file is about to be closed, one of perhaps many; close(2) waits. */
  closing(state: PrivcmdState): void;
}

/** The file privcmd, as xenfs shows it (mode 0600). A node of its own for each lookup keeps maps of two openings apart. */
export function privcmdNode(options: PrivcmdFileOptions): FileNode {
  return {
    kind: 'file',
    attributes: () => ({ mode: S_IFREG | 0o600, size: 0, uid: options.uid, gid: options.gid }),
    setAttributes: () => 0,
    open(request, flags) {
      if (request.uid !== 0 && request.uid !== options.uid) return -errno.EACCES;
      if ((flags & O_DIRECT) !== 0) return -errno.EINVAL;
      return new PrivcmdFile(options);
    },
  };
}

class PrivcmdFile implements OpenFile {
  readonly nonseekable = true;
  readonly state: PrivcmdState;
  /** Only where it is of use: with it each close(2) is a request. */
  readonly flush?: () => number;
  private readonly options: PrivcmdFileOptions;

  constructor(options: PrivcmdFileOptions) {
    const { watch, privcmd } = options;
    const state = privcmd.open();
    this.options = options;
    this.state = state;
    if (watch === undefined) return;
    this.flush = () => {
      watch.closing(state);
      return 0;
    };
  }

  ioctl(request: Request, command: number, argument: number): number {
    const { privcmd, memory, watch } = this.options;
    if (command === IOCTL_PRIVCMD_HYPERCALL && !request.compat) watch?.arrived(this.state, request.tid);
    const result = privcmd.ioctl(this.state, memory(request.tid), command, argument, request.compat, request.tid);
    if (typeof result === 'number' && result === (result | 0) && result !== -errno.ENOSYS) return result;
    return this.answerExactly(request, BigInt(result));
  }

  /**
   * FUSE turns ENOSYS into ENOTTY and carries 32 bits only. A stop of the caller on its way out of the ioctl sets the true result;
   * where it cannot be stopped, it gets what FUSE can say and dmesg has the rest.
   */
  private answerExactly(request: Request, result: bigint): number {
    const { privcmd } = this.options;
    let reason = 'the caller was not in the call any more';
    const stop = stopCaller(request.tid, (why) => {
      reason = why;
    });
    request.replyIoctl(Number(BigInt.asIntN(32, result)));
    const finished: Finished | 'untraced' = stop?.finish({ setReturn: result }) ?? 'untraced';
    if (finished === 'untraced' || finished === 'refused' || finished === 'late') {
      const shown = result === BigInt(-errno.ENOSYS) ? 'ENOTTY instead of ENOSYS' : `only 32 bits of ${result}`;
      privcmd.note(`privcmd: the caller sees ${shown}: ${reason} (is it under a debugger, or ptrace not allowed?)`);
    }
    return DEFERRED;
  }

  fsync(): number {
    return -errno.EINVAL;
  }

  poll(): number {
    return POLLIN | POLLOUT;
  }
}
