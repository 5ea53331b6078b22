/** Size of the ring in bytes: about 5,000 calls. */
const RING_BYTES = 2 ** 20;

/** A writer that may wait for its reader gives up after this long: the reader is gone or stopped. */
const PATIENCE_MS = 200;

const HEAD = 0;
const TAIL = 1;
const HEADER_BYTES = 8;

/**
 * A queue of bytes with one writer and one reader, which may be in different threads. Positions run on and wrap at 2^32; the
 * ring's size is a power of two.
 */
export class TraceRing {
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
  readonly #positions: Int32Array;
  readonly #bytes: Uint8Array;

  /** `buffer` is one from an earlier ring's `buffer`, or newRingBuffer(). */
  constructor(buffer: ArrayBuffer | SharedArrayBuffer) {
    this.buffer = buffer;
    this.#positions = new Int32Array(buffer, 0, 2);
    this.#bytes = new Uint8Array(buffer, HEADER_BYTES);
  }

  /** The number of unread bytes. */
  get filled(): number {
    return (Atomics.load(this.#positions, HEAD) - Atomics.load(this.#positions, TAIL)) >>> 0;
  }

  /** Writes all of `data` up to `length`, or nothing if there is no room. */
  write(data: Uint8Array, length: number): boolean {
    if (this.#bytes.length - this.filled < length && !this.#waitForRoom(length)) return false;
    const head = Atomics.load(this.#positions, HEAD);
    const at = (head >>> 0) % this.#bytes.length;
    const first = Math.min(length, this.#bytes.length - at);
    this.#bytes.set(data.subarray(0, first), at);
    if (first < length) this.#bytes.set(data.subarray(first, length), 0);
    Atomics.store(this.#positions, HEAD, (head + length) | 0);
    return true;
  }

  /** Moves up to `into.length` bytes; returns the number. */
  read(into: Uint8Array): number {
    const count = Math.min(into.length, this.filled);
    const tail = Atomics.load(this.#positions, TAIL);
    const at = (tail >>> 0) % this.#bytes.length;
    const first = Math.min(count, this.#bytes.length - at);
    into.set(this.#bytes.subarray(at, at + first));
    into.set(this.#bytes.subarray(0, count - first), first);
    Atomics.store(this.#positions, TAIL, (tail + count) | 0);
    if (count > 0) Atomics.notify(this.#positions, TAIL);
    return count;
  }

  /** Waits for room. Only if the reader is another thread: the trace should be complete, so the hypervisor waits meanwhile. */
  #waitForRoom(length: number): boolean {
    if (!(this.buffer instanceof SharedArrayBuffer)) return false;
    const end = performance.now() + PATIENCE_MS;
    while (this.#bytes.length - this.filled < length) {
      const left = end - performance.now();
      if (left <= 0) return false;
      Atomics.wait(this.#positions, TAIL, Atomics.load(this.#positions, TAIL), Math.min(left, 5));
    }
    return true;
  }
}

/** A ring for two threads, or for one. */
export function newRingBuffer(shared: boolean): ArrayBuffer | SharedArrayBuffer {
  const size = HEADER_BYTES + RING_BYTES;
  return shared ? new SharedArrayBuffer(size) : new ArrayBuffer(size);
}
