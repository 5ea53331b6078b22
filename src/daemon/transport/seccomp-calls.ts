import { DEFERRED } from '../../fuse/node.ts';
import { Alarm } from '../../linux/alarm.ts';
import { errno, errnoName } from '../../linux/errno.ts';
import { beginExamination, endExamination } from '../../linux/process/examine.ts';
import { layDownPtraceRight, takeUpPtraceRight } from '../../linux/process/ptrace-right.ts';
import type { Listener } from '../../linux/seccomp.ts';
import type { HeldFiles } from './held-files.ts';
import { Listeners } from './listeners.ts';
import { type StrayFile, strayFile } from './stray-file.ts';

/** Timeout of a blocking receive, to check whether calls still arrive and whether FUSE has a request. */
const TICK_MS = 2;

const TIMERS = 'The limit on pending signals (ulimit -i) may be used up, or a filter forbids timer_create(2)';
const OTHER =
  'a program asked for a seccomp listener of its own and got EBUSY: Linux permits one. Start it with --transport fuse, which needs none';

/** How often to check for unused held files. */
const LOOK_MS = 500;

/** In dense mode, check FUSE after this many calls: a power of two. */
const CALLS_PER_LOOK = 32;

/** How many calls on unknown descriptors are checked: some of them are the first on a new privcmd descriptor. */
const MOST_STRAY = 32;

/** Calls are dense after this many in a row, each this soon after the previous one. */
const DENSE_CALLS = 8;
const DENSE_MS = 0.3;

/** Cached time in whole milliseconds: reading the clock at each call would allocate. */
export class CoarseClock {
  #now = 0;

  readonly now = (): number => this.#now;

  look(): void {
    this.#now = Math.floor(performance.now()) | 0;
  }
}

export interface SeccompCallsOptions<File extends object> {
  fuse: number;
  /** protocol/shared-words.ts. */
  words: Int32Array;
  /** The ioctl commands that are served. */
  commands: readonly number[];
  files: HeldFiles<File>;
  clock: CoarseClock;
  /**
   * Returns the ioctl's 64-bit result, or DEFERRED if it has answered the call itself; undefined: nothing was done, and the call must come
   * through FUSE. Does not throw.
   */
  answer(file: File, tid: number, command: number, argument: number, call: Listener): number | bigint | undefined;
  /** Logs a warning for the user. */
  note(text: string): void;
  /** Called for the first calls whose descriptor is not privcmd's: the kernel refuses them. Does not throw. */
  onStray?(file: StrayFile, tid: number, command: number, argument: number): void;
}

/**
 * The second transport: hypercalls and maps of guest memory of programs under `fauxen run`, as seccomp user notifications. It waits for
 * FUSE and the listeners together (poll) or, while calls are dense and there is one listener, for that alone, which saves the poll.
 *
 * A caller may be killed while its call is served, and its thread id reused by another program. So data read from its memory is valid
 * only if it still waits afterwards. A write may come after that check is outdated, so this thread first drops the capability to access
 * other users' or more privileged processes. Callers of that kind (a setuid program, one that dropped its privileges) are redirected to
 * FUSE, which blocks its callers.
 */
export class SeccompCalls<File extends object> {
  /** Whether calls are dense: then the alarm rings all the time, and one listener is waited for alone. */
  dense = false;
  readonly #listeners: Listeners;
  /** The listener of the last call. */
  #current: Listener | undefined;
  readonly #commands: readonly number[];
  readonly #files: HeldFiles<File>;
  readonly #clock: CoarseClock;
  readonly #answer: SeccompCallsOptions<File>['answer'];
  readonly #note: (text: string) => void;
  #saidOther = false;
  readonly #onStray: SeccompCallsOptions<File>['onStray'];
  #unknown = 0;
  readonly #alarm = new Alarm();
  #answering = false;
  #calls = 0;
  #callsAtTick = 0;
  #inRow = 0;
  #last = 0;

  /** Must be constructed on the serving thread, which gets the alarm's signal. */
  constructor({ fuse, words, commands, files, clock, answer, note, onStray }: SeccompCallsOptions<File>) {
    this.#listeners = new Listeners(fuse, words);
    this.#commands = commands;
    this.#files = files;
    this.#clock = clock;
    this.#answer = answer;
    this.#note = note;
    this.#onStray = onStray;
  }

  /** Whether another listener can be added without harm to calls: without timers a killed caller would hold up those of others. */
  get mayAdd(): boolean {
    return !this.#listeners.isFull && this.#alarm.error === 0;
  }

  /** Also serves this listener; closes it when it has no caller left. */
  add(listener: number): void {
    this.#waitForBoth();
    this.#listeners.add(listener);
    if (this.#alarm.error !== 0)
      this.#note(`no timers (${errnoName(this.#alarm.error)}): calls take longer. ${TIMERS}`);
  }

  /** Waits for FUSE or a caller. Returns more than 0 if one is ready, 0 at a timeout, or -errno. */
  wait(timeout = this.#files.size > 0 ? LOOK_MS : -1): number {
    const ready = this.#listeners.wait(timeout);
    this.#clock.look();
    this.#files.expire();
    return ready;
  }

  /** Of the last wait. */
  get fuseReady(): boolean {
    return this.#listeners.fuseReady;
  }

  /** Of the last wait. */
  get called(): boolean {
    return this.#listeners.anyReady;
  }

  /** Whether all programs and their children are gone. */
  get gone(): boolean {
    return this.#listeners.length === 0;
  }

  /**
   * While calls are dense, waits for the next call and serves it. Otherwise serves a call of each listener that has one since the last
   * wait. Returns 0, or -errno of receiving: EINTR, or ENOENT if the caller was killed.
   */
  serve(): number {
    if (!this.dense) return this.#serveReady();
    if (this.#listeners.length === 1) return this.#serve(this.#listeners.at(0));
    const ready = this.#listeners.wait(-1);
    return ready < 0 ? ready : this.#serveReady();
  }

  #serveReady(): number {
    const listeners = this.#listeners;
    let served = 0;
    for (let index = 0; index < listeners.length; index++)
      if (listeners.isCalled(index)) served = this.#serve(listeners.at(index));
    if (listeners.closeGone()) this.#waitForBoth();
    return served;
  }

  /** Waits for a call of this listener, receives and answers it. */
  #serve(listener: Listener): number {
    this.#current = listener;
    const received = this.#receive(listener);
    if (received < 0) {
      if (received !== -errno.EINTR) this.#waitForBoth();
      return received;
    }
    if (!listener.isIoctl || !this.#commands.includes(listener.command)) {
      if (listener.asksForListener) this.#noteOther();
      listener.letPass();
      return 0;
    }
    const { tid, descriptor } = listener;
    layDownPtraceRight();
    // During an execve, access to the caller's process can block: let the watchdog see that.
    beginExamination();
    const file = this.#files.find(tid, descriptor);
    endExamination();
    if (file === undefined) {
      this.#lookAtStray(listener);
      listener.letPass();
      this.#waitForBoth(); // it is about to arrive through FUSE
      return 0;
    }
    this.#answering = true;
    const result = this.#answer(file, tid, listener.command, listener.argument, listener);
    this.#answering = false;
    if (result === undefined) {
      listener.letPass();
      this.#waitForBoth();
      return 0;
    }
    if (result !== DEFERRED) listener.answer(result);
    this.#calls = (this.#calls + 1) | 0;
    if (!this.dense) this.#count();
    return 0;
  }

  #noteOther(): void {
    if (!this.#saidOther) this.#note(OTHER);
    this.#saidOther = true;
  }

  #lookAtStray({ tid, descriptor, command, argument }: Listener): void {
    if (this.#onStray === undefined || this.#unknown >= MOST_STRAY) return;
    this.#unknown += 1;
    beginExamination();
    const stray = strayFile(tid, descriptor);
    endExamination();
    if (stray !== undefined) this.#onStray(stray, tid, command, argument);
  }

  /** Called after `serve` was cut off: answers the call that it served. */
  abort(result: number): void {
    if (!this.#answering) return;
    this.#answering = false;
    this.#current?.answer(result);
  }

  /**
   * Called before a request from another transport is served. More may follow, and would be delayed if this waited for one listener alone.
   */
  leave(): void {
    takeUpPtraceRight();
    this.#waitForBoth();
  }

  /** Whether it is FUSE's turn. */
  isFusesTurn(): boolean {
    if ((this.#calls & (CALLS_PER_LOOK - 1)) === 0) this.#clock.look();
    else if (this.#listeners.length === 1) return false;
    return this.#listeners.length === 1 || this.#listeners.fuseReady;
  }

  /** Called after EINTR: returns to waiting for both if no call came since the last time. */
  tick(): void {
    this.#clock.look();
    this.#files.expire();
    if (this.#calls === this.#callsAtTick) this.#waitForBoth();
    this.#callsAtTick = this.#calls;
  }

  close(): void {
    this.leave();
    this.#files.close();
    this.#listeners.closeAll();
    this.#current = undefined;
  }

  /** If the caller is killed between poll and this, the receive blocks for the next call: the alarm interrupts that too. */
  #receive(listener: Listener): number {
    if (this.dense) return listener.receive();
    this.#alarm.arm(TICK_MS);
    const received = listener.receive();
    this.#alarm.disarm();
    return received;
  }

  #count(): void {
    const now = performance.now();
    this.#inRow = now - this.#last < DENSE_MS ? this.#inRow + 1 : 0;
    this.#last = now;
    if (this.#inRow < DENSE_CALLS || this.#alarm.error !== 0) return; // without an alarm it would miss requests of FUSE
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
