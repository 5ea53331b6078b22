import { readFileSync } from 'node:fs';
import { Alarm } from '../linux/alarm.ts';
import { registerFile } from '../linux/arch/x86-64/registers.ts';
import { errno } from '../linux/errno.ts';
import * as ptrace from '../linux/ptrace.ts';
import { SIG } from '../linux/signals.ts';

/** How often a wait that takes unusually long looks around: a stop takes 10 to 100 µs. */
const LOOK_MS = 50;

/** The same where much may speak against its coming. */
const CLOSE_LOOK_MS = 2;

/** Where a tracee stopped: at a system call's entry or exit, before a signal is delivered, or for another reason. */
export type Stop = { at: 'call' } | { at: 'signal'; signal: number } | { at: 'event' };

/** Threads that we stopped waiting for while they were still traced. */
const abandoned = new Set<number>();
let alarm: Alarm | undefined;
let tellLate: (() => void) | undefined;

/** One thread that this thread traces. */
export class Tracee {
  readonly tid: number;
  /** Works while the thread is on its way to a stop, for what it may be waiting for itself. */
  readonly #idle: (() => void) | undefined;
  /** Time by performance.now() after which it is left alone. */
  readonly #deadline: number;
  /** Asked at each look: whether it is left alone before that. */
  readonly #isHopeless: (() => boolean) | undefined;
  readonly #scratch = registerFile();

  constructor(tid: number, timeout: number, idle: (() => void) | undefined, isHopeless?: () => boolean) {
    this.tid = tid;
    this.#idle = idle;
    this.#deadline = performance.now() + timeout;
    this.#isHopeless = isHopeless;
  }

  /** Waits for the next stop; 'gone' if the thread ended, 'late' if the time is over. */
  wait(): Stop | 'gone' | 'late' {
    if (this.#idle) return this.#wait();
    alarm?.arm(this.#isHopeless === undefined ? LOOK_MS : CLOSE_LOOK_MS);
    try {
      return this.#wait();
    } finally {
      alarm?.disarm();
    }
  }

  #wait(): Stop | 'gone' | 'late' {
    for (;;) {
      const waited = ptrace.wait(this.tid, this.#idle === undefined);
      if (waited === this.tid) return describe(this.tid);
      if (waited === -errno.ECHILD) return 'gone';
      if (waited === -errno.EINTR && ptrace.getRegisters(this.tid, this.#scratch) === 0) {
        // Stopped, and yet the wait does not end: another thread of this process waited for all children and got it.
        return { at: 'event' };
      }
      // Its end may wait for us: for what it had mapped to be written back, or for a thread beside it that we serve.
      const isEnding = waited === -errno.EINTR && isExiting(this.tid);
      if (isEnding || performance.now() > this.#deadline || this.#isHopeless?.()) {
        abandon(this.tid);
        return isEnding ? 'gone' : 'late';
      }
      this.#idle?.();
    }
  }
}

/** What is needed before a thread is stopped; and releases those that were late. */
export function prepareTracing(): void {
  alarm ??= new Alarm();
  releaseLate();
}

/**
 * Releases the threads that were late, if they have stopped or ended since: how many are left. A thread that has come to its stop
 * stays in it, and the parent of one that has ended does not hear of that, until this is called on the thread that traced it.
 */
export function releaseLate(): number {
  for (const tid of [...abandoned]) {
    const waited = ptrace.wait(tid, false);
    if (waited === 0) continue;
    abandoned.delete(tid);
    if (waited !== tid) continue;
    const stop = describe(tid);
    // A failure: killed at its stop, and to be looked at again when it has ended.
    if (stop !== 'gone' && ptrace.detach(tid, stop.at === 'signal' ? stop.signal : 0) < 0) abandoned.add(tid);
  }
  return abandoned.size;
}

/** Lets a stopped thread go on untraced, with that signal; one that was killed at its stop is buried when it has ended. */
export function detach(tid: number, signal: number): void {
  if (ptrace.detach(tid, signal) < 0) abandon(tid);
}

/** Has `tell` called when there is a thread for releaseLate() to look after. */
export function onLate(tell: () => void): void {
  tellLate = tell;
}

/** Remembers a thread that could not be asked to stop, because it is about to end or in a state that forbids it. */
export function abandon(tid: number): void {
  abandoned.add(tid);
  tellLate?.();
}

/** PF_EXITING (linux/sched.h), among the flags of /proc/PID/stat: the thread is on its way out, and will not stop any more. */
const PF_EXITING = 4;

function isExiting(tid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${tid}/stat`, 'latin1');
    // After the name come the state, five numbers, and the flags (proc(5)).
    return (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[6]) & PF_EXITING) !== 0;
  } catch {
    return false; // it has ended: the wait says so
  }
}

/** What the wait that just returned found. A thread that ended is buried, unless it is a process that we started. */
function describe(tid: number): Stop | 'gone' {
  const state = ptrace.lastState();
  if (!state) {
    if (parentOf(tid) !== process.pid) ptrace.reap(tid);
    return 'gone';
  }
  if (state.event !== 0) return { at: 'event' };
  return state.signal === (SIG.TRAP | 0x80) ? { at: 'call' } : { at: 'signal', signal: state.signal };
}

/** The parent of process `pid`; undefined of a thread that is not the first of its process. */
function parentOf(pid: number): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    const number = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
    return number('Tgid') === pid ? number('PPid') : undefined;
  } catch {
    return undefined;
  }
}
