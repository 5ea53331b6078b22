import { onlineCpus } from '../../linux/online-cpus.ts';
import type { SpinSetting } from './spin-setting.ts';

/** How long `auto` spins: longer than a caller on an idle CPU takes to wake up (35 µs measured) and to call again. */
const AUTO_MICROSECONDS = 100;

/** Polls per microsecond: a read that fails with EAGAIN takes 0.3 µs. Counting polls avoids clock reads, which allocate. */
const LOOKS_A_MICROSECOND = 3;

/** Requests of a trial; those before WARM_UP, while both sides find their CPUs, are not timed. */
const TRIAL = 256;
const WARM_UP = 64;

/** For how many requests the result of a trial is valid. */
const HOLDS = 16_384;

/** Microseconds per request for which spinning is useful. Faster: both sides share a CPU, and spinning would hurt. Slower: no need. */
const FAST = 12;
const SLOW = 1_000;

/** How much faster spinning must be to be worth a CPU. */
const GAIN = 0.8;

/** Most unsuccessful spins, in a trial or while its result holds, before spinning is turned off. */
const MOST_IN_VAIN = 16;

/**
 * Decides whether the hypervisor thread polls for the next request for a while before it sleeps. On an idle machine with two CPUs that
 * saves half of a round trip, the wake-up of this thread's CPU; if both sides share a CPU, a round trip takes ten times as long. The result
 * depends on the scheduler, the load and the caller, so it is measured: some requests without, some with, and the faster way is used for
 * a while.
 */
export class Spin {
  readonly #looks: number;
  readonly #cpus: () => number;
  readonly #now: () => number;
  #phase: 'without' | 'with' | 'holds' = 'without';
  #spins = false;
  #count = 0;
  #begin = 0;
  /** Result of the last trial without spinning, in microseconds per request. */
  #without = 0;
  #left = 0;
  #inVain = 0;

  /** `cpus`: how many there are. This thread may be kept on one, if its caller is on another. `now`: milliseconds. */
  constructor(setting: SpinSetting, cpus: () => number = onlineCpus, now: () => number = () => performance.now()) {
    const microseconds = setting === 'off' ? 0 : setting === 'auto' ? AUTO_MICROSECONDS : setting;
    this.#looks = microseconds * LOOKS_A_MICROSECOND;
    this.#cpus = cpus;
    this.#now = now;
  }

  /** Called before each wait: whether to poll instead, until a request comes or `over` says to stop. */
  worthIt(): boolean {
    if (this.#looks === 0) return false;
    this.#count += 1;
    if (this.#count === WARM_UP) this.#begin = this.#now();
    if (this.#count === (this.#phase === 'holds' ? HOLDS : TRIAL)) this.#endPhase();
    this.#left = this.#looks;
    return this.#spins;
  }

  /** Called after each poll that found nothing. */
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
