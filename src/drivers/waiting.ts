import type { FileRequest, PendingReply } from '../fuse/file-request.ts';
import { DEFERRED } from '../fuse/node.ts';
import { errno } from '../xen/errno.ts';

/** Wakes pollers: the session's notifyPoll. */
export type PollNotifier = (handle: bigint) => void;

interface Reader {
  readonly reply: PendingReply;
  readonly room: number;
}

/** Callers that wait for something to read: blocked readers, oldest first, and pollers. */
export class Waiting {
  readonly #readers: Reader[] = [];
  readonly #pollers = new Set<bigint>();
  readonly #notifyPoll: PollNotifier;

  constructor(notifyPoll: PollNotifier) {
    this.#notifyPoll = notifyPoll;
  }

  /** Implements a read of `room` bytes that finds nothing: the caller waits until `serve`, or until a signal interrupts it. */
  addReader(request: FileRequest, room: number): typeof DEFERRED {
    const reader: Reader = { reply: request.defer(() => this.#interrupt(reader)), room };
    this.#readers.push(reader);
    return DEFERRED;
  }

  /** `handle` is undefined if the caller only polls and does not wait. */
  addPoller(handle: bigint | undefined): void {
    if (handle !== undefined) this.#pollers.add(handle);
  }

  /** Answers readers while there is something: `take` removes and returns at most `room` bytes, none if nothing is left. */
  serve(take: (room: number) => Uint8Array): void {
    for (let reader = this.#readers[0]; reader !== undefined; reader = this.#readers[0]) {
      const data = reader.reply.answered ? undefined : take(reader.room);
      if (data?.length === 0) return;
      this.#readers.shift();
      if (data !== undefined) reader.reply.data(data);
    }
  }

  wakePollers(): void {
    for (const handle of this.#pollers) this.#notifyPoll(handle);
    this.#pollers.clear();
  }

  /** Wakes all, the readers with an error. */
  fail(error: number): void {
    for (const { reply } of this.#readers.splice(0)) if (!reply.answered) reply.error(error);
    this.wakePollers();
  }

  #interrupt(reader: Reader): void {
    const at = this.#readers.indexOf(reader);
    if (at >= 0) this.#readers.splice(at, 1);
    reader.reply.error(-errno.EINTR);
  }
}
