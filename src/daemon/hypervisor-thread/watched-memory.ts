import { CallerMemory, type CallerMemoryOptions } from '../../caller/memory.ts';

/** A caller's memory that shows the watchdog when a copy is in progress: a shared word is odd during a copy. */
export class WatchedMemory extends CallerMemory {
  readonly #copying: Int32Array;

  /** `copying`: one word of memory that is shared with the watchdog. Only this object writes it. */
  constructor(copying: Int32Array, options: CallerMemoryOptions) {
    super(options);
    this.#copying = copying;
  }

  override read(address: number, into: Uint8Array, offset: number, length: number): number {
    this.#mark();
    const count = super.read(address, into, offset, length);
    this.#mark();
    return count;
  }

  override write(address: number, from: Uint8Array, offset: number, length: number): number {
    this.#mark();
    const count = super.write(address, from, offset, length);
    this.#mark();
    return count;
  }

  override copyFromUser(address: number, into: Uint8Array, offset: number, length: number): number {
    this.#mark();
    const count = super.copyFromUser(address, into, offset, length);
    this.#mark();
    return count;
  }

  override copyToUser(address: number, from: Uint8Array, offset: number, length: number): number {
    this.#mark();
    const count = super.copyToUser(address, from, offset, length);
    this.#mark();
    return count;
  }

  /** A plain store is enough: the watchdog polls every 50 ms and may see it late. */
  #mark(): void {
    this.#copying[0] = (this.#copying[0]! + 1) | 0;
  }
}
