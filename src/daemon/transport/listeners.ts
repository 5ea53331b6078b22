import { close, POLL, PollSet } from '../../linux/io.ts';
import { Listener } from '../../linux/seccomp.ts';
import { MOST_LISTENERS, WORD } from '../protocol/shared-words.ts';

/** The seccomp listeners that a thread serves, and /dev/fuse, which it waits for together with them. */
export class Listeners {
  readonly #fuse: number;
  /** The part of protocol/shared-words.ts that belongs to the listeners. */
  readonly #shown: Int32Array;
  readonly #list: Listener[] = [];
  readonly #set = new PollSet(1 + MOST_LISTENERS);

  constructor(fuse: number, words: Int32Array) {
    this.#fuse = fuse;
    this.#shown = words.subarray(WORD.listeners, WORD.listeners + MOST_LISTENERS);
    this.#fill();
  }

  get length(): number {
    return this.#list.length;
  }

  get isFull(): boolean {
    return this.#list.length === MOST_LISTENERS;
  }

  /** Must not be full. */
  add(descriptor: number): void {
    if (!this.#shown.includes(descriptor)) this.#shown[this.#shown.indexOf(0)] = descriptor;
    const listener = new Listener(descriptor);
    listener.setSyncWakeUp(); // fails before Linux 6.6: only slower
    this.#list.push(listener);
    this.#fill();
  }

  at(index: number): Listener {
    return this.#list[index]!;
  }

  /** Waits up to `timeout` milliseconds (-1: for ever). Returns how many descriptors are ready, or -errno. */
  wait(timeout: number): number {
    return this.#set.wait(timeout);
  }

  /** Of the last wait. */
  get fuseReady(): boolean {
    return this.#set.ready(0) !== 0;
  }

  /** Of the last wait: whether there is a call at this listener. */
  isCalled(index: number): boolean {
    return (this.#set.ready(index + 1) & POLL.IN) !== 0;
  }

  /** Of the last wait: whether all callers of this listener are gone. */
  isGone(index: number): boolean {
    const ready = this.#set.ready(index + 1);
    return (ready & POLL.IN) === 0 && (ready & (POLL.HUP | POLL.ERR | POLL.NVAL)) !== 0;
  }

  /** Of the last wait: whether there is news of any listener. */
  get anyReady(): boolean {
    for (let index = 0; index < this.#list.length; index++) if (this.#set.ready(index + 1) !== 0) return true;
    return false;
  }

  /** Closes the listeners that are gone after the last wait; whether there were any. */
  closeGone(): boolean {
    let isGone = false;
    for (let index = this.#list.length - 1; index >= 0; index--) {
      if (!this.isGone(index)) continue;
      isGone = true;
      this.#close(this.#list[index]!);
    }
    if (isGone) this.#fill();
    return isGone;
  }

  closeAll(): void {
    for (const listener of [...this.#list]) this.#close(listener);
    this.#fill();
  }

  #close(listener: Listener): void {
    this.#list.splice(this.#list.indexOf(listener), 1);
    const place = this.#shown.indexOf(listener.fd);
    if (place >= 0) this.#shown[place] = 0;
    close(listener.fd);
  }

  #fill(): void {
    this.#set.clear();
    this.#set.add(this.#fuse);
    for (const { fd } of this.#list) this.#set.add(fd);
  }
}
