import { errno } from '../errno.ts';
import type { Domain } from './domain.ts';

/** Domains that may be profiled at a time (MAX_OPROF_DOMAINS). */
const MAX_DOMAINS = 25;

/** Bytes of a buffer's head, and of each sample in it. */
const BUFFER_HEAD = 48;
const SAMPLE_BYTES = 16;

/** A domain's samples. The buffer is created once, by the first domain that requests it. */
interface SampleBuffer {
  readonly bytes: number;
  readonly mfn: number;
  /** The domain has it mapped. */
  shared: boolean;
}

/**
 * Xen's profiler, as oprofile's kernel module sets it up. It counts nothing, since nothing executes. Its states and their errors follow the
 * group `profiling` of test/fidelity.
 */
export class Profiler {
  /** The domain that profiles: the first privileged one that asks. */
  primary: Domain | undefined;
  #state: 'initialised' | 'reserved' | 'ready' | 'profiling' = 'initialised';
  #active: Domain[] = [];
  #passive: Domain[] = [];
  /** The number of active domains that are ready. A domain that reports it twice counts twice. */
  #activated = 0;
  /** Xen holds the counters. A domain that starts again without releasing them does not get them again. */
  #reserved = false;
  readonly #buffers = new Map<Domain, SampleBuffer>();

  /** Whether the caller is the profiling domain. */
  begin(caller: Domain): boolean {
    if (caller.privileged) this.primary ??= caller;
    if (this.primary !== caller) return false;
    this.#state = 'initialised';
    return true;
  }

  resetActive(): number {
    this.#active = [];
    this.#activated = 0;
    return 0;
  }

  resetPassive(): number {
    this.#passive = [];
    return 0;
  }

  /** Whether domains may be chosen now. */
  get choosing(): boolean {
    return this.#state === 'initialised';
  }

  addActive(domain: Domain): number {
    if (this.#active.length >= MAX_DOMAINS) return -errno.E2BIG;
    this.#active.push(domain);
    return 0;
  }

  addPassive(domain: Domain): number {
    if (this.#passive.length >= MAX_DOMAINS) return -errno.E2BIG;
    this.#passive.push(domain);
    return 0;
  }

  reserve(): number {
    if (this.#state !== 'initialised') return -errno.EPERM;
    if (this.#reserved) return -errno.EBUSY;
    this.#reserved = true;
    this.#state = 'reserved';
    return 0;
  }

  /** Whether counters can be set now. */
  get settable(): boolean {
    return (this.#state === 'reserved' || this.#state === 'ready') && this.#active.length > 0;
  }

  setUp(): number {
    if (this.#state !== 'reserved') return -errno.EPERM;
    this.#state = 'ready';
    return 0;
  }

  /** A domain enables VIRQ_XENOPROF. `complain` is called if it has no buffer for the samples. */
  enable(domain: Domain, complain: () => void): number {
    if (domain === this.primary && this.#state !== 'ready') return -errno.EPERM;
    if (!this.#buffers.has(domain)) complain();
    if (!this.#active.includes(domain)) return -errno.EPERM;
    this.#activated += 1;
    return 0;
  }

  disable(domain: Domain): number {
    const at = this.#active.indexOf(domain);
    if (at < 0) return -errno.EPERM;
    if (this.#state === 'profiling') this.#state = 'ready';
    this.#active.splice(at, 1);
    this.#activated -= 1;
    if (this.#activated <= 0) this.#active = [];
    const buffer = this.#buffers.get(domain);
    if (buffer !== undefined) buffer.shared = false;
    return 0;
  }

  start(): number {
    if (this.#state !== 'ready' || this.#activated !== this.#active.length) return -errno.EPERM;
    this.#state = 'profiling';
    return 0;
  }

  stop(): number {
    if (this.#state !== 'profiling') return -errno.EPERM;
    this.#state = 'ready';
    return 0;
  }

  release(): number {
    if (this.#state !== 'reserved' && this.#state !== 'ready') return -errno.EPERM;
    this.#reserved = false;
    this.#state = 'initialised';
    return this.resetPassive();
  }

  end(): number {
    if (this.#state !== 'initialised') return -errno.EPERM;
    this.primary = undefined;
    return this.resetActive();
  }

  /** The domain's buffer, created with room for so many samples if it has none. Undefined if there is no memory left. */
  bufferOf(domain: Domain, samples: number): SampleBuffer | undefined {
    const found = this.#buffers.get(domain);
    if (found !== undefined) return found;
    const mfn = domain.memory.special.add();
    if (mfn === undefined) return undefined;
    const buffer = { bytes: BUFFER_HEAD + SAMPLE_BYTES * samples, mfn, shared: false };
    this.#buffers.set(domain, buffer);
    return buffer;
  }
}
