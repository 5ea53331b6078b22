import { CODE, WORD } from '../protocol/shared-words.ts';
import { MOST_TIMES, type OwnTime } from './own-time.ts';

/** Shortest poll interval of the main thread, which polls at a tenth of the handler's limit. */
const LEAST_INTERVAL_MS = 10;
const MOST_INTERVAL_MS = 100;

/** CPU time limit for loading a file: a file of five hypercalls takes 100 to 300 ms. */
const LOADING_CPU_MS = 2_000;
/** Limit for top-level code that also waits. The C compiler runs twice, at most 10 seconds each time. */
const LOADING_ALL_MS = 30_000;

export interface TimeLimitOptions {
  words: Int32Array;
  /** Milliseconds that a handler may run; 0: the user's code is not limited. */
  handler: number;
  /** Measures the time that the hypervisor thread takes, from now on. */
  ownTime(): OwnTime;
  /** Called when the code on the hypervisor thread exceeded its limit and is condemned: it must be cut off. */
  overdue(kind: 'handler' | 'loading'): void;
}

/** Limit of a handler after a signal that is to end the program, if it has no other. */
const HURRY_MS = 1_000;

/**
 * Detects that a user's handler or the top-level code of a file runs too long. Only the time that the thread takes itself counts: code is
 * not to blame for a machine that is busy or a process that is stopped, nor for a caller whose memory does not respond.
 */
export class TimeLimit {
  readonly #options: TimeLimitOptions;
  #timer: NodeJS.Timeout | undefined;
  #handler: number;
  /** What ran at the last check, and for how long it has run. */
  #seen = 0;
  #time: OwnTime | undefined;

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
    const { words, ownTime, overdue } = this.#options;
    const now = Atomics.load(words, WORD.code);
    const state = now & CODE.mask;
    if (state !== CODE.handler && state !== CODE.loading) {
      this.#seen = 0; // the counter of starts wraps: the same value later is other code
      return;
    }
    if (now !== this.#seen || this.#time === undefined) {
      this.#seen = now;
      this.#time = ownTime();
      return;
    }
    const kind = state === CODE.handler ? 'handler' : 'loading';
    if (!this.#isOver(kind, this.#time)) return;
    // If the code has just ended, the exchange fails and nothing is cut off.
    if (Atomics.compareExchange(words, WORD.code, now, (now & ~CODE.mask) | CODE.condemned) === now) overdue(kind);
  }

  #isOver(kind: 'handler' | 'loading', time: OwnTime): boolean {
    time.look();
    const limit = this.#handler;
    if (kind === 'handler') return time.taken >= limit || time.waited >= limit * MOST_TIMES;
    const all = time.taken + time.waited;
    return time.cpu >= Math.max(LOADING_CPU_MS, limit) || all >= Math.max(LOADING_ALL_MS, limit);
  }
}
