import { readFileSync } from 'node:fs';
import { errorCode } from '../../linux/system-error.ts';

/** A longer interval between two checks means that the checking thread was itself stopped or delayed. */
const MOST_INTERVAL_MS = 200;

/** In any case a wait for a thread ends after this many times its limit. */
export const MOST_TIMES = 30;

export interface OwnTimeOptions {
  /** Id of the thread that is watched. */
  thread: number;
  /** CPU time of that thread in milliseconds; undefined if unknown. */
  cpuTime(): number | undefined;
  /** Whether the thread waits for a caller's memory. */
  isExcused?(): boolean;
  now?(): number;
  stateOf?(thread: number): string | undefined;
}

/**
 * Measures the time that a thread takes itself: its CPU time, and time in which it sleeps. Does not count time in which it is ready to run
 * but gets no CPU, in which it or the whole process is stopped, in which it waits for a disk, or in which it is excused.
 */
export class OwnTime {
  /** Milliseconds that the thread took itself, and how many of them are CPU time, if that is known. */
  taken = 0;
  cpu = 0;
  /** Milliseconds in which it was ready to run and got no CPU. */
  starved = 0;
  /** Milliseconds in which it waited for the machine: a disk, or memory that was swapped out. */
  waited = 0;
  readonly #options: OwnTimeOptions;
  readonly #now: () => number;
  #last: number;
  #before: number | undefined;

  constructor(options: OwnTimeOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#last = this.#now();
    this.#before = options.cpuTime();
  }

  /** Must be called often: the state at this moment counts for the whole time since the last call. */
  look(): void {
    const { cpuTime, thread, isExcused, stateOf = threadState } = this.#options;
    const [now, cpu] = [this.#now(), cpuTime()];
    const passed = Math.min(now - this.#last, MOST_INTERVAL_MS);
    const used = cpu === undefined || this.#before === undefined ? undefined : cpu - this.#before;
    [this.#last, this.#before] = [now, cpu];
    this.cpu += used ?? 0;
    this.taken += used ?? passed;
    const rest = Math.max(0, passed - (used ?? passed));
    const state = stateOf(thread); // see proc(5), stat
    if (state === 'T' || state === 't' || isExcused?.()) return;
    // Without a free descriptor the state is unknown, and only CPU time counts.
    if (state === 'R' || state === undefined) this.starved += rest;
    else if (state === 'D') this.waited += rest;
    else this.taken += rest;
  }
}

/**
 * The state of a thread of this process, a letter; '' if there is no such thread, undefined if there is no free descriptor. Reads the real
 * /proc, not the callers' view.
 */
export function threadState(thread: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'latin1');
    return stat[stat.lastIndexOf(')') + 2];
  } catch (error) {
    return ['EMFILE', 'ENFILE'].includes(errorCode(error) ?? '') ? undefined : '';
  }
}
