import type { Domain } from '../xen/domain/domain.ts';

// struct xencons_interface (io/console.h): the input bytes, the output bytes, and the producer and consumer indices of both.
const IN_BYTES = 1024;
const OUT_BYTES = 2048;
const OUT = IN_BYTES;
const INDICES = OUT + OUT_BYTES;
const IN_CONS = INDICES;
const OUT_PROD = INDICES + 12;

/** Whether the guest may read or write its page at an offset now. */
export type MayAccess = (kind: 'r' | 'w', offset: number) => boolean;

/** The guest's end of a console ring, in the guest's own memory. Data from the other end is not trusted. */
export class GuestConsoleRing {
  readonly #domain: Domain;
  readonly #frame: number;
  readonly #may: MayAccess;

  /** `frame`: as the domain numbers it. While `may` returns false, nothing is read or written; it is called again the next time. */
  constructor(domain: Domain, frame: number, may: MayAccess = () => true) {
    this.#domain = domain;
    this.#frame = frame;
    this.#may = may;
  }

  /** Reads the input; empty if there is none, or if the indices are invalid. */
  take(): Uint8Array {
    if (!this.#may('r', INDICES)) return new Uint8Array();
    const { consumed, produced } = this.#indices().in;
    const count = (produced - consumed) >>> 0;
    if (count === 0 || count > IN_BYTES || !this.#may('w', IN_CONS)) return new Uint8Array();
    const bytes = new Uint8Array(count);
    for (const { at, from, to } of parts(consumed, count, IN_BYTES)) this.#read(at, bytes.subarray(from, to));
    this.#writeIndex(IN_CONS, produced);
    return bytes;
  }

  /** Writes bytes as far as there is room; returns the number. */
  put(bytes: Uint8Array): number {
    if (!this.#may('r', INDICES)) return 0;
    const { consumed, produced } = this.#indices().out;
    const used = (produced - consumed) >>> 0;
    if (used > OUT_BYTES) return 0;
    const count = Math.min(bytes.length, OUT_BYTES - used);
    if (count > 0 && !this.#may('w', OUT + (produced % OUT_BYTES))) return 0;
    for (const { at, from, to } of parts(produced, count, OUT_BYTES)) this.#write(OUT + at, bytes.subarray(from, to));
    // Written last: a reader that sees the new index must find the bytes.
    if (count > 0) this.#writeIndex(OUT_PROD, (produced + count) >>> 0);
    return count;
  }

  #indices() {
    const bytes = new Uint8Array(16);
    this.#read(INDICES, bytes);
    const view = new DataView(bytes.buffer);
    const index = (at: number) => view.getUint32(at, true);
    return { in: { consumed: index(0), produced: index(4) }, out: { consumed: index(8), produced: index(12) } };
  }

  #writeIndex(at: number, value: number): void {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, value, true);
    this.#write(at, bytes);
  }

  /** A missing frame reads as zeroes, which is an empty ring. */
  #read(at: number, into: Uint8Array): void {
    this.#domain.memory.readFrame(this.#frame, at, into);
  }

  #write(at: number, from: Uint8Array): void {
    this.#domain.memory.writeFrame(this.#frame, at, from);
  }
}

/** The two parts of `count` bytes from index `start` on: up to the ring's end, and from its beginning. */
function parts(start: number, count: number, size: number): { at: number; from: number; to: number }[] {
  const at = start % size;
  const first = Math.min(count, size - at);
  return [
    { at, from: 0, to: first },
    { at: 0, from: first, to: count },
  ].filter(({ from, to }) => to > from);
}
