import { addressOf } from './libc.ts';

const WORD = 2 ** 32;

/**
 * One struct iovec, in words of 32 bits. It remembers whose address it has: asking for an address, and passing one on, makes a
 * number that does not fit a small integer, and so a new heap object. The same few buffers come again and again.
 */
export class IoVector {
  readonly #words = new Uint32Array(4);
  #bytes: Uint8Array | undefined;
  #offset = 0;
  /** Of the struct itself. Keep it in a constant: there it stays one number object, while each look at a field makes a new one. */
  readonly address = addressOf(this.#words);

  /**
   * Describes `length` bytes of `bytes` at `offset`, and keeps `bytes` alive until the next. Throws RangeError where they are not
   * in it: native code writes wherever it is told to.
   */
  set(bytes: Uint8Array, offset: number, length: number): void {
    if (!(offset >= 0 && length >= 0 && offset + length <= bytes.length)) {
      throw new RangeError(`cannot transfer ${length} bytes at offset ${offset} of a buffer of ${bytes.length}`);
    }
    const words = this.#words;
    if (bytes !== this.#bytes || offset !== this.#offset) {
      const address = addressOf(bytes) + offset;
      words[0] = address % WORD;
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
    words[0] = address % WORD;
    words[1] = address / WORD;
    words[2] = length;
    words[3] = length / WORD;
  }
}
