import { closeSync, openSync, readSync } from 'node:fs';
import { PAGE_SIZE } from '../../linux/page-size.ts';
import { CODE, WORD } from '../protocol/shared-words.ts';

/** Limit in resident megabytes. An idle process has 75; 400 may be outside the heap, which has its own limit (HEAP_MB). */
export const MEMORY_MB = 1536;

/** Poll interval. A handler can fill about 100 MB in that time. */
const INTERVAL_MS = 50;

/**
 * Detects that the process uses too much memory while the user's code runs. V8 limits only its heap: Buffers, other ArrayBuffers and
 * WebAssembly memories are outside it, and without a limit the kernel's OOM killer would kill this or another process.
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
    this.#statm = openSync('/proc/self/statm', 'r'); // opened early: later there may be no free descriptor
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

  /** Resident bytes: the second number of statm (proc(5)), which counts pages. */
  #resident(): number {
    if (this.#statm === undefined) return 0;
    const length = readSync(this.#statm, this.#text, 0, this.#text.length, 0);
    return Number(this.#text.toString('latin1', 0, length).split(' ')[1]) * PAGE_SIZE;
  }
}
