import { getAffinity } from '../../linux/affinity.ts';
import type { SpinSetting } from './spin-setting.ts';

/** How long `auto` spins: longer than a caller on an idle CPU takes to wake up (35 µs measured) and to call again. */
const AUTO_MICROSECONDS = 100;

/** A look takes 0.3 µs (a read that fails with EAGAIN). They are counted, because a clock read at each would be garbage. */
const LOOKS_A_MICROSECOND = 3;

/** Requests of a trial; those before WARM_UP, while both sides find their CPUs, are not timed. */
const TRIAL = 256;
const WARM_UP = 64;

/** Requests for which the outcome of a trial holds. */
const HOLDS = 16_384;

/** Microseconds a request. Faster: both sides share a CPU, which spinning would end. Slower: nobody is in a hurry. */
const FAST = 12;
const SLOW = 1_000;

/** How much faster spinning must be to be worth a CPU. */
const GAIN = 0.8;

/** Spins in vain, in one trial or while its outcome holds, after which it is given up. */
const MOST_IN_VAIN = 16;

/**
 * Decides whether the hypervisor thread, before it sleeps, looks a while whether the next request comes. On an idle machine with
 * two CPUs that saves half of a round trip, the waking of this thread's CPU; where both sides share a CPU it costs the
 * tenfold. Which it is depends on the scheduler, the load and the caller, so it is tried: some requests without, some with, and
 * the faster way holds for a while.
 */
export class Spin {
  readonly #looks: number;
  readonly #cpus: () => number;
  readonly #now: () => number;
  #phase: 'without' | 'with' | 'holds' = 'without';
  #spins = false;
  #count = 0;
  #begin = 0;
  /** Of the last trial without, in microseconds a request. */
  #without = 0;
  #left = 0;
  #inVain = 0;

  /** `cpus`: how many this thread may use; `now`: milliseconds. */
  constructor(setting: SpinSetting, cpus: () => number = usableCpus, now: () => number = () => performance.now()) {
    const microseconds = setting === 'off' ? 0 : setting === 'auto' ? AUTO_MICROSECONDS : setting;
    this.#looks = microseconds * LOOKS_A_MICROSECOND;
    this.#cpus = cpus;
    this.#now = now;
  }

  /** Called before each wait: whether to look instead, until a request comes or it is `over`. */
  worthIt(): boolean {
    if (this.#looks === 0) return false;
    this.#count += 1;
    if (this.#count === WARM_UP) this.#begin = this.#now();
    if (this.#count === (this.#phase === 'holds' ? HOLDS : TRIAL)) this.#endPhase();
    this.#left = this.#looks;
    return this.#spins;
  }

  /** Called after each look that found nothing. */
  over(): boolean {
    this.#left -= 1;
    if (this.#left > 0) return false;
    this.#inVain += 1;
    if (this.#inVain === MOST_IN_VAIN) this.#enter('holds', false);
    return true;
  }

  #endPhase(): void {
    const each = ((this.#now() - this.#begin) * 1000) / (TRIAL - WARM_UP);
    if (this.#phase === 'holds') {
      this.#enter('without', false);
    } else if (this.#phase === 'with') {
      this.#enter('holds', each < GAIN * this.#without);
    } else {
      this.#without = each;
      if (each > SLOW) this.#enter('without', false);
      else if (each < FAST || this.#cpus() === 1) this.#enter('holds', false);
      else this.#enter('with', true);
    }
  }

  #enter(phase: 'without' | 'with' | 'holds', spins: boolean): void {
    this.#phase = phase;
    this.#spins = spins;
    this.#count = 0;
    this.#inVain = 0;
  }
}

function usableCpus(): number {
  const cpus = getAffinity(0);
  return typeof cpus === 'number' ? 1 : cpus.length;
}
