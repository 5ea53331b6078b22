import type { UnheldCall } from '../../caller/memory.ts';
import { Alarm } from '../../linux/alarm.ts';
import { errno } from '../../linux/errno.ts';
import { close, POLL, PollSet } from '../../linux/io.ts';
import { layDownPtraceRight, takeUpPtraceRight } from '../../linux/ptrace-right.ts';
import { Listener } from '../../linux/seccomp.ts';
import type { HeldFiles } from './held-files.ts';

/** A blocked receive is broken off this often, to see whether calls still come, and whether FUSE has something. */
const TICK_MS = 2;

/** While files are held, they are looked at this often. */
const LOOK_MS = 500;

/** While calls come densely, FUSE is looked at after this many: a power of two. */
const CALLS_PER_LOOK = 32;

/** Calls in a row, each this soon after the one before, are dense. */
const DENSE_CALLS = 8;
const DENSE_MS = 0.3;

/** The time in whole milliseconds, as it was at the last look: reading a clock for each call would cost garbage. */
export class CoarseClock {
  #now = 0;

  readonly now = (): number => this.#now;

  look(): void {
    this.#now = Math.floor(performance.now()) | 0;
  }
}

export interface SeccompCallsOptions<File extends object> {
  /** The listener's descriptor; SeccompCalls closes it. */
  listener: number;
  fuse: number;
  files: HeldFiles<File>;
  clock: CoarseClock;
  /** The word by which the watchdog sees that this thread is stuck: odd while it looks at a caller. */
  looking: Int32Array;
  /** What the ioctl returns, all 64 bits of it; undefined: nothing was done, and it is to come through FUSE. Does not throw. */
  answer(file: File, tid: number, argument: number, call: UnheldCall): number | bigint | undefined;
}

/**
 * The second way in: hypercalls of a program started by `fauxen run`, as seccomp user notifications. Waits in one of two ways:
 * for FUSE and the listener together (poll), or, while calls come densely, for the listener alone, which saves the poll.
 *
 * A caller here may be killed while its call is served, and its thread id come to mean another program. So what was read of its
 * memory counts only if it still waits afterwards; and as between a look at that and a write some moments pass, this thread
 * meanwhile lays down the right to touch processes that are not of its own user or are more powerful. A caller that is (a setuid
 * program, one that dropped its rights) is sent to FUSE, which holds its callers fast.
 */
export class SeccompCalls<File extends object> {
  /** Whether the listener is waited for alone. */
  dense = false;
  readonly #listener: Listener;
  readonly #files: HeldFiles<File>;
  readonly #clock: CoarseClock;
  readonly #answer: SeccompCallsOptions<File>['answer'];
  readonly #looking: Int32Array;
  readonly #set = new PollSet(2);
  readonly #alarm = new Alarm();
  #answering = false;
  #calls = 0;
  #callsAtTick = 0;
  #inRow = 0;
  #last = 0;

  /** To be made on the thread that serves: the alarm rings there. */
  constructor({ listener, fuse, files, clock, looking, answer }: SeccompCallsOptions<File>) {
    this.#listener = new Listener(listener);
    this.#listener.setSyncWakeUp(); // before Linux 6.6 it goes without, slower
    this.#files = files;
    this.#clock = clock;
    this.#looking = looking;
    this.#answer = answer;
    this.#set.add(fuse);
    this.#set.add(listener);
  }

  /** Waits until FUSE or a caller wants something: more than 0, or -errno; 0 now and then while nobody does. */
  wait(timeout = this.#files.size > 0 ? LOOK_MS : -1): number {
    const ready = this.#set.wait(timeout);
    this.#clock.look();
    this.#files.expire();
    return ready;
  }

  /** Of the last wait. */
  get fuseReady(): boolean {
    return this.#set.ready(0) !== 0;
  }

  /** Of the last wait. */
  get called(): boolean {
    return (this.#set.ready(1) & POLL.IN) !== 0;
  }

  /** Of the last wait: the program and all its children are gone. */
  get gone(): boolean {
    return (this.#set.ready(1) & (POLL.HUP | POLL.ERR | POLL.NVAL)) !== 0;
  }

  /** Receives a call, waiting for it, and answers it. 0, or -errno of receiving: EINTR, or ENOENT if the caller was killed. */
  serve(): number {
    const received = this.#receive();
    if (received < 0) {
      if (received !== -errno.EINTR) this.#waitForBoth();
      return received;
    }
    const listener = this.#listener;
    const { tid, descriptor } = listener;
    layDownPtraceRight();
    // In the midst of an execve the caller's process can hold up whoever looks at it: the watchdog is to see that.
    this.#mark();
    const file = this.#files.find(tid, descriptor);
    this.#mark();
    if (file === undefined) {
      listener.letPass();
      this.#waitForBoth(); // it is about to arrive through FUSE
      return 0;
    }
    this.#answering = true;
    const result = this.#answer(file, tid, listener.argument, listener);
    this.#answering = false;
    if (result === undefined) {
      listener.letPass();
      this.#waitForBoth();
      return 0;
    }
    listener.answer(result);
    this.#calls = (this.#calls + 1) | 0;
    if (!this.dense) this.#count();
    return 0;
  }

  /** After `serve` was cut off in the middle: answers the call that it served. */
  abort(result: number): void {
    if (!this.#answering) return;
    this.#answering = false;
    this.#listener.answer(result);
  }

  /**
   * Something other than these calls is about to be served. More of the kind may follow, and would wait while the listener is
   * waited for alone.
   */
  leave(): void {
    takeUpPtraceRight();
    this.#waitForBoth();
  }

  /** Whether it is FUSE's turn. */
  isFusesTurn(): boolean {
    if ((this.#calls & (CALLS_PER_LOOK - 1)) !== 0) return false;
    this.#clock.look();
    return true;
  }

  /** After EINTR: goes back to waiting for both if no call came since the last time. */
  tick(): void {
    this.#clock.look();
    this.#files.expire();
    if (this.#calls === this.#callsAtTick) this.#waitForBoth();
    this.#callsAtTick = this.#calls;
  }

  close(): void {
    this.leave();
    this.#waitForBoth();
    this.#files.close();
    close(this.#listener.fd);
  }

  /** A caller may be killed between poll and this, and then it would wait for another: the alarm ends that, too. */
  #receive(): number {
    if (this.dense) return this.#listener.receive();
    this.#alarm.arm(TICK_MS);
    const received = this.#listener.receive();
    this.#alarm.disarm();
    return received;
  }

  #mark(): void {
    this.#looking[0] = (this.#looking[0]! + 1) | 0;
  }

  #count(): void {
    const now = performance.now();
    this.#inRow = now - this.#last < DENSE_MS ? this.#inRow + 1 : 0;
    this.#last = now;
    if (this.#inRow < DENSE_CALLS) return;
    this.dense = true;
    this.#alarm.arm(TICK_MS);
  }

  #waitForBoth(): void {
    this.#inRow = 0;
    if (!this.dense) return;
    this.dense = false;
    this.#alarm.disarm();
  }
}
