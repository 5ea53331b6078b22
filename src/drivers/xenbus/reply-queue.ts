import type { FileRequest } from '../../fuse/file-request.ts';
import { errno } from '../../xen/errno.ts';
import { type PollNotifier, Waiting } from '../waiting.ts';

const O_NONBLOCK = 0o4000;
const POLLIN = 0x001;
const POLLRDNORM = 0x040;

/** Bytes of memory that a message takes in addition to its own. */
const OVERHEAD = 128;
/** Read messages are removed from the list when there are so many, since each removal moves the rest. */
const MOST_DONE = 1024;

/** The read queue of an open xenbus: bytes that wait for a reader, or readers and pollers that wait for bytes. */
export class ReplyQueue {
  readonly #chunks: Uint8Array[] = [];
  /** How many of them were read. */
  #done = 0;
  readonly #waiting: Waiting;
  /** Number of unread bytes. */
  size = 0;

  constructor(notifyPoll: PollNotifier) {
    this.#waiting = new Waiting(notifyPoll);
  }

  /** Bytes of memory that it takes. */
  get footprint(): number {
    return this.size + (this.#chunks.length - this.#done) * OVERHEAD;
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
      const first = this.#chunks[this.#done] ?? data; // exists while there are bytes
      const part = first.subarray(0, data.length - done);
      data.set(part, done);
      done += part.length;
      if (part.length < first.length) this.#chunks[this.#done] = first.subarray(part.length);
      else this.#done += 1;
    }
    this.size -= data.length;
    if (this.#done >= MOST_DONE || this.#done === this.#chunks.length) {
      this.#chunks.splice(0, this.#done);
      this.#done = 0;
    }
    return data;
  }
}
