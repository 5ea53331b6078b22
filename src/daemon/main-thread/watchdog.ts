import { setTimeout as sleep } from 'node:timers/promises';
import { REQUEST_BUFFER_SIZE } from '../../fuse/constants.ts';
import { type FuseIo, fileIo } from '../../fuse/io.ts';
import { refuse } from '../../fuse/refuse.ts';
import { REQUEST_HEADER_SIZE } from '../../fuse/struct.ts';
import { inHeader } from '../../fuse/wire.ts';
import { acceptWriteBack } from '../../fuse/write-back.ts';
import { NO_MOUNT } from '../protocol/messages.ts';
import { WORD } from '../protocol/shared-words.ts';
import { threadState } from './own-time.ts';
import type { StuckListeners } from './stuck-listeners.ts';

/** Poll interval. A copy that spans two polls is stuck: a normal one takes microseconds. */
const INTERVAL_MS = 50;

/**
 * After this time, fail other threads' reads too: the copy may wait for a page that another thread requested first. Not earlier, since
 * under load a copy may wait long for the caller's memory, and other threads' reads should still be answered.
 */
const READS_PATIENCE_MS = 250;

/** If failed reads did not end the copy by then, fail every request of every transport, so that the mount does not hang. */
const PATIENCE_MS = 1_000;

const READ = 15;

export const STUCK =
  "a caller's memory does not respond (a mapping of a Fauxen file, or a page fault that nobody handles): waiting requests failed with EIO";

/**
 * Unblocks copies that deadlock. A caller may pass a pointer into its own mapping of a Fauxen file: the copy faults, the kernel asks
 * Fauxen for the page, and the hypervisor thread, which would answer, is the one that waits. So while a copy is stuck, this thread reads
 * the mount's requests and fails READs with EIO, which ends the copy with EFAULT. It passes other requests on to the hypervisor thread.
 * It accepts write-backs of pages at once, since the memory of the process is locked until then.
 */
export class Watchdog {
  /** Must be set before `start`. */
  inTrouble: Pick<typeof import('./in-trouble.ts'), 'PollSet' | 'StuckListeners'> | undefined;
  readonly #shared: Int32Array;
  readonly #fuse: number;
  readonly #io: FuseIo;
  readonly #handOver: (messages: Uint8Array[], refused: boolean) => void;
  /** Callers that wait at seccomp listeners. */
  #listeners: StuckListeners | undefined;
  #timer: NodeJS.Timeout | undefined;
  #seen = 0;
  #buffer: Buffer | undefined;
  #serving = false;
  #stopped = false;
  #thread = 0;
  #refused = false;

  constructor(shared: Int32Array, fuse: number, handOver: (messages: Uint8Array[], refused: boolean) => void) {
    this.#shared = shared;
    this.#fuse = fuse;
    this.#io = fileIo(fuse);
    this.#handOver = handOver;
  }

  /** `thread` is the hypervisor thread's id. */
  start(thread: number): void {
    this.#thread = thread;
    this.#timer = setInterval(() => void this.#look(), INTERVAL_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#stopped = true; // the descriptor will be closed soon, and its number reused
  }

  async #look(): Promise<void> {
    const now = Atomics.load(this.#shared, WORD.examining);
    const isStuck = now % 2 !== 0 && now === this.#seen;
    this.#seen = now;
    if (!isStuck || this.#serving || threadState(this.#thread) === 'R') return;
    this.#serving = true;
    try {
      await this.#serve(now);
    } finally {
      this.#serving = false;
    }
  }

  /** Takes requests until the copy has ended. */
  async #serve(copy: number): Promise<void> {
    if (this.inTrouble === undefined) return;
    this.#listeners ??= new this.inTrouble.StuckListeners(this.#shared, this.#fuse !== NO_MOUNT);
    const set = new this.inTrouble.PollSet(1);
    set.add(this.#fuse);
    let taken: Buffer[] = [];
    this.#refused = false;
    let [waited, last] = [0, performance.now()];
    while (!this.#stopped && Atomics.load(this.#shared, WORD.examining) === copy) {
      // A traced thread may be slow to stop on a busy machine: no other caller gets an error for that.
      const isTracing = Atomics.load(this.#shared, WORD.awaitingStop) === 1;
      const now = performance.now();
      waited = isTracing ? 0 : waited + Math.min(now - last, INTERVAL_MS); // not the time in which this process was stopped
      last = now;
      if (waited > READS_PATIENCE_MS) taken = taken.filter((message) => !this.#refuses(message, waited));
      const message = set.wait(0) > 0 ? this.#take() : undefined;
      if (message !== undefined && (acceptWriteBack(message, this.#io) || !this.#refuses(message, waited)))
        taken.push(message);
      if (waited > PATIENCE_MS && this.#listeners.refuse() > 0) this.#refused = true;
      if (message === undefined) await sleep(1);
    }
    if (!this.#stopped) this.#handOver(taken, this.#refused);
  }

  /** Reads one request; returns a copy of it. */
  #take(): Buffer | undefined {
    this.#buffer ??= Buffer.allocUnsafeSlow(REQUEST_BUFFER_SIZE);
    const length = this.#io.read(this.#buffer);
    // Otherwise the caller was killed, or the mount is gone: the hypervisor thread will see that.
    if (length < REQUEST_HEADER_SIZE) return undefined;
    return Buffer.from(this.#buffer.subarray(0, length));
  }

  /**
   * Fails a request that may block the copy, depending on how long the copy has waited. A READ that fetches a page for the hypervisor
   * thread itself fails at once. Returns whether the request was failed.
   */
  #refuses(message: Buffer, waited: number): boolean {
    const isRead = message.readUInt32LE(inHeader.at.opcode) === READ;
    const isOwn = message.readUInt32LE(inHeader.at.pid) === this.#thread;
    const isSuspect = waited > PATIENCE_MS || (isRead && (isOwn || waited > READS_PATIENCE_MS));
    if (!isSuspect || !refuse(message, message.length, this.#io)) return false;
    this.#refused = true;
    return true;
  }
}
