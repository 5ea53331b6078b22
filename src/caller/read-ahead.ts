import { PAGE_SIZE } from '../linux/page-size.ts';

/** Number of equal calls after which the next one is expected to be equal. */
const ENOUGH = 2;

/**
 * Predicts what a hypercall reads from its caller after its number and arguments. A program that repeats a call passes the same two
 * pointers: to the call, and in it to its data. Both are then copied by one system call. Allocates nothing.
 *
 * The data is the caller's at the time of the call, only a few instructions earlier. It serves the first copy of a call and no later one,
 * because a handler may have changed the caller's memory by then.
 */
export class ReadAhead {
  /** Where the data goes. */
  readonly bytes = new Uint8Array(PAGE_SIZE);
  /** Of the data, in the caller. Undefined at first, so that V8 stores a reference to the number object and does not copy it. */
  address: number | undefined;
  length = 0;
  /** The start of `bytes`, kept because a new view would be garbage. */
  #view = this.bytes;
  #thread = 0;
  #call: number | undefined;
  #alike = 0;
  /** Bytes of data that arrived with the call and were not asked for yet. */
  #arrived = 0;
  /** The call's first copy is still to come. */
  #isOpen = false;

  /** The call of `thread` is about to be copied from `call`: returns whether to read the data with it. */
  begin(thread: number, call: number): boolean {
    this.#isOpen = true;
    this.#arrived = 0;
    if (thread !== this.#thread || call !== this.#call) {
      this.#thread = thread;
      this.#call = call;
      this.#alike = 0;
    }
    return this.#alike >= ENOUGH;
  }

  /** How many bytes of the data came with the call. */
  arrived(count: number): void {
    this.#arrived = count;
  }

  /** The first copy of a call: whether it was served. */
  serve(address: number, into: Uint8Array, offset: number, length: number): boolean {
    if (!this.#isOpen) return false;
    this.#isOpen = false;
    if (address !== this.address || length !== this.length) {
      this.#expect(address, length);
      return false;
    }
    this.#alike += 1;
    if (this.#arrived !== length) return false;
    into.set(this.#view, offset);
    return true;
  }

  /** No further copy of this call is served. */
  end(): void {
    if (this.#isOpen) this.#alike = 0; // it copied nothing, or something else
    this.#isOpen = false;
  }

  #expect(address: number, length: number): void {
    this.#alike = 0;
    if (length <= 0 || length > this.bytes.length) return;
    this.address = address;
    if (length !== this.length) this.#view = this.bytes.subarray(0, length);
    this.length = length;
  }
}
