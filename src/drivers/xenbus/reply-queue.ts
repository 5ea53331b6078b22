import type { FileRequest } from '../../fuse/file-request.ts';
import { errno } from '../../xen/errno.ts';
import { type PollNotifier, Waiting } from '../waiting.ts';

const O_NONBLOCK = 0o4000;
const POLLIN = 0x001;
const POLLRDNORM = 0x040;

/** The read queue of an open xenbus: bytes that wait for a reader, or readers and pollers that wait for bytes. */
export class ReplyQueue {
  readonly #chunks: Uint8Array[] = [];
  readonly #waiting: Waiting;
  /** Number of unread bytes. */
  size = 0;

  constructor(notifyPoll: PollNotifier) {
    this.#waiting = new Waiting(notifyPoll);
  }

  add(bytes: Uint8Array): void {
    this.#chunks.push(bytes);
    this.size += bytes.length;
    this.#waiting.serve((room) => this.#take(room));
    if (this.size > 0) this.#waiting.wakePollers();
  }

  /** Implements an open file's read: returns several messages if they fit, or a part of one. */
  read(request: FileRequest, into: Uint8Array, flags: number): number {
    if (this.size > 0) {
      const data = this.#take(into.length);
      into.set(data);
      return data.length;
    }
    if ((flags & O_NONBLOCK) !== 0) return -errno.EAGAIN;
    return this.#waiting.addReader(request, into.length);
  }

  poll(handle: bigint | undefined): number {
    if (this.size > 0) return POLLIN | POLLRDNORM;
    this.#waiting.addPoller(handle);
    return 0; // Linux never reports POLLOUT
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
