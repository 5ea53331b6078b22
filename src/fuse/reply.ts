import type { FuseIo } from './io.ts';
import { REPLY_HEADER_SIZE } from './struct.ts';
import { outHeader } from './wire.ts';

const TWO_TO_32 = 2 ** 32;

/** A reply being encoded, in a buffer that is reused. Encoders must write every field, since old bytes stay in it. */
export class Reply {
  readonly bytes: Buffer;
  readonly #view: DataView;

  constructor(size: number) {
    this.bytes = Buffer.alloc(size);
    this.#view = new DataView(this.bytes.buffer, this.bytes.byteOffset, size);
  }

  u16(at: number, value: number): void {
    this.#view.setUint16(at, value, true);
  }

  u32(at: number, value: number): void {
    this.#view.setUint32(at, value, true);
  }

  i32(at: number, value: number): void {
    this.#view.setInt32(at, value, true);
  }

  /** Exact up to 2^53. */
  u64(at: number, value: number): void {
    this.#view.setUint32(at, value % TWO_TO_32, true);
    this.#view.setUint32(at + 4, Math.floor(value / TWO_TO_32), true);
  }

  bigU64(at: number, value: bigint): void {
    this.#view.setBigUint64(at, value, true);
  }

  zero(start: number, end: number): void {
    this.bytes.fill(0, start, end);
  }

  /**
   * Writes header and `payload` bytes after it. `error` is 0, -errno, or a notification's code. Returns `io.write`'s result:
   * the count, or -errno.
   */
  send(io: FuseIo, uniqueLow: number, uniqueHigh: number, error: number, payload: number): number {
    const length = REPLY_HEADER_SIZE + payload;
    this.#view.setUint32(outHeader.at.len, length, true);
    this.#view.setInt32(outHeader.at.error, error, true);
    this.#view.setInt32(outHeader.at.unique, uniqueLow, true);
    this.#view.setInt32(outHeader.at.unique + 4, uniqueHigh, true);
    return io.write(this.bytes, length);
  }
}
