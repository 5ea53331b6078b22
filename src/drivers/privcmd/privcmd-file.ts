import type { FileNode, OpenFile } from '../../fuse/node.ts';
import type { Request } from '../../fuse/request.ts';
import { errno } from '../../xen/errno.ts';
import { fitsFuse, replyExactly } from '../exact-reply.ts';
import { replyAfterWork } from './caller-work.ts';
import { COPIED_SIZE, CopiedPages, isTraced } from './copied-pages.ts';
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
  /** Permission bits, which chmod changes; one object for all nodes of the file. */
  permissions: { mode: number };
  /** Permission bits, as chmod left them; xenfs keeps them too. */
  mode?: number;
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
  /** Whether who looked it up is being traced. */
  let traced: boolean | undefined;
  return {
    kind: 'file',
    attributes({ tid }) {
      traced ??= isTraced(tid);
      const { uid, gid, permissions } = options;
      return { mode: S_IFREG | permissions.mode, size: traced ? COPIED_SIZE : 0, uid, gid };
    },
    setAttributes(request, { mode }) {
      if (mode === undefined) return 0;
      if (request.uid !== 0 && request.uid !== options.uid) return -errno.EPERM;
      options.permissions.mode = mode & 0o7777;
      return 0;
    },
    open(request, flags) {
      if (!mayOpen(request, options)) return -errno.EACCES;
      if ((flags & O_DIRECT) !== 0) return -errno.EINVAL;
      return traced === true ? new TracedPrivcmdFile(options) : new PrivcmdFile(options);
    },
  };
}

/** The owner and root may; others and the group by the permission bits, for both reading and writing. */
function mayOpen(request: Request, { uid, gid, permissions }: PrivcmdFileOptions): boolean {
  if (request.uid === 0 || request.uid === uid) return true;
  return (permissions.mode & (request.gid === gid ? 0o060 : 0o006)) !== 0;
}

class PrivcmdFile implements OpenFile {
  readonly nonseekable = true;
  readonly state: PrivcmdState;
  readonly copies: CopiedPages | undefined;
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
    return privcmd.work === undefined && fitsFuse(result) ? result : this.detour(request, result);
  }

  /** Apart from `ioctl`, because a function with a closure in it makes an object of its variables at each call. */
  private detour(request: Request, result: number | bigint): number {
    const { privcmd } = this.options;
    const say = (text: string) => privcmd.note(`privcmd: ${text}`);
    const { work } = privcmd;
    return work === undefined
      ? replyExactly(request, result, say)
      : replyAfterWork(request, Number(result), work, this.copies, say);
  }

  fsync(): number {
    return -errno.EINVAL;
  }

  poll(): number {
    return POLLIN | POLLOUT;
  }
}

/** Opened by a program that another traces: the page cache shows it guest memory. */
class TracedPrivcmdFile extends PrivcmdFile {
  override readonly copies = new CopiedPages();

  constructor(options: PrivcmdFileOptions) {
    super(options);
    this.state.traced = true;
  }

  read(_request: Request, offset: number, into: Uint8Array): number {
    return this.copies.read(offset, into) ? into.length : -errno.EIO;
  }

  write(_request: Request, offset: number, data: Uint8Array): number {
    this.copies.write(offset, data);
    return data.length;
  }
}
