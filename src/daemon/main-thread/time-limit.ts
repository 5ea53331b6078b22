import { CODE, WORD } from '../protocol/shared-words.ts';

/** Shortest poll interval of the main thread, which polls at a tenth of the handler's limit. */
const LEAST_INTERVAL_MS = 10;
const MOST_INTERVAL_MS = 100;

/**
 * CPU time limit for loading a file: a file of five hypercalls takes 100 to 300 ms. Not wall-clock time, which can reach seconds on a
 * busy machine.
 */
const LOADING_CPU_MS = 2_000;
/** Wall-clock limit for top-level code that waits without using CPU. The C compiler runs twice, at most 10 seconds each time. */
const LOADING_WALL_MS = 30_000;

export interface TimeLimitOptions {
  words: Int32Array;
  /** Milliseconds that a handler may run; 0: the user's code is not limited. */
  handler: number;
  /** CPU time of the hypervisor thread in milliseconds; undefined if unknown. */
  cpuTime(): number | undefined;
  /** Called when the code on the hypervisor thread exceeded its limit and is condemned: it must be cut off. */
  overdue(kind: 'handler' | 'loading'): void;
}

/** Limit of a handler after a signal that is to end the program, if it has no other. */
const HURRY_MS = 1_000;

/** Detects that a user's handler or the top-level code of a file runs too long. */
export class TimeLimit {
  readonly #options: TimeLimitOptions;
  #timer: NodeJS.Timeout | undefined;
  #handler: number;
  #seen = 0;
  #since = 0;
  #cpuSince: number | undefined;

  constructor(options: TimeLimitOptions) {
    this.#options = options;
    this.#handler = options.handler;
    if (this.#handler !== 0) this.#start();
  }

  #start(): void {
    const interval = Math.min(MOST_INTERVAL_MS, Math.max(LEAST_INTERVAL_MS, this.#handler / 10));
    this.#timer = setInterval(() => this.#look(), interval).unref();
  }

  /** Limits code that had no limit. */
  hurry(): void {
    if (this.#timer !== undefined) return;
    this.#handler = HURRY_MS;
    this.#start();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const { words, overdue } = this.#options;
    const now = Atomics.load(words, WORD.code);
    const state = now & CODE.mask;
    if (state !== CODE.handler && state !== CODE.loading) return;
    if (now !== this.#seen) {
      this.#seen = now;
      this.#since = performance.now();
      this.#cpuSince = undefined;
    }
    const kind = state === CODE.handler ? 'handler' : 'loading';
    if (!this.#isOver(kind)) return;
    // If the code has just ended, the exchange fails and nothing is cut off.
    if (Atomics.compareExchange(words, WORD.code, now, (now & ~CODE.mask) | CODE.condemned) === now) overdue(kind);
  }

  #isOver(kind: 'handler' | 'loading'): boolean {
    const { cpuTime } = this.#options;
    const handler = this.#handler;
    const wall = performance.now() - this.#since;
    if (kind === 'handler') return wall >= handler;
    const cpu = cpuTime();
    this.#cpuSince ??= cpu;
    const used = cpu === undefined || this.#cpuSince === undefined ? 0 : cpu - this.#cpuSince;
    return used >= Math.max(LOADING_CPU_MS, handler) || wall >= Math.max(LOADING_WALL_MS, handler);
  }
}
