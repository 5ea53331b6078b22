import { setTimeout as sleep } from 'node:timers/promises';
import { MOST_TIMES, OwnTime, type OwnTimeOptions } from './own-time.ts';

const LOOK_MS = 20;

/** Limits a wait for another thread, by the time that the thread takes itself: on a busy machine it may get no CPU for long. */
export class Patience {
  readonly #limit: number;
  readonly #time: OwnTime;

  constructor(limit: number, options: OwnTimeOptions) {
    this.#limit = limit;
    this.#time = new OwnTime(options);
  }

  /** Whether the thread has used up its time. Must be called often. */
  isOver(): boolean {
    const time = this.#time;
    time.look();
    return time.taken >= this.#limit || time.starved + time.waited >= this.#limit * MOST_TIMES;
  }

  /** Waits while a condition holds, until the time is over. */
  async while(isSo: () => boolean): Promise<void> {
    while (isSo() && !this.isOver()) await sleep(LOOK_MS, undefined, { ref: false });
  }
}
