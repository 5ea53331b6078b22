import { SHARED } from '../protocol/messages.ts';

/** Resident megabytes. An idle process has 90; 400 may lie outside of the heap, which has its own bound (HEAP_MB). */
export const MEMORY_MB = 1536;

/** A handler fills some 100 MB of memory in that time. */
const INTERVAL_MS = 50;

/**
 * Notices when the process has become too large while users' handlers run. V8 bounds its own heap; what Buffers, other ArrayBuffers
 * and WebAssembly's memories hold lies outside of that, and without a bound the kernel would end the process, or another one.
 * Costs nothing while no handler runs, 10 µs a look else.
 */
export class MemoryGuard {
  readonly #shared: Int32Array;
  readonly #onTooLarge: () => void;
  #timer: NodeJS.Timeout | undefined;
  #seen = 0;

  /** `onTooLarge` is called once. */
  constructor(shared: Int32Array, onTooLarge: () => void) {
    this.#shared = shared;
    this.#onTooLarge = onTooLarge;
  }

  start(): void {
    this.#timer = setInterval(() => this.#look(), INTERVAL_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const now = Atomics.load(this.#shared, SHARED.handling);
    if (now === this.#seen && now % 2 === 0) return;
    this.#seen = now;
    if (process.memoryUsage.rss() < MEMORY_MB * 2 ** 20) return;
    this.stop();
    this.#onTooLarge();
  }
}
