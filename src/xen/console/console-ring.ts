/** Bytes of the ring unless conring_size says otherwise. */
export const DEFAULT_RING_SIZE = 16384;

/**
 * Xen's console ring: it overwrites the oldest bytes. Indices are free-running 32-bit numbers that wrap, as in
 * XEN_SYSCTL_readconsole; `total` counts all bytes ever written and does not wrap.
 */
export class ConsoleRing {
  readonly size: number;
  /** Bytes written since the start. */
  total = 0;
  /** Position of the oldest byte that readers still get; moved by a clearing read. */
  #start = 0;
  readonly #bytes: Uint8Array;

  /** `size` in bytes is rounded up to a power of two, of at least 16 KiB, as Xen does. */
  constructor(size = DEFAULT_RING_SIZE) {
    this.size = DEFAULT_RING_SIZE;
    while (this.size < size) this.size *= 2;
    this.#bytes = new Uint8Array(this.size);
  }

  /** Position of the oldest existing byte. */
  get oldest(): number {
    return Math.max(this.#start, this.total - this.size);
  }

  write(data: Uint8Array): void {
    const tail = data.length > this.size ? data.subarray(data.length - this.size) : data;
    const at = (this.total + data.length - tail.length) % this.size;
    const first = Math.min(tail.length, this.size - at);
    this.#bytes.set(tail.subarray(0, first), at);
    this.#bytes.set(tail.subarray(first), 0);
    this.total += data.length;
  }

  /** Copies from position `from` (at or after `oldest`) into `into`; the count copied, 0 at the end. */
  read(from: number, into: Uint8Array): number {
    const count = Math.max(0, Math.min(into.length, this.total - from));
    const at = from % this.size;
    const first = Math.min(count, this.size - at);
    into.set(this.#bytes.subarray(at, at + first));
    into.set(this.#bytes.subarray(0, count - first), first);
    return count;
  }

  /** Hides everything before `position` from readers. */
  clear(position: number): void {
    this.#start = Math.min(Math.max(this.#start, position), this.total);
  }

  /** Where a reader continues that has read up to this 32-bit index. An index outside the ring means its oldest byte. */
  position(index: number): number {
    const behind = (this.total - index) >>> 0;
    return Math.max(this.oldest, this.total - behind);
  }

  /** All that a reader gets now. */
  text(): string {
    const all = new Uint8Array(this.total - this.oldest);
    this.read(this.oldest, all);
    return new TextDecoder('utf-8').decode(all);
  }
}
