import { close, POLL, PollSet } from '../../linux/io.ts';
import { Listener } from '../../linux/seccomp.ts';

/** Events of poll(2) at a listener whose callers have all ended. */
const ENDED = POLL.HUP | POLL.ERR | POLL.NVAL;

/** Most listeners. Processes beyond that stay with FUSE. */
const MOST_LISTENERS = 32;

/** Waits for /dev/fuse and any number of seccomp listeners together. */
export class ListenerSet {
  /** Of the last wait: whether FUSE has a message, and whether `current` has a call. */
  fuseReady = false;
  called = false;
  readonly #fuse: number;
  readonly #onEnd: (listener: number) => void;
  readonly #listeners: Listener[] = [];
  #at = 0;
  #set: PollSet;

  /** `onEnd` is called before a listener is closed. */
  constructor(fuse: number, onEnd: (listener: number) => void) {
    this.#fuse = fuse;
    this.#onEnd = onEnd;
    this.#set = this.#newSet();
  }

  get size(): number {
    return this.#listeners.length;
  }

  get hasRoom(): boolean {
    return this.#listeners.length < MOST_LISTENERS;
  }

  /** The listener that has the next call, or had the last one. There must be a listener. */
  get current(): Listener {
    return this.#listeners[this.#at]!;
  }

  /** Adds a listener, which this closes when its last caller has ended. */
  add(fd: number): void {
    const listener = new Listener(fd);
    listener.setSyncWakeUp(); // fails before Linux 6.6: only slower
    this.#listeners.push(listener);
    this.#set = this.#newSet();
  }

  /** Waits up to `timeout` milliseconds (-1: for ever). Returns more than 0 if something is ready, 0 at a timeout, or -errno. */
  wait(timeout: number): number {
    const ready = this.#set.wait(timeout);
    this.fuseReady = ready > 0 && this.#set.ready(0) !== 0;
    this.called = false;
    if (ready > 0) this.#choose();
    return ready;
  }

  close(): void {
    for (const { fd } of this.#listeners.splice(0)) this.#end(fd);
    this.#set = this.#newSet();
  }

  /** Chooses a listener that has a call: all in turn. Those whose callers have ended are dropped once none has a call. */
  #choose(): void {
    const { length } = this.#listeners;
    let ended = false;
    for (let step = 1; step <= length; step++) {
      const index = (this.#at + step) % length;
      const events = this.#set.ready(1 + index);
      if ((events & POLL.IN) !== 0) {
        this.#at = index;
        this.called = true;
        return;
      }
      ended ||= (events & ENDED) !== 0;
    }
    if (ended) this.#dropEnded();
  }

  #dropEnded(): void {
    for (let index = this.#listeners.length - 1; index >= 0; index--)
      if ((this.#set.ready(1 + index) & ENDED) !== 0)
        for (const { fd } of this.#listeners.splice(index, 1)) this.#end(fd);
    this.#set = this.#newSet();
  }

  #end(fd: number): void {
    this.#onEnd(fd);
    close(fd);
  }

  #newSet(): PollSet {
    const set = new PollSet(1 + this.#listeners.length);
    set.add(this.#fuse);
    for (const { fd } of this.#listeners) set.add(fd);
    this.#at = 0;
    return set;
  }
}
