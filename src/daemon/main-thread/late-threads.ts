import { setTimeout as sleep } from 'node:timers/promises';

/** Poll interval. */
const INTERVAL_MS = 100;

/** Callers' threads that stopped too late: they or their parents wait until the hypervisor thread releases them. */
export class LateThreads {
  readonly #areLeft: () => Promise<boolean | undefined>;
  #releasing = false;

  /** `areLeft` releases those that have stopped, and returns whether others are left; undefined if that is unknown. */
  constructor(areLeft: () => Promise<boolean | undefined>) {
    this.#areLeft = areLeft;
  }

  /** Reports a late thread. Polls until none is left. */
  async release(): Promise<void> {
    if (this.#releasing) return;
    this.#releasing = true;
    do await sleep(INTERVAL_MS, undefined, { ref: false });
    while (await this.#areLeft());
    this.#releasing = false;
  }
}
