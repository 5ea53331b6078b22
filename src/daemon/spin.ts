import { getAffinity } from '../linux/affinity.ts';

/** How long `auto` spins: longer than a caller on an idle CPU takes to wake up (35 µs measured) and to call again. */
const AUTO_MICROSECONDS = 100;

/** A look takes 0.3 µs (a read that fails with EAGAIN). They are counted, because a clock read at each would be garbage. */
const LOOKS_A_MICROSECOND = 3;

/** After a spin in vain: how many requests to serve without, doubled each time up to the maximum. */
const FIRST_PAUSE = 8;
const LONGEST_PAUSE = 1_024;

export type SpinSetting = 'auto' | 'off' | number;

/** `auto`, `off` or a number of microseconds; undefined: none of these. */
export function parseSpin(text: string): SpinSetting | undefined {
  if (text === 'auto' || text === 'off') return text;
  return /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

/**
 * Decides whether the hypervisor thread, before it sleeps, looks a while whether the next request comes: with two CPUs that saves
 * the waking of an idle one, half of what a round trip costs. Never where this thread may use one CPU only, where the caller
 * waits for the very CPU that spins; and seldom where it has been in vain, as when calls are far apart.
 */
export class Spin {
  readonly #looks: number;
  readonly #cpus: () => number;
  #left = 0;
  #pause = FIRST_PAUSE;
  #nextPause = FIRST_PAUSE;
  /** Not in vain so far, since it was found that there is more than one CPU. */
  #active = false;

  /** `cpus`: how many this thread may use. */
  constructor(setting: SpinSetting, cpus: () => number = usableCpus) {
    const microseconds = setting === 'off' ? 0 : setting === 'auto' ? AUTO_MICROSECONDS : setting;
    this.#looks = microseconds * LOOKS_A_MICROSECOND;
    this.#cpus = cpus;
  }

  /** Called before each wait: whether to look instead, until a request comes (`hit`) or it is `over`. */
  worthIt(): boolean {
    if (this.#looks === 0) return false;
    if (this.#pause > 0) {
      this.#pause -= 1;
      return false;
    }
    if (!this.#active && this.#cpus() === 1) {
      this.#rest();
      return false;
    }
    this.#active = true;
    this.#left = this.#looks;
    return true;
  }

  /** A request came while looking. */
  hit(): void {
    this.#nextPause = FIRST_PAUSE;
  }

  /** Called after each look that found nothing. */
  over(): boolean {
    this.#left -= 1;
    if (this.#left > 0) return false;
    this.#rest();
    return true;
  }

  #rest(): void {
    this.#active = false;
    this.#pause = this.#nextPause;
    this.#nextPause = Math.min(2 * this.#nextPause, LONGEST_PAUSE);
  }
}

function usableCpus(): number {
  const cpus = getAffinity(0);
  return typeof cpus === 'number' ? 1 : cpus.length;
}
