/** Calls of a thread through FUSE that make it a busy one, if they come within WITHIN_MS. */
const BUSY_CALLS = 64;
const WITHIN_MS = 1_000;

/** After a check of a thread, the next check follows after this many more calls. */
const AGAIN_CALLS = 10_000;

/** Size of the table; a power of two. */
const THREADS = 256;

/** Counts the calls of threads. Allocates nothing, and reads the clock twice in BUSY_CALLS calls. */
export class BusyThreads {
  readonly #now: () => number;
  /** A thread forgets its count if one with the same place in the table calls in between. */
  readonly #threads = new Int32Array(THREADS);
  /** Negative: calls until the thread is counted again. */
  readonly #counts = new Int32Array(THREADS);
  readonly #begins = new Float64Array(THREADS);

  /** `now`: milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Counts a call; returns whether the thread is busy now. */
  isBusy(tid: number): boolean {
    const place = tid & (THREADS - 1);
    if (this.#threads[place] !== tid) {
      this.#threads[place] = tid;
      this.#counts[place] = 0;
    }
    const count = this.#counts[place]! + 1;
    this.#counts[place] = count;
    if (count === 1) this.#begins[place] = this.#now();
    if (count < BUSY_CALLS) return false;
    const isBusy = this.#now() - this.#begins[place]! <= WITHIN_MS;
    this.#counts[place] = isBusy ? -AGAIN_CALLS : 0;
    return isBusy;
  }
}
