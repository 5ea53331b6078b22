import { Alarm } from '../linux/alarm.ts';
import { registerFile } from '../linux/arch/x86-64/registers.ts';
import * as ptrace from '../linux/process/ptrace.ts';
import { SIG } from '../linux/signals.ts';
import { CallCode } from './call-code.ts';
import { lastStop } from './last-stop.ts';

/**
 * The calling thread as a ptracer of callers. The kernel ties a traced thread to the thread that traces it, so each thread that stops
 * callers has one Ptracer, and uses it itself.
 */
export class Ptracer {
  /** The code in callers that runs lists of calls. */
  readonly code = new CallCode();
  /** Threads that are still traced although we stopped waiting for them, with what undoes our changes to each. */
  readonly #late = new Map<number, (() => void) | undefined>();
  readonly #onLate: (() => void) | undefined;
  /** Buffers that no stop uses now. */
  readonly #registers: BigInt64Array[] = [];
  #alarm: Alarm | undefined;

  /** `onLate` is called when releaseLate() gets a thread to release. */
  constructor(onLate?: () => void) {
    this.#onLate = onLate;
  }

  /** Interrupts waits of this thread that take unusually long. */
  get alarm(): Alarm {
    this.#alarm ??= new Alarm();
    return this.#alarm;
  }

  /** A buffer for registers, to be given back after use: making one takes longer than a system call. */
  takeRegisters(): BigInt64Array {
    return this.#registers.pop() ?? registerFile();
  }

  giveRegistersBack(registers: BigInt64Array): void {
    this.#registers.push(registers);
  }

  /**
   * Releases late threads that have stopped or ended since; returns how many are left. Until this is called, a stopped thread stays
   * stopped, and the parent of an ended one is not notified.
   */
  releaseLate(): number {
    for (const [tid, restore] of [...this.#late]) {
      const waited = ptrace.wait(tid, false);
      if (waited === 0) continue;
      this.#late.delete(tid);
      if (waited !== tid) continue;
      const stop = lastStop(tid);
      if (stop === 'gone') continue;
      if (restore !== undefined) restore();
      // If the thread ran our code, this signal came from our breakpoint.
      const isOurs = restore !== undefined && stop.at === 'signal' && stop.signal === SIG.TRAP;
      // On failure, the thread was killed at its stop: look again when it has ended.
      if (ptrace.detach(tid, stop.at === 'signal' && !isOurs ? stop.signal : 0) < 0) this.#late.set(tid, undefined);
    }
    return this.#late.size;
  }

  /** Detaches from a stopped thread, with that signal. A thread that was killed at its stop is reaped when it has ended. */
  detach(tid: number, signal: number): void {
    if (ptrace.detach(tid, signal) < 0) this.abandon(tid);
  }

  /** Remembers a thread that could not be interrupted, because it is about to end or in a state that forbids it. */
  abandon(tid: number, restore?: () => void): void {
    this.#late.set(tid, restore);
    this.#onLate?.();
  }
}
