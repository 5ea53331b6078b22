import type { FileRequest, OnInterrupt, PendingReply } from './file-request.ts';
import type { FuseIo } from './io.ts';
import type { Message } from './message.ts';
import type { PendingReplies } from './pending-reply.ts';
import type { Reply } from './reply.ts';
import { inHeader, ioctlOut } from './wire.ts';

/** The single FileRequest object of a session, refilled for each message. */
export class CurrentRequest implements FileRequest {
  tid = 0;
  uid = 0;
  gid = 0;
  compat = false;
  /** Whether the session still has to reply when the driver's method returns. */
  open = false;
  /** The result of `defer` for this message. */
  deferred: PendingReply | undefined;
  /** Most bytes that the answer of a deferred read may have. */
  capacity = 0;

  readonly #io: FuseIo;
  readonly #message: Message;
  readonly #reply: Reply;
  readonly #pending: PendingReplies;

  constructor(io: FuseIo, message: Message, reply: Reply, pending: PendingReplies) {
    this.#io = io;
    this.#message = message;
    this.#reply = reply;
    this.#pending = pending;
  }

  /** Loads the header of the message that was just read. */
  begin(): void {
    this.tid = this.#message.u32(inHeader.at.pid);
    this.uid = this.#message.u32(inHeader.at.uid);
    this.gid = this.#message.u32(inHeader.at.gid);
    this.compat = false;
    this.open = true;
    this.deferred = undefined;
    this.capacity = 0;
  }

  get nodeid(): number {
    return this.#message.nodeid;
  }

  defer(onInterrupt?: OnInterrupt): PendingReply {
    this.#mustBeOpen('defer()');
    const low = this.#low;
    const high = this.#high;
    this.open = false;
    this.deferred = this.#pending.add(low, high, this.capacity, onInterrupt);
    return this.deferred;
  }

  replyIoctl(result: number): void {
    this.#mustBeOpen('replyIoctl()');
    this.encodeIoctl(result);
    this.send(0, ioctlOut.size);
  }

  /** The ioctl's result goes into the reply's body: the FUSE error stays 0, so that the kernel passes it on unchanged. */
  encodeIoctl(result: number): number {
    const reply = this.#reply;
    reply.i32(ioctlOut.at.result, result);
    reply.u32(ioctlOut.at.flags, 0);
    reply.u32(ioctlOut.at.inIovs, 0);
    reply.u32(ioctlOut.at.outIovs, 0);
    return ioctlOut.size;
  }

  /** Replies now. The result is `io.write`'s: a count or -errno. */
  send(error: number, payload: number): number {
    this.open = false;
    return this.#reply.send(this.#io, this.#low, this.#high, error, payload);
  }

  get #low(): number {
    return this.#message.i32(inHeader.at.unique);
  }

  get #high(): number {
    return this.#message.i32(inHeader.at.unique + 4);
  }

  #mustBeOpen(what: string): void {
    if (!this.open)
      throw new Error(`${what} on a request that is answered or deferred already: keep what defer() returns`);
  }
}
