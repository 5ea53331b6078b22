import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long a thread may take to leave the user's code after it is cut off, and then to resume. */
export const CUT_OFF_MS = 2_000;

const LOOK_MS = 20;
/** A longer interval between two checks means that this thread itself was delayed. */
const MOST_INTERVAL_MS = 200;
/** In any case the wait ends after this many times the limit. */
const MOST_TIMES = 30;

export interface PatienceOptions {
  /** Id of the thread that is waited for. */
  thread: number;
  /** CPU time of that thread in milliseconds; undefined if unknown. */
  cpuTime(): number | undefined;
  now?(): number;
  isRunnable?(thread: number): boolean;
}

/**
 * Limits a wait for another thread. Wall-clock time alone would be wrong, since on a busy machine a thread may get no CPU for long: while
 * it is ready to run, only its CPU time counts.
 */
export class Patience {
  readonly #limit: number;
  readonly #options: PatienceOptions;
  readonly #now: () => number;
  readonly #start: number;
  #last: number;
  #cpu: number | undefined;
  #spent = 0;

  constructor(limit: number, options: PatienceOptions) {
    this.#limit = limit;
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#start = this.#last = this.#now();
    this.#cpu = options.cpuTime();
  }

  /** Whether the thread has used up its time. Must be called often. */
  isOver(): boolean {
    const { cpuTime, thread } = this.#options;
    const [now, cpu] = [this.#now(), cpuTime()];
    const passed = Math.min(now - this.#last, MOST_INTERVAL_MS);
    const had = cpu === undefined || this.#cpu === undefined ? passed : cpu - this.#cpu;
    this.#spent += (this.#options.isRunnable ?? isRunnable)(thread) ? Math.min(had, passed) : passed;
    [this.#last, this.#cpu] = [now, cpu];
    return this.#spent >= this.#limit || now - this.#start >= this.#limit * MOST_TIMES;
  }

  /** Waits while a condition holds, until the time is over. */
  async while(isSo: () => boolean): Promise<void> {
    while (isSo() && !this.isOver()) await sleep(LOOK_MS, undefined, { ref: false });
  }
}

/**
 * Whether a thread of this process runs or is ready to run, so that it is late but not stuck. Reads the real /proc, not the callers' view.
 */
export function isRunnable(thread: number): boolean {
  try {
    const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'latin1');
    return stat[stat.lastIndexOf(')') + 2] === 'R';
  } catch {
    return false;
  }
}
