/** Pause between two looks. */
const INTERVAL_MS = 100;

/** Callers' threads that were late to a stop: they, or their parents, wait until the hypervisor thread has released them. */
export class LateThreads {
  readonly #areLeft: () => Promise<boolean | undefined>;
  #releasing = false;

  /** `areLeft`: releases those that have stopped, and says whether others are left; undefined: nobody can say any more. */
  constructor(areLeft: () => Promise<boolean | undefined>) {
    this.#areLeft = areLeft;
  }

  /** There is one. Looks until none is left. */
  async release(): Promise<void> {
    if (this.#releasing) return;
    this.#releasing = true;
    do await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS).unref());
    while (await this.#areLeft());
    this.#releasing = false;
  }
}
