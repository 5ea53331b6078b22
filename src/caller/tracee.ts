import { registerFile } from '../linux/arch/x86-64/registers.ts';
import { errno } from '../linux/errno.ts';
import { awaitStop } from '../linux/process/examine.ts';
import * as ptrace from '../linux/process/ptrace.ts';
import { readProc } from '../linux/read-proc.ts';
import { lastStop, type Stop } from './last-stop.ts';
import type { Ptracer } from './ptracer.ts';

/** Poll interval of a wait that takes unusually long; a stop normally takes 10 to 100 µs. */
const LOOK_MS = 50;

/** The same for a stop that will probably not come. */
const CLOSE_LOOK_MS = 2;

/** Poll interval if there is no timer to interrupt a wait. */
const PAUSE_MS = 0.05;

export interface WaitLimits {
  /** Milliseconds until we stop waiting for the thread. */
  readonly timeout: number;
  /** Called while we wait for a stop, to serve requests that the thread itself may be waiting for. */
  readonly idle?: (() => void) | undefined;
  /** Called at each poll: whether to stop waiting before the deadline. */
  readonly isHopeless?: () => boolean;
}

/** One thread that this thread traces. */
export class Tracee {
  readonly tid: number;
  readonly ptracer: Ptracer;
  readonly #limits: WaitLimits;
  /** Deadline, by performance.now(): then we stop waiting for the thread. */
  #deadline: number;
  /** Undoes changes to the stopped thread, in case it is released only after we stopped waiting. */
  restore: (() => void) | undefined;

  constructor(ptracer: Ptracer, tid: number, limits: WaitLimits) {
    this.ptracer = ptracer;
    this.tid = tid;
    this.#limits = limits;
    this.#deadline = performance.now() + limits.timeout;
  }

  /** The thread made progress: restarts its time limit. */
  renew(): void {
    this.#deadline = performance.now() + this.#limits.timeout;
  }

  /** Waits for the next stop; 'gone' if the thread ended, 'late' at the deadline. */
  wait(): Stop | 'gone' | 'late' {
    const { idle, isHopeless } = this.#limits;
    if (idle) return this.#wait(idle);
    const { alarm } = this.ptracer;
    if (alarm.error !== 0) return awaitStop(() => this.#wait(pause));
    alarm.arm(isHopeless === undefined ? LOOK_MS : CLOSE_LOOK_MS);
    try {
      return awaitStop(() => this.#wait());
    } finally {
      alarm.disarm();
    }
  }

  /** `idle`: what to do between two checks; without it, the wait blocks, and the alarm interrupts it. */
  #wait(idle?: () => void): Stop | 'gone' | 'late' {
    for (;;) {
      const waited = ptrace.wait(this.tid, idle === undefined);
      if (waited === this.tid) return lastStop(this.tid);
      if (waited === -errno.ECHILD) return 'gone';
      const isLook = waited === -errno.EINTR || idle === pause;
      if (isLook && ptrace.getRegisters(this.tid, scratch) === 0) {
        // It has stopped since the wait. If a second wait does not say so, another thread of this process waited for all children and got
        // this stop.
        return ptrace.wait(this.tid, false) === this.tid ? lastStop(this.tid) : { at: 'event' };
      }
      // Its exit may depend on us: on write-back of a mapping, or on a sibling thread that we serve.
      const isEnding = isLook && isExiting(this.tid);
      if (isEnding || performance.now() > this.#deadline || this.#limits.isHopeless?.()) {
        this.ptracer.abandon(this.tid, this.restore);
        return isEnding ? 'gone' : 'late';
      }
      idle?.();
    }
  }
}

/** Its content is not used: reading the registers succeeds only if the thread is stopped. */
const scratch = registerFile();

const never = new Int32Array(new SharedArrayBuffer(4));

/** For a while without an alarm: less than most stops take. */
function pause(): void {
  Atomics.wait(never, 0, 0, PAUSE_MS);
}

/** PF_EXITING (linux/sched.h), one of the flags in /proc/PID/stat: the thread is exiting and will not stop again. */
const PF_EXITING = 4;

/** False if it has ended: the wait reports that. */
function isExiting(tid: number): boolean {
  const stat = String(readProc(`/proc/${tid}/stat`));
  // The name is followed by the state, five numbers, and the flags (proc(5)).
  return (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[6]) & PF_EXITING) !== 0;
}
