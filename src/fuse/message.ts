import { inHeader } from './wire.ts';

const TWO_TO_32 = 2 ** 32;

/** The request being decoded, in a buffer that is reused. Offsets are bytes from the start of the message. */
export class Message {
  readonly bytes: Buffer;
  readonly #view: DataView;
  /** Length of this message, including the header. */
  length = 0;
  /** The last address, and its halves. Undefined at first, so that V8 stores a reference to the number object and does not copy it. */
  #address: number | undefined;
  #low = 0;
  #high = 0;

  constructor(size: number) {
    this.bytes = Buffer.alloc(size);
    this.#view = new DataView(this.bytes.buffer, this.bytes.byteOffset, size);
  }

  u32(at: number): number {
    return this.#view.getUint32(at, true);
  }

  /** A signed word, which V8 keeps unboxed: for halves that are only copied. */
  i32(at: number): number {
    return this.#view.getInt32(at, true);
  }

  /** Exact up to 2^53: enough for sequential ids and for user addresses. */
  u64(at: number): number {
    return this.#view.getUint32(at + 4, true) * TWO_TO_32 + this.#view.getUint32(at, true);
  }

  /**
   * Like `u64`, for user addresses. A number of that size is allocated on the heap, and callers pass the same few again and again, so the
   * last one is cached.
   */
  address(at: number): number {
    const low = this.i32(at);
    const high = this.i32(at + 4);
    if (this.#address === undefined || low !== this.#low || high !== this.#high) {
      this.#low = low;
      this.#high = high;
      this.#address = this.u64(at);
    }
    return this.#address;
  }

  bigU64(at: number): bigint {
    return this.#view.getBigUint64(at, true);
  }

  get opcode(): number {
    return this.u32(inHeader.at.opcode);
  }

  get nodeid(): number {
    return this.u64(inHeader.at.nodeid);
  }

  /** A NUL-terminated name at `at`, or undefined if the message ends first or the name is empty. */
  name(at: number): string | undefined {
    const end = this.bytes.indexOf(0, at);
    return end <= at || end >= this.length ? undefined : this.bytes.toString('utf8', at, end);
  }
}
