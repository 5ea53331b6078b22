import { type Finished, stopCaller } from '../../caller/stop.ts';
import { DEFERRED, type FileNode, type OpenFile } from '../../fuse/node.ts';
import type { Request } from '../../fuse/request.ts';
import { errno } from '../../xen/errno.ts';
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
  /** Each opening is told, so that another way in knows which descriptors are privcmd's. */
  onOpen?: (state: PrivcmdState, request: Request) => void;
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
      const file = new PrivcmdFile(options);
      options.onOpen?.(file.state, request);
      return file;
    },
  };
}

class PrivcmdFile implements OpenFile {
  readonly nonseekable = true;
  readonly state: PrivcmdState;
  private readonly options: PrivcmdFileOptions;

  constructor(options: PrivcmdFileOptions) {
    this.options = options;
    this.state = options.privcmd.open();
  }

  ioctl(request: Request, command: number, argument: number): number {
    const { privcmd, memory } = this.options;
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
