import { constants } from 'node:os';
import { MAX_TRANSFER, NOTIFY_POLL, REQUEST_BUFFER_SIZE } from './constants.ts';
import { CurrentRequest } from './current-request.ts';
import type { FuseIo } from './io.ts';
import { Message } from './message.ts';
import { DEFERRED, type DirectoryNode } from './node.ts';
import { NodeTable } from './node-table.ts';
import { type Opcode, opcodes } from './opcodes.ts';
import { OpenTable } from './open-table.ts';
import type { Context } from './operations/operation.ts';
import { PendingReplies } from './pending-reply.ts';
import { Reply } from './reply.ts';
import { REPLY_HEADER_SIZE, REQUEST_HEADER_SIZE } from './struct.ts';
import { inHeader, notifyPollOut } from './wire.ts';

const { EIO, ENODEV, ENOENT, ENOSYS } = constants.errno;
const INIT = 26;

export interface SessionOptions {
  root: DirectoryNode;
  io: FuseIo;
  /** Called for a driver's exceptions and for replies that the kernel refused. `operation`: LOOKUP, IOCTL ... */
  onError?: (error: unknown, operation: string) => void;
}

/** One mount: turns the kernel's messages into calls on a tree of nodes, and their results into replies. */
export class Session {
  /** Where `io.read` puts the next message. */
  readonly buffer: Buffer;
  readonly #io: FuseIo;
  readonly #onError: (error: unknown, operation: string) => void;
  readonly #context: Context;
  readonly #notice = new Reply(notifyPollOut.end);
  #operation = '';

  constructor({ root, io, onError }: SessionOptions) {
    const message = new Message(REQUEST_BUFFER_SIZE);
    const reply = new Reply(REPLY_HEADER_SIZE + MAX_TRANSFER);
    const pending = new PendingReplies(io);
    this.buffer = message.bytes;
    this.#io = io;
    this.#onError = onError ?? ((error, operation) => process.emitWarning(`FUSE ${operation}: ${error}`));
    this.#context = {
      message,
      reply,
      pending,
      request: new CurrentRequest(io, message, reply, pending),
      nodes: new NodeTable(root),
      opened: new OpenTable(),
      startTime: Date.now(),
      minor: 0,
      failure: undefined,
    };
  }

  /** Requests that wait for a deferred answer. */
  get pending(): number {
    return this.#context.pending.size;
  }

  /** Number of nodes that the kernel holds, including the root. */
  get nodes(): number {
    return this.#context.nodes.size;
  }

  /** Number of open files and directories. */
  get open(): number {
    return this.#context.opened.size;
  }

  /** The error that prevents serving (a kernel that is too old); it ends the loop. */
  get failure(): Error | undefined {
    return this.#context.failure;
  }

  /** Serves the message of `length` bytes in `buffer`. Does not throw: errors are answered with EIO and reported. */
  handle(length: number): void {
    const { message, request } = this.#context;
    if (length < REQUEST_HEADER_SIZE) return;
    message.length = length;
    request.begin();
    const opcode = opcodes[message.opcode];
    if (opcode === undefined) {
      this.#send(-ENOSYS, 0);
      return;
    }
    this.#operation = opcode.name;
    const status = this.#run(opcode);
    if (opcode.silent) return;
    if (!request.open) this.#checkDeferred(status);
    else if (status === DEFERRED) this.#refuse(new Error('a driver returned DEFERRED but did not defer the request'));
    else if (status < 0) this.#send(status, 0);
    else this.#send(0, status);
  }

  /** Answers a request that a driver deferred without returning DEFERRED: it threw (already reported) or has a bug. */
  #checkDeferred(status: number): void {
    const { deferred } = this.#context.request;
    if (status === DEFERRED || deferred === undefined || deferred.answered) return;
    deferred.error(-EIO);
    if (status !== -EIO) this.#onError(new Error('a driver deferred a request but returned a result'), this.#operation);
  }

  #run(opcode: Opcode): number {
    const { message, minor } = this.#context;
    const isWhole = message.length === message.u32(inHeader.at.len) && message.length >= opcode.minimum;
    if (!isWhole || (minor === 0 && opcode.number !== INIT)) return -EIO;
    try {
      return opcode.run(this.#context);
    } catch (error) {
      this.#onError(error, opcode.name);
      return -EIO;
    }
  }

  #refuse(error: Error): void {
    this.#onError(error, this.#operation);
    this.#send(-EIO, 0);
  }

  #send(error: number, payload: number): void {
    const written = this.#context.request.send(error, payload);
    if (written < 0 && written !== -ENOENT && written !== -ENODEV) {
      this.#onError(new Error(`the kernel refused a reply: errno ${-written}`), this.#operation);
    }
  }

  /** Called after `handle` was cut off: answers its request, an ioctl with `result`, any other with EIO. */
  abort(result: number): void {
    const { request } = this.#context;
    if (!request.open) return;
    if (this.#operation === 'IOCTL') request.replyIoctl(result);
    else this.#send(-EIO, 0);
  }

  /** Wakes pollers: `handle` is the argument of the file's `poll`. Each handle works once. */
  notifyPoll(handle: bigint): void {
    this.#notice.bigU64(notifyPollOut.at.kh, handle);
    this.#notice.send(this.#io, 0, 0, NOTIFY_POLL, notifyPollOut.size);
  }

  /** After the unmount: releases the files that the kernel did not close, drops the requests that still wait. */
  close(): void {
    const { pending, opened, request } = this.#context;
    pending.abandon();
    for (const file of opened.drain()) {
      try {
        file.release?.(request);
      } catch (error) {
        this.#onError(error, 'RELEASE');
      }
    }
  }
}
