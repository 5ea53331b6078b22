import { addressOf } from './libc.ts';

const WORD = 2 ** 32;
/** Words of 32 bits in a struct iovec. */
const WORDS = 4;

/**
 * One struct iovec, in words of 32 bits. It caches the address of the last buffer: an address does not fit a small integer, so each time it
 * is looked up or passed on, V8 allocates a heap number. The same few buffers are used repeatedly.
 */
export class IoVector {
  readonly #words: Uint32Array;
  #bytes: Uint8Array | undefined;
  #offset = 0;
  /** Address of the struct itself. Keep it in a constant: reading a field allocates a new number object each time. */
  readonly address: number;

  constructor(words = new Uint32Array(WORDS)) {
    this.#words = words;
    this.address = addressOf(words);
  }

  /** Two adjacent vectors in memory: the address of the first is the address of both. */
  static pair(): [IoVector, IoVector] {
    const words = new Uint32Array(2 * WORDS);
    return [new IoVector(words.subarray(0, WORDS)), new IoVector(words.subarray(WORDS))];
  }

  /**
   * Describes `length` bytes of `bytes` at `offset`, and keeps `bytes` alive until the next call. Throws RangeError if the range is outside
   * `bytes`.
   */
  set(bytes: Uint8Array, offset: number, length: number): void {
    checkRange(bytes, offset, length);
    const words = this.#words;
    if (bytes !== this.#bytes || offset !== this.#offset) {
      const address = addressOf(bytes) + offset;
      words[0] = address; // modulo 2^32, without a call of fmod
      words[1] = address / WORD;
      this.#bytes = bytes;
      this.#offset = offset;
    }
    words[2] = length;
    words[3] = length / WORD;
  }

  /** Describes `length` bytes at an address of another process: an integer from 0 to 2^53. */
  setAddress(address: number, length: number): void {
    const words = this.#words;
    this.#bytes = undefined;
    words[0] = address;
    words[1] = address / WORD;
    words[2] = length;
    words[3] = length / WORD;
  }
}

/** Throws RangeError if a range is outside `bytes`: native code does not check it. */
export function checkRange(bytes: Uint8Array, offset: number, length: number): void {
  if (!(offset >= 0 && length >= 0 && offset + length <= bytes.length)) {
    throw new RangeError(`cannot transfer ${length} bytes at offset ${offset} of a buffer of ${bytes.length}`);
  }
}
