import { closeSync, openSync, readSync } from 'node:fs';
import { CODE, WORD } from '../protocol/shared-words.ts';

/** Resident megabytes. An idle process has 90; 400 may lie outside of the heap, which has its own bound (HEAP_MB). */
export const MEMORY_MB = 1536;

/** Of the machine that proc(5) counts in. */
const PAGE_SIZE = 4096;

/** A handler fills some 100 MB of memory in that time. */
const INTERVAL_MS = 50;

/**
 * Notices when the process has become too large while the user's code runs. V8 bounds its own heap; what Buffers, other ArrayBuffers
 * and WebAssembly's memories hold lies outside of that, and without a bound the kernel would end the process, or another one.
 * Costs nothing while no handler runs; otherwise each check costs 10 µs.
 */
export class MemoryGuard {
  readonly #shared: Int32Array;
  readonly #onTooLarge: () => void;
  #timer: NodeJS.Timeout | undefined;
  #seen = 0;
  #statm: number | undefined;
  readonly #text = Buffer.alloc(128);

  /** `onTooLarge` is called once. */
  constructor(shared: Int32Array, onTooLarge: () => void) {
    this.#shared = shared;
    this.#onTooLarge = onTooLarge;
  }

  start(): void {
    this.#statm = openSync('/proc/self/statm', 'r'); // now: later there may be no descriptor
    this.#timer = setInterval(() => this.#look(), INTERVAL_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    if (this.#statm !== undefined) closeSync(this.#statm);
    this.#statm = undefined;
  }

  #look(): void {
    const now = Atomics.load(this.#shared, WORD.code);
    if (now === this.#seen && (now & CODE.mask) === CODE.none) return;
    this.#seen = now;
    if (this.#resident() < MEMORY_MB * 2 ** 20) return;
    this.stop();
    this.#onTooLarge();
  }

  /** Bytes: the second number of statm (proc(5)), in pages. */
  #resident(): number {
    if (this.#statm === undefined) return 0;
    const length = readSync(this.#statm, this.#text, 0, this.#text.length, 0);
    return Number(this.#text.toString('latin1', 0, length).split(' ')[1]) * PAGE_SIZE;
  }
}
