import { readFileSync } from 'node:fs';
import { Alarm } from '../linux/alarm.ts';
import { registerFile } from '../linux/arch/x86-64/registers.ts';
import { errno } from '../linux/errno.ts';
import { awaitStop } from '../linux/process/examine.ts';
import * as ptrace from '../linux/process/ptrace.ts';
import { SIG } from '../linux/signals.ts';

/** Poll interval of a wait that takes unusually long; a stop normally takes 10 to 100 µs. */
const LOOK_MS = 50;

/** The same for a stop that will probably not come. */
const CLOSE_LOOK_MS = 2;

/** Poll interval if there is no timer to interrupt a wait. */
const PAUSE_MS = 0.05;

/** Why a tracee stopped: a system call's entry or exit, a signal to be delivered, or another reason. */
export type Stop = { at: 'call' } | { at: 'signal'; signal: number } | { at: 'event' };

/** Threads that are still traced although we stopped waiting for them, with what undoes our changes to each. */
const abandoned = new Map<number, (() => void) | undefined>();
let alarm: Alarm | undefined;
let tellLate: (() => void) | undefined;

/** One thread that this thread traces. */
export class Tracee {
  readonly tid: number;
  /** Called while we wait for a stop, to serve requests that the thread itself may be waiting for. */
  readonly #idle: (() => void) | undefined;
  readonly #timeout: number;
  /** Deadline, by performance.now(): then we stop waiting for the thread. */
  #deadline: number;
  /** Called at each poll: whether to stop waiting before the deadline. */
  readonly #isHopeless: (() => boolean) | undefined;
  readonly #scratch = registerFile();
  /** Undoes changes to the stopped thread, in case it is released only after we stopped waiting. */
  restore: (() => void) | undefined;

  constructor(tid: number, timeout: number, idle: (() => void) | undefined, isHopeless?: () => boolean) {
    this.tid = tid;
    this.#idle = idle;
    this.#timeout = timeout;
    this.#deadline = performance.now() + timeout;
    this.#isHopeless = isHopeless;
  }

  /** The thread made progress: restarts its time limit. */
  renew(): void {
    this.#deadline = performance.now() + this.#timeout;
  }

  /** Waits for the next stop; 'gone' if the thread ended, 'late' at the deadline. */
  wait(): Stop | 'gone' | 'late' {
    if (this.#idle) return this.#wait(this.#idle);
    if (alarm !== undefined && alarm.error !== 0) return awaitStop(() => this.#wait(pause));
    alarm?.arm(this.#isHopeless === undefined ? LOOK_MS : CLOSE_LOOK_MS);
    try {
      return awaitStop(() => this.#wait());
    } finally {
      alarm?.disarm();
    }
  }

  /** `idle`: what to do between two looks; without it, the wait blocks, and the alarm interrupts it. */
  #wait(idle?: () => void): Stop | 'gone' | 'late' {
    for (;;) {
      const waited = ptrace.wait(this.tid, idle === undefined);
      if (waited === this.tid) return describe(this.tid);
      if (waited === -errno.ECHILD) return 'gone';
      const isLook = waited === -errno.EINTR || idle === pause;
      if (isLook && ptrace.getRegisters(this.tid, this.#scratch) === 0) {
        // Stopped, but the wait does not return: another thread of this process waited for all children and got this stop.
        return { at: 'event' };
      }
      // Its exit may depend on us: on write-back of a mapping, or on a sibling thread that we serve.
      const isEnding = isLook && isExiting(this.tid);
      if (isEnding || performance.now() > this.#deadline || this.#isHopeless?.()) {
        abandon(this.tid, this.restore);
        return isEnding ? 'gone' : 'late';
      }
      idle?.();
    }
  }
}

const never = new Int32Array(new SharedArrayBuffer(4));

/** For a while without an alarm: less than most stops take. */
function pause(): void {
  Atomics.wait(never, 0, 0, PAUSE_MS);
}

/** Prepares for stopping a thread, and releases those that were late. */
export function prepareTracing(): void {
  alarm ??= new Alarm();
  releaseLate();
}

/**
 * Releases late threads that have stopped or ended since; returns how many are left. Until this is called on the tracing thread, a
 * stopped thread stays stopped, and the parent of an ended one is not notified.
 */
export function releaseLate(): number {
  for (const [tid, restore] of [...abandoned]) {
    const waited = ptrace.wait(tid, false);
    if (waited === 0) continue;
    abandoned.delete(tid);
    if (waited !== tid) continue;
    const stop = describe(tid);
    if (stop === 'gone') continue;
    if (restore !== undefined) restore();
    // If the thread ran our code, this signal came from our breakpoint.
    const isOurs = restore !== undefined && stop.at === 'signal' && stop.signal === SIG.TRAP;
    // On failure, the thread was killed at its stop: look again when it has ended.
    if (ptrace.detach(tid, stop.at === 'signal' && !isOurs ? stop.signal : 0) < 0) abandoned.set(tid, undefined);
  }
  return abandoned.size;
}

/** Detaches from a stopped thread, with that signal. A thread that was killed at its stop is reaped when it has ended. */
export function detach(tid: number, signal: number): void {
  if (ptrace.detach(tid, signal) < 0) abandon(tid);
}

/** Sets the callback for when releaseLate() has a thread to release. */
export function onLate(tell: () => void): void {
  tellLate = tell;
}

/** Remembers a thread that could not be interrupted, because it is about to end or in a state that forbids it. */
export function abandon(tid: number, restore?: () => void): void {
  abandoned.set(tid, restore);
  tellLate?.();
}

/** PF_EXITING (linux/sched.h), one of the flags in /proc/PID/stat: the thread is exiting and will not stop again. */
const PF_EXITING = 4;

function isExiting(tid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${tid}/stat`, 'latin1');
    // The name is followed by the state, five numbers, and the flags (proc(5)).
    return (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[6]) & PF_EXITING) !== 0;
  } catch {
    return false; // it has ended: the wait will report that
  }
}

/** Decodes the result of the last wait. A thread that ended is reaped, unless it is a process that we started. */
function describe(tid: number): Stop | 'gone' {
  const state = ptrace.lastState();
  if (!state) {
    if (parentOf(tid) !== process.pid) ptrace.reap(tid);
    return 'gone';
  }
  if (state.event !== 0) return { at: 'event' };
  return state.signal === (SIG.TRAP | 0x80) ? { at: 'call' } : { at: 'signal', signal: state.signal };
}

/** The parent of process `pid`; undefined for a thread that is not the first of its process. */
function parentOf(pid: number): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    const number = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
    return number('Tgid') === pid ? number('PPid') : undefined;
  } catch {
    return undefined;
  }
}
