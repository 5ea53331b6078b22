import { getAffinity } from '../linux/affinity.ts';

/** Requests in a row, each this soon after the one before, are dense: a caller in a loop. */
const DENSE_REQUESTS = 8;
const DENSE_MS = 0.3;

/** How long `auto` spins: longer than a caller on an idle CPU takes to wake up (35 µs measured) and to call again. */
const AUTO_MICROSECONDS = 100;

/** After a spin in vain: how many requests to serve without, doubled each time up to the maximum. */
const FIRST_PAUSE = 64;
const LONGEST_PAUSE = 65_536;

export type SpinSetting = 'auto' | 'off' | number;

/** `auto`, `off` or a number of microseconds; undefined: none of these. */
export function parseSpin(text: string): SpinSetting | undefined {
  if (text === 'auto' || text === 'off') return text;
  return /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

/**
 * Decides whether the hypervisor thread, before it sleeps, looks a while whether the next request comes: with two CPUs that saves
 * the waking of an idle one, most of what a round trip costs. Never where this thread may use one CPU only, where the caller
 * waits for the very CPU that spins; and seldom where it has been in vain.
 */
export class Spin {
  readonly #milliseconds: number;
  readonly #cpus: () => number;
  readonly #now: () => number;
  #last = 0;
  #dense = 0;
  #pause = 0;
  #nextPause = FIRST_PAUSE;
  #deadline = 0;
  /** Not in vain so far, since it was found that there is more than one CPU. */
  #active = false;

  /** `cpus`: how many this thread may use; `now`: milliseconds. */
  constructor(setting: SpinSetting, cpus: () => number = usableCpus, now: () => number = () => performance.now()) {
    this.#cpus = cpus;
    this.#now = now;
    this.#milliseconds = setting === 'off' ? 0 : (setting === 'auto' ? AUTO_MICROSECONDS : setting) / 1000;
  }

  /** Called before each wait. */
  worthIt(): boolean {
    if (this.#milliseconds === 0) return false;
    const now = this.#now();
    this.#dense = now - this.#last < DENSE_MS ? this.#dense + 1 : 0;
    this.#last = now;
    if (this.#dense < DENSE_REQUESTS) return false;
    if (this.#pause > 0) {
      this.#pause -= 1;
      return false;
    }
    if (!this.#active && this.#isAlone()) return false;
    this.#active = true;
    this.#deadline = now + this.#milliseconds;
    return true;
  }

  /** A request came while spinning. */
  hit(): void {
    this.#nextPause = FIRST_PAUSE;
  }

  /** Whether it has been long enough. */
  over(): boolean {
    if (this.#now() < this.#deadline) return false;
    this.#rest();
    return true;
  }

  #isAlone(): boolean {
    if (this.#cpus() > 1) return false;
    this.#rest();
    return true;
  }

  #rest(): void {
    this.#active = false;
    this.#dense = 0;
    this.#pause = this.#nextPause;
    this.#nextPause = Math.min(2 * this.#nextPause, LONGEST_PAUSE);
  }
}

function usableCpus(): number {
  const cpus = getAffinity(0);
  return typeof cpus === 'number' ? 1 : cpus.length;
}
