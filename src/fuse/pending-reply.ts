import { constants } from 'node:os';
import { MAX_TRANSFER } from './constants.ts';
import { driverError } from './driver-error.ts';
import type { OnInterrupt, PendingReply } from './file-request.ts';
import type { FuseIo } from './io.ts';
import { Reply } from './reply.ts';
import { REPLY_HEADER_SIZE } from './struct.ts';
import { ioctlOut, writeOut } from './wire.ts';

const { EINTR, EIO } = constants.errno;

/** The requests that wait for an answer, by their unique id. They have a separate reply buffer, since an answer may be sent
 * while another reply is being encoded. */
export class PendingReplies {
  readonly #waiting = new Map<number, Waiting>();
  readonly #io: FuseIo;
  #reply: Reply | undefined;

  constructor(io: FuseIo) {
    this.#io = io;
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** `capacity`: most bytes that `data` may carry. */
  add(low: number, high: number, capacity: number, onInterrupt: OnInterrupt | undefined): Waiting {
    const waiting = new Waiting(this, low, high, capacity, onInterrupt);
    this.#waiting.set(waiting.unique, waiting);
    return waiting;
  }

  /** Handles FUSE_INTERRUPT. An unknown id is not an error: the request may have been answered meanwhile. */
  interrupt(unique: number): void {
    const waiting = this.#waiting.get(unique);
    if (waiting === undefined || waiting.onInterrupt === 'ignored') return;
    try {
      waiting.onInterrupt?.();
    } finally {
      waiting.error(-EINTR);
    }
  }

  /** Drops all requests after the unmount; later answers of drivers are ignored. */
  abandon(): void {
    for (const waiting of this.#waiting.values()) waiting.answered = true;
    this.#waiting.clear();
  }

  reply(): Reply {
    this.#reply ??= new Reply(REPLY_HEADER_SIZE + MAX_TRANSFER);
    return this.#reply;
  }

  finish(waiting: Waiting, error: number, payload: number): void {
    waiting.answered = true;
    this.#waiting.delete(waiting.unique);
    // A write fails with ENOENT if the caller was killed, with ENODEV after an unmount: no caller waits then.
    this.reply().send(this.#io, waiting.low, waiting.high, error, payload);
  }
}

class Waiting implements PendingReply {
  readonly #owner: PendingReplies;
  readonly #capacity: number;
  readonly low: number;
  readonly high: number;
  readonly onInterrupt: OnInterrupt | undefined;
  answered = false;

  constructor(
    owner: PendingReplies,
    low: number,
    high: number,
    capacity: number,
    onInterrupt: OnInterrupt | undefined,
  ) {
    this.#owner = owner;
    this.low = low;
    this.high = high;
    this.#capacity = capacity;
    this.onInterrupt = onInterrupt;
  }

  get unique(): number {
    return (this.high >>> 0) * 2 ** 32 + (this.low >>> 0);
  }

  error(negativeErrno: number): void {
    if (this.answered) return;
    this.#owner.finish(this, negativeErrno === 0 ? 0 : driverError(negativeErrno), 0);
  }

  /** Data longer than requested is a bug of the driver: the driver gets an exception, the caller EIO. */
  data(bytes: Uint8Array): void {
    if (this.answered) return;
    if (bytes.length > this.#capacity) {
      this.error(-EIO);
      throw new RangeError(`a read of ${this.#capacity} bytes was answered with ${bytes.length}`);
    }
    this.#owner.reply().bytes.set(bytes, REPLY_HEADER_SIZE);
    this.#owner.finish(this, 0, bytes.length);
  }

  written(count: number): void {
    if (this.answered) return;
    const reply = this.#owner.reply();
    reply.u32(writeOut.at.size, count);
    reply.u32(writeOut.at.padding, 0);
    this.#owner.finish(this, 0, writeOut.size);
  }

  ioctl(result: number): void {
    if (this.answered) return;
    const reply = this.#owner.reply();
    reply.zero(ioctlOut.start, ioctlOut.end);
    reply.i32(ioctlOut.at.result, result);
    this.#owner.finish(this, 0, ioctlOut.size);
  }
}
