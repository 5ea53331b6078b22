import { constants } from 'node:fs';
import type { CallInCaller } from '../../caller/injected-call.ts';
import type { Ptracer } from '../../caller/ptracer.ts';
import { stopCaller } from '../../caller/stop.ts';
import type { FileRequest } from '../../fuse/file-request.ts';
import { DEFERRED, type FileNode, type OpenFile } from '../../fuse/node.ts';
import { groupsOf } from '../../linux/thread.ts';
import { errno } from '../../xen/errno.ts';
import { fitsFuse, replyExactly } from '../exact-reply.ts';
import { replyAfterWork } from './caller-work.ts';
import { COPIED_SIZE, CopiedPages, isTraced } from './copied-pages.ts';
import {
  type CallerBytes,
  type CallerWork,
  type Privcmd,
  PrivcmdIoctl,
  type PrivcmdState,
  type UnfinishedCall,
} from './privcmd.ts';

const { S_IFREG } = constants;

const O_DIRECT = 0o40000;
const POLLIN = 1;
const POLLOUT = 4;

export interface PrivcmdFileOptions {
  privcmd: Privcmd;
  ptracer: Ptracer;
  /** The memory of the caller of a request. */
  memory(tid: number): CallerBytes;
  /** Owner of the files: the user who mounted. Only the owner and root may open privcmd. */
  uid: number;
  gid: number;
  /** Permission bits, which chmod changes; shared by all nodes of the file. */
  permissions: { mode: number };
  /** Permission bits as set by chmod; xenfs keeps them too. */
  mode?: number;
  /** Queues the rest of a preempted call, to run between other requests; absent if calls are never preempted. */
  later?: ((work: LaterWork) => void) | undefined;
  /** Another transport, which needs to know the open files. */
  watch?: PrivcmdWatch;
}

/** Work that is done step by step. */
export interface LaterWork {
  /** Runs the next step; returns true if it was the last. */
  step(): boolean;
  /** Called when a step was cut off: ends the work, and the caller gets this result. */
  abort(result: number): void;
}

/** Callbacks for each open file of privcmd, with its inode number. */
export interface PrivcmdWatch {
  /** Called at open(2), before a descriptor exists. */
  opened(inode: number, state: PrivcmdState): void;
  /** Called after the last descriptor was closed. */
  released(inode: number, state: PrivcmdState): void;
  /** Called for each ioctl of a 64-bit program that was done: what to do in the caller when it is answered, if anything. */
  called(tid: number, command: number): ((call: CallInCaller) => void) | undefined;
}

/** Milliseconds to wait for a caller that need not be stopped. It may be frozen, and others wait meanwhile. */
const STOP_MS = 250;

/** The file privcmd of xenfs (mode 0600). Each lookup returns a new node, to keep the mappings of different opens apart. */
export function privcmdNode(options: PrivcmdFileOptions): FileNode {
  /** Whether the process that looked it up is being traced. */
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
      return traced === true
        ? new TracedPrivcmdFile(options, request.nodeid)
        : new PrivcmdFile(options, request.nodeid);
    },
  };
}

/** The owner and root may open it; the file's group, also as a supplementary group, and others need a permission. */
function mayOpen(request: FileRequest, { uid, gid, permissions }: PrivcmdFileOptions): boolean {
  if (request.uid === 0 || request.uid === uid) return true;
  const isInGroup = request.gid === gid || groupsOf(request.tid).includes(gid);
  return (permissions.mode & (isInGroup ? 0o060 : 0o006)) !== 0;
}

/** Has no `flush`: if the daemon holds a copy of the open file, closing that would wait for the daemon itself. */
class PrivcmdFile implements OpenFile {
  readonly nonseekable = true;
  readonly state: PrivcmdState;
  readonly copies: CopiedPages | undefined;
  readonly #options: PrivcmdFileOptions;
  readonly #inode: number;
  readonly #ioctl = new PrivcmdIoctl();

  constructor(options: PrivcmdFileOptions, inode: number) {
    this.#options = options;
    this.#inode = inode;
    this.state = options.privcmd.open();
    this.#ioctl.state = this.state;
    options.watch?.opened(inode, this.state);
  }

  release(): void {
    this.#options.watch?.released(this.#inode, this.state);
  }

  ioctl(request: FileRequest, command: number, argument: number): number {
    const { privcmd, memory, watch } = this.#options;
    const { tid, compat } = request;
    const ioctl = this.#ioctl;
    ioctl.memory = memory(tid);
    ioctl.command = command;
    ioctl.argument = argument;
    ioctl.compat = compat;
    ioctl.tid = tid;
    const result = privcmd.ioctl(ioctl);
    const isDone = privcmd.work === undefined && privcmd.unfinished === undefined;
    if (!isDone || !fitsFuse(result)) return this.#detour(request, command, result);
    const then = compat ? undefined : watch?.called(tid, command);
    return then === undefined ? result : this.#replyAndThen(request, result, then);
  }

  /** Separate from `ioctl`, because a function with a closure allocates an object for its variables at each call. */
  #detour(request: FileRequest, command: number, result: number | bigint): number {
    const { privcmd, ptracer, watch } = this.#options;
    const note = (text: string) => privcmd.note(`privcmd: ${text}`);
    const { work, unfinished } = privcmd;
    if (unfinished !== undefined) return this.#finishLater(request, unfinished);
    if (work === undefined) return replyExactly(ptracer, request, result, note);
    const then = request.compat ? undefined : watch?.called(request.tid, command);
    const both = then === undefined ? work : followedBy(work, then);
    return replyAfterWork({ ptracer, copies: this.copies, note }, request, Number(result), both);
  }

  /** A caller that cannot be stopped is only answered. */
  #replyAndThen(request: FileRequest, result: number, then: (call: CallInCaller) => void): number {
    const stop = stopCaller(this.#options.ptracer, request.tid);
    if (stop === undefined) return result;
    request.replyIoctl(result);
    stop.finish({ run: then, timeout: STOP_MS });
    return DEFERRED;
  }

  /** The caller waits uninterruptibly, as in a preempted hypercall of a real Xen. */
  #finishLater(request: FileRequest, unfinished: UnfinishedCall): number {
    const { privcmd, memory, later } = this.#options;
    const { tid } = request;
    const reply = request.defer('ignored');
    later?.({
      step: () => {
        const result = privcmd.continueCall(unfinished, memory(tid));
        if (result === undefined) return false;
        reply.ioctl(Number(BigInt.asIntN(32, BigInt(result))));
        return true;
      },
      abort: (result) => reply.ioctl(result),
    });
    return DEFERRED;
  }

  poll(): number {
    return POLLIN | POLLOUT;
  }
}

/** A file opened by a traced program, which sees guest memory through the page cache. */
class TracedPrivcmdFile extends PrivcmdFile {
  override readonly copies = new CopiedPages();

  constructor(options: PrivcmdFileOptions, inode: number) {
    super(options, inode);
    this.state.traced = true;
  }

  read(_request: FileRequest, offset: number, into: Uint8Array): number {
    return this.copies.read(offset, into) ? into.length : -errno.EIO;
  }

  write(_request: FileRequest, offset: number, data: Uint8Array): number {
    this.copies.write(offset, data);
    return data.length;
  }
}

/** `then` is left out if the work failed. */
function followedBy(work: CallerWork, then: (call: CallInCaller) => void): CallerWork {
  const { file, shows } = work;
  const failure = () => work.failure();
  const run: CallerWork['run'] = (call, lent) => {
    work.run(call, lent);
    if (failure() === undefined) then(call);
  };
  return { run, file, shows, failure };
}
