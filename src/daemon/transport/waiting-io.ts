import type { FuseIo } from '../../fuse/io.ts';
import { errno } from '../../linux/errno.ts';
import { read, setNonblocking, write } from '../../linux/io.ts';
import { WORD } from '../protocol/shared-words.ts';
import type { Later } from './later.ts';
import type { Spin } from './spin.ts';

/** A transport other than FUSE: SeccompCalls. */
export interface OtherCalls {
  readonly dense: boolean;
  readonly fuseReady: boolean;
  readonly called: boolean;
  readonly gone: boolean;
  wait(timeout?: number): number;
  isFusesTurn(): boolean;
  serve(): number;
  leave(): void;
  tick(): void;
  close(): void;
  abort(result: number): void;
}

/**
 * The wait of the hypervisor thread: waits for FUSE's next message, and meanwhile serves the calls of the other transport, if there is
 * one.
 */
export class WaitingIo implements FuseIo {
  readonly #fuse: number;
  readonly #spin: Spin;
  readonly #words: Int32Array;
  readonly #later: Later;
  #other: OtherCalls | undefined;
  #nonblocking = false;
  /** Whether it is the callers' turn: the main thread's messages came first the last time. */
  #isCallersTurn = false;

  /** `words`: protocol/shared-words.ts. `later`: preempted calls. */
  constructor(fuse: number, spin: Spin, words: Int32Array, later: Later) {
    this.#later = later;
    this.#fuse = fuse;
    this.#spin = spin;
    this.#words = words;
  }

  write(bytes: Uint8Array, length: number): number {
    return write(this.#fuse, bytes, 0, length);
  }

  /** Called after the thread was cut off during a call: answers it, unless it came through FUSE. */
  abort(result: number): void {
    this.#other?.abort(result);
    this.#later.abort(result);
  }

  /** Adds a transport, which is served until it has no caller left. It may be the one that is served. */
  serve(other: OtherCalls): void {
    if (other !== this.#other) this.#other?.close();
    this.#other = other;
  }

  /**
   * Returns the length of FUSE's next message, or -errno. EINTR: the main thread sent a message. This is checked before each wait, since
   * under dense requests nothing blocks and so no signal interrupts.
   */
  read(buffer: Uint8Array): number {
    if (this.#isCallersTurn) {
      this.#isCallersTurn = false;
      this.#later.runOne();
      const length = this.#readPresent(buffer);
      if (length !== -errno.EAGAIN) return length;
    }
    const length = this.#read(buffer);
    this.#isCallersTurn = length === -errno.EINTR;
    return length;
  }

  #read(buffer: Uint8Array): number {
    while (!this.#later.isEmpty) {
      if (this.#isCalled) return -errno.EINTR;
      this.#later.runOne();
      const length = this.#readPresent(buffer);
      if (length !== -errno.EAGAIN) return length;
    }
    this.#later.begin();
    for (let other = this.#other; other !== undefined; other = this.#other) {
      if (this.#isCalled) {
        other.leave(); // the main thread's message may be a request of FUSE
        return -errno.EINTR;
      }
      if (other.gone) {
        this.#other = undefined;
        other.close();
        break;
      }
      this.#setNonblocking(true);
      const length = other.dense ? this.#besideDense(other, buffer) : this.#besideSparse(other, buffer);
      if (length === -errno.EAGAIN) continue;
      other.leave();
      return length;
    }
    return this.#isCalled ? -errno.EINTR : this.#alone(buffer);
  }

  /** Reads FUSE's next message or serves one of the other calls, without waiting. EAGAIN: no message. */
  #readPresent(buffer: Uint8Array): number {
    this.#setNonblocking(true);
    this.#later.begin();
    const other = this.#other;
    if (other !== undefined) {
      const ready = other.wait(0);
      if (ready > 0 && other.called) other.serve();
      other.leave();
    }
    return read(this.#fuse, buffer);
  }

  get #isCalled(): boolean {
    return this.#words[WORD.pending] !== 0;
  }

  #alone(buffer: Uint8Array): number {
    if (this.#spin.worthIt()) {
      this.#setNonblocking(true);
      do {
        const length = read(this.#fuse, buffer);
        if (length !== -errno.EAGAIN) {
          return length;
        }
      } while (!this.#spin.over());
    }
    this.#setNonblocking(false);
    return read(this.#fuse, buffer);
  }

  /** Waits for both transports. EAGAIN: FUSE has no message. */
  #besideSparse(other: OtherCalls, buffer: Uint8Array): number {
    const ready = other.wait();
    if (ready < 0) return ready;
    if (other.called) other.serve();
    return other.fuseReady ? read(this.#fuse, buffer) : -errno.EAGAIN;
  }

  /**
   * Waits for the other calls, and checks FUSE from time to time. EAGAIN: FUSE has no message. The loop is here because V8 optimises this
   * function; `read`, which seldom returns, it does not.
   */
  #besideDense(other: OtherCalls, buffer: Uint8Array): number {
    let served: number;
    do {
      served = other.serve();
      if (served !== 0 || other.isFusesTurn()) return this.#lookAtFuse(other, served, buffer);
    } while (other.dense && this.#words[WORD.pending] === 0);
    return -errno.EAGAIN;
  }

  #lookAtFuse(other: OtherCalls, served: number, buffer: Uint8Array): number {
    if (served === -errno.EINTR) other.tick();
    const length = read(this.#fuse, buffer);
    return length === -errno.EAGAIN && served === -errno.EINTR ? served : length;
  }

  #setNonblocking(on: boolean): void {
    if (on === this.#nonblocking) return;
    setNonblocking(this.#fuse, on);
    this.#nonblocking = on;
  }
}
