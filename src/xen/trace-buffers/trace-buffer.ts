import type { GuestFrames } from '../memory/guest-frames.ts';
import { PAGE_SIZE } from '../memory/heap.ts';
import { traceEvents } from './events.ts';

/** struct t_buf (xen/trace.h): cons, prod; the records follow. */
const HEADER_BYTES = 8;
const CONS = 0;
const PROD = 4;
/** Words of data in a record at most. */
const MOST_WORDS = 7;
const LOST_WORDS = 4;
const record = { head: 4, cycles: 8, word: 4 } as const;
const LOST_BYTES = record.head + record.cycles + record.word * LOST_WORDS;

/**
 * The result of adding a record. `half`: it was written, and the buffer became half full. `bogus`: the reader has written invalid offsets.
 */
export type Inserted = 'in' | 'half' | 'lost' | 'bogus';

/**
 * One CPU's trace buffer: a ring of records in pages that a tool maps. The tool moves `cons`, which is not to be trusted; both
 * offsets count modulo twice the ring's size, so that full and empty differ.
 */
export class TraceBuffer {
  /** Bytes for records. */
  readonly #size: number;
  readonly #frames: GuestFrames;
  readonly #pages: readonly number[];
  #prod = 0;
  #now = 0;
  #lost = 0;
  #lostSinceHigh = 0;
  #lostSinceLow = 0;
  readonly #bytes = new Uint8Array(record.head + record.cycles + record.word * MOST_WORDS);
  readonly #words = new Uint32Array(this.#bytes.buffer);
  /** Views of the first N words, so that writing a record allocates none. */
  readonly #prefixes = Array.from({ length: this.#words.length + 1 }, (_, n) => this.#bytes.subarray(0, 4 * n));
  readonly #offset = new Uint32Array(1);
  readonly #offsetBytes = new Uint8Array(this.#offset.buffer);

  /** `pages`: numbers of the buffer's pages in `frames`. */
  constructor(frames: GuestFrames, pages: readonly number[]) {
    this.#frames = frames;
    this.#pages = pages;
    this.#size = pages.length * PAGE_SIZE - HEADER_BYTES;
  }

  /**
   * Adds a record: the event, an optional time in CPU cycles, and the first `count` words of its data. `domain` and `vcpu` are
   * running now; they are stored in the record of lost records, if one is due.
   */
  insert(
    event: number,
    cycles: number | undefined,
    data: Uint32Array,
    count: number,
    now: number,
    running: number,
  ): Inserted {
    const used = this.#used();
    if (used < 0) return 'bogus';
    this.#now = now;
    const bytes = record.head + (cycles === undefined ? 0 : record.cycles) + record.word * count;
    let toEnd = this.#toEnd();
    let total = bytes;
    if (this.#lost > 0) {
      total += LOST_BYTES > toEnd ? toEnd + LOST_BYTES : LOST_BYTES;
      toEnd = LOST_BYTES >= toEnd ? this.#size - (LOST_BYTES > toEnd ? LOST_BYTES : 0) : toEnd - LOST_BYTES;
    }
    if (bytes > toEnd) total += toEnd;
    if (total > this.#size - used) {
      if (this.#lost === 0) this.#rememberLoss();
      this.#lost += 1;
      return 'lost';
    }
    if (this.#lost > 0) this.#insertLost(running);
    this.#insertWhole(event, cycles, data, count, bytes);
    this.#publish();
    const half = this.#size / 2;
    return used < half && used + total >= half ? 'half' : 'in';
  }

  /** Empties the buffer, whether its records were read or not. */
  get isEmpty(): boolean {
    return this.#used() === 0;
  }

  #rememberLoss(): void {
    this.#lostSinceHigh = Math.floor(this.#now / 2 ** 32);
    this.#lostSinceLow = this.#now % 2 ** 32;
  }

  /** TRC_LOST_RECORDS: the number of lost records, the running virtual CPU, and the time of the first loss. */
  #insertLost(running: number): void {
    lostData[0] = this.#lost;
    lostData[1] = running;
    lostData[2] = this.#lostSinceLow;
    lostData[3] = this.#lostSinceHigh;
    this.#lost = 0;
    this.#insertWhole(traceEvents.lostRecords, this.#now, lostData, LOST_WORDS, LOST_BYTES);
  }

  /** A record never wraps around the end of the buffer: a wrap record fills the space that is left there. */
  #insertWhole(event: number, cycles: number | undefined, data: Uint32Array, count: number, bytes: number): void {
    const left = this.#toEnd();
    if (bytes > left) {
      const words = left / record.word - 1;
      // Too much data for a record without a time, so it gets one.
      if (words > MOST_WORDS)
        this.#write(traceEvents.wrapBuffer, this.#now, noData, words - record.cycles / record.word);
      else this.#write(traceEvents.wrapBuffer, undefined, noData, words);
    }
    this.#write(event, cycles, data, count);
  }

  #write(event: number, cycles: number | undefined, data: Uint32Array, count: number): void {
    const words = this.#words;
    let at = 1;
    words[0] = (event & 0x0fffffff) | (count << 28) | (cycles === undefined ? 0 : 1 << 31);
    if (cycles !== undefined) {
      words[1] = cycles % 2 ** 32;
      words[2] = Math.floor(cycles / 2 ** 32);
      at = 3;
    }
    for (let index = 0; index < count; index += 1) words[at + index] = data[index] ?? 0;
    at += count;
    this.#copy((this.#prod % this.#size) + HEADER_BYTES, this.#prefixes[at] ?? this.#bytes);
    this.#prod = (this.#prod + 4 * at) % (2 * this.#size);
  }

  /** Written after the records, so that a reader that sees the new offset sees them too. */
  #publish(): void {
    this.#offset[0] = this.#prod;
    this.#copy(PROD, this.#offsetBytes);
  }

  #copy(position: number, from: Uint8Array): void {
    const page = Math.floor(position / PAGE_SIZE);
    const offset = position % PAGE_SIZE;
    const here = Math.min(from.length, PAGE_SIZE - offset);
    this.#frames.write(this.#pages[page] ?? 0, offset, here === from.length ? from : from.subarray(0, here));
    if (here < from.length) this.#frames.write(this.#pages[page + 1] ?? 0, 0, from.subarray(here));
  }

  #toEnd(): number {
    return this.#size - (this.#prod % this.#size);
  }

  /** Bytes not yet consumed; negative if `cons` is not a valid offset. */
  #used(): number {
    this.#frames.read(this.#pages[0] ?? 0, CONS, this.#offsetBytes);
    const cons = this.#offset[0] ?? 0;
    if (cons >= 2 * this.#size || cons % record.word !== 0) return -1;
    const used = (this.#prod - cons + 2 * this.#size) % (2 * this.#size);
    return used > this.#size ? -1 : used;
  }
}

const noData = new Uint32Array(MOST_WORDS);
const lostData = new Uint32Array(LOST_WORDS);
