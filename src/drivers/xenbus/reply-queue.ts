import { DEFERRED } from '../../fuse/node.ts';
import type { PendingReply, Request } from '../../fuse/request.ts';
import { errno } from '../../xen/errno.ts';

const O_NONBLOCK = 0o4000;
const POLLIN = 0x001;
const POLLRDNORM = 0x040;

interface Reader {
  reply: PendingReply;
  room: number;
}

/** The read queue of an open xenbus: bytes that wait for a reader, or readers and pollers that wait for bytes. */
export class ReplyQueue {
  readonly #chunks: Uint8Array[] = [];
  readonly #readers: Reader[] = [];
  readonly #pollers = new Set<bigint>();
  readonly #notifyPoll: (handle: bigint) => void;
  /** Number of unread bytes. */
  size = 0;

  constructor(notifyPoll: (handle: bigint) => void) {
    this.#notifyPoll = notifyPoll;
  }

  add(bytes: Uint8Array): void {
    this.#chunks.push(bytes);
    this.size += bytes.length;
    while (this.#readers.length > 0 && this.size > 0) {
      const reader = this.#readers.shift();
      if (reader !== undefined && !reader.reply.answered) reader.reply.data(this.#take(reader.room));
    }
    if (this.size === 0) return;
    for (const handle of this.#pollers) this.#notifyPoll(handle);
    this.#pollers.clear();
  }

  /** Implements an open file's read: returns several messages if they fit, or a part of one. */
  read(request: Request, into: Uint8Array, flags: number): number {
    if (this.size > 0) {
      const data = this.#take(into.length);
      into.set(data);
      return data.length;
    }
    if ((flags & O_NONBLOCK) !== 0) return -errno.EAGAIN;
    const reader: Reader = { reply: request.defer(() => this.#forget(reader)), room: into.length };
    this.#readers.push(reader);
    return DEFERRED;
  }

  poll(handle: bigint | undefined): number {
    if (this.size > 0) return POLLIN | POLLRDNORM;
    if (handle !== undefined) this.#pollers.add(handle);
    return 0; // Linux never reports POLLOUT
  }

  #forget(reader: Reader): void {
    const index = this.#readers.indexOf(reader);
    if (index >= 0) this.#readers.splice(index, 1);
    reader.reply.error(-errno.EINTR);
  }

  #take(room: number): Uint8Array {
    const data = new Uint8Array(Math.min(room, this.size));
    for (let done = 0; done < data.length; ) {
      const [first = data] = this.#chunks; // exists while there are bytes
      const part = first.subarray(0, data.length - done);
      data.set(part, done);
      done += part.length;
      if (part.length === first.length) this.#chunks.shift();
      else this.#chunks[0] = first.subarray(part.length);
    }
    this.size -= data.length;
    return data;
  }
}
