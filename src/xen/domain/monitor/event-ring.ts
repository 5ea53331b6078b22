import type { DomainMemory } from '../../memory/domain-memory.ts';
import { PAGE_SIZE } from '../../memory/heap.ts';
import { eventStruct } from './event.ts';

// A shared ring (io/ring.h): four indices, room for more, then the entries, in which requests and responses take turns.
const REQUESTS_PRODUCED = 0;
const RESPONSES_PRODUCED = 8;
const RESPONSE_EVENT = 12;
const ENTRIES = 64;

/** How many entries fit: a power of two. */
export const RING_ENTRIES = 2 ** Math.floor(Math.log2((PAGE_SIZE - ENTRIES) / eventStruct.size));

/** Xen's end of a ring of events, in a page of the guest's that the listener maps. */
export class EventRing {
  readonly #memory: DomainMemory;
  readonly #page: number;
  readonly #word = new DataView(new ArrayBuffer(4));
  #produced = 0;
  #consumed = 0;

  constructor(memory: DomainMemory, page: number) {
    this.#memory = memory;
    this.#page = page;
  }

  /** The number of requests that there is room for: each occupies an entry until it is answered. */
  get free(): number {
    return Math.max(0, RING_ENTRIES - ((this.#produced - this.#consumed) >>> 0));
  }

  /** Adds a request; call it only while there is room. False if the page cannot be written. */
  put(event: Uint8Array): boolean {
    if (!this.#memory.frames.write(this.#page, this.#entry(this.#produced), event)) return false;
    this.#produced = (this.#produced + 1) >>> 0;
    return this.#setIndex(REQUESTS_PRODUCED, this.#produced);
  }

  /** Takes the next response; undefined if there is none. */
  take(): DataView | undefined {
    const answered = this.#index(RESPONSES_PRODUCED);
    const waiting = (answered - this.#consumed) >>> 0;
    if (waiting === 0) return undefined;
    // If the listener claims more than the ring holds, it has overwritten the rest.
    if (waiting > RING_ENTRIES) this.#consumed = (answered - RING_ENTRIES) >>> 0;
    const bytes = new Uint8Array(eventStruct.size);
    this.#memory.frames.read(this.#page, this.#entry(this.#consumed), bytes);
    this.#consumed = (this.#consumed + 1) >>> 0;
    this.#setIndex(RESPONSE_EVENT, (this.#consumed + 1) >>> 0);
    return new DataView(bytes.buffer);
  }

  #entry(index: number): number {
    return ENTRIES + (index % RING_ENTRIES) * eventStruct.size;
  }

  #index(at: number): number {
    this.#memory.frames.read(this.#page, at, new Uint8Array(this.#word.buffer));
    return this.#word.getUint32(0, true);
  }

  #setIndex(at: number, value: number): boolean {
    this.#word.setUint32(0, value, true);
    return this.#memory.frames.write(this.#page, at, new Uint8Array(this.#word.buffer));
  }
}
