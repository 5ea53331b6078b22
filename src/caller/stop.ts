import { REG } from '../linux/arch/x86-64/registers.ts';
import { errnoName } from '../linux/errno.ts';
import * as ptrace from '../linux/process/ptrace.ts';
import { silenceChildStops } from '../linux/signals.ts';
import { type CallInCaller, InjectedCalls, isRestart } from './injected-call.ts';
import type { Stop } from './last-stop.ts';
import { followToMmap, type NextMmap } from './next-mmap.ts';
import type { Ptracer } from './ptracer.ts';
import { Tracee } from './tracee.ts';

/** Milliseconds for the reply to reach the caller and for each call made in it; typically 0.06. */
const TIMEOUT_MS = 2000;

export interface FinishOptions {
  /** The result of the system call, all 64 bits: -38n is ENOSYS. A 32-bit program sees the lower half. */
  setReturn?: bigint;
  /** The same, called after `run`; undefined keeps the result. */
  returnAfter?: () => bigint | undefined;
  /** Follows the thread to its next mmap, if that comes soon; excludes the fields above. */
  nextMmap?: NextMmap;
  /** Makes system calls in the caller, before its own returns. */
  run?: (call: CallInCaller) => void;
  /**
   * Called repeatedly while the caller runs, instead of sleeping. Needed if a call made in the caller leads back to this thread, such as
   * opening a file of our own mount.
   */
  idle?: () => void;
  /** Milliseconds. */
  timeout?: number;
}

/**
 * `done`: success. `gone`: the thread ended. `refused`: it was not in a system call (or, with `run`, not in one that can be repeated), and
 * was released unchanged. `late`: it did not stop in time; the ptracer's next stopCaller or releaseLate releases it, unchanged or, if it was making
 * calls for us, with ENOMEM from its own call.
 */
export type Finished = 'done' | 'gone' | 'refused' | 'late';

export interface StoppedCaller {
  readonly tid: number;
  /** Waits until the thread is about to return to user space, changes it and releases it. Must be called exactly once. */
  finish(options?: FinishOptions): Finished;
}

/**
 * Asks a thread that waits in a system call to stop when that call returns. Must be called before the call is answered: after the
 * answer the thread might be anywhere. Undefined if it cannot be traced: it has another ptracer, we lack the right, or it has ended;
 * `onFailure` then gets the reason in words. `finish` must be called on the same thread, which is the ptracer's. Both together cost 20 to 60 µs.
 *
 * A FUSE file system cannot make an ioctl return ENOSYS (Linux turns it into ENOTTY) or more than 32 bits, and it cannot map memory into
 * its caller. A thread that is stopped at the exit of the call can be given any result.
 */
export function stopCaller(
  ptracer: Ptracer,
  tid: number,
  onFailure?: (reason: string) => void,
): StoppedCaller | undefined {
  ptracer.releaseLate();
  silenceChildStops();
  const seized = ptrace.seize(tid);
  if (seized < 0) {
    onFailure?.(`cannot trace thread ${tid}: ${errnoName(seized)}`);
    return undefined;
  }
  const interrupted = ptrace.interrupt(tid);
  if (interrupted < 0) {
    ptracer.abandon(tid);
    onFailure?.(`cannot stop thread ${tid}: ${errnoName(interrupted)}`);
    return undefined;
  }
  return {
    tid,
    finish(options = {}) {
      const registers = ptracer.takeRegisters();
      const finished = finish(ptracer, tid, registers, options);
      if (finished === 'done' || finished === 'refused') ptracer.giveRegistersBack(registers); // a late thread still needs them
      return finished;
    },
  };
}

function finish(ptracer: Ptracer, tid: number, registers: BigInt64Array, options: FinishOptions): Finished {
  const { timeout = TIMEOUT_MS, idle } = options;
  const tracee = new Tracee(ptracer, tid, { timeout, idle });
  const stop = tracee.wait();
  if (typeof stop === 'string') return stop;
  if (ptrace.getRegisters(tid, registers) < 0) return ended(tracee);

  // Outside of a system call the kernel keeps -1 here.
  if (registers[REG.ORIG_RAX]! < 0n) return release(tracee, stop, 'refused');
  if (options.nextMmap) return followToMmap(ptracer, tid, stop.at === 'signal' ? stop.signal : 0, options.nextMmap);
  if (options.run)
    return runCalls(tracee, stop, registers, options.run, options.returnAfter ?? (() => options.setReturn));
  if (options.setReturn !== undefined) {
    ptrace.setRegister(tid, REG.RAX, options.setReturn);
    // The kernel interprets some results as restart codes, unless there was no call.
    if (isRestart(options.setReturn)) ptrace.setRegister(tid, REG.ORIG_RAX, -1n);
  }
  return release(tracee, stop, 'done');
}

function runCalls(
  tracee: Tracee,
  stop: Stop,
  registers: BigInt64Array,
  run: (call: CallInCaller) => void,
  result: () => bigint | undefined,
): Finished {
  const calls = InjectedCalls.begin(tracee, registers, stop.at === 'signal' ? stop.signal : 0);
  if (!calls) {
    const value = result();
    if (value !== undefined) ptrace.setRegister(tracee.tid, REG.RAX, value);
    return release(tracee, stop, 'refused');
  }
  try {
    run(calls.call);
  } finally {
    calls.end(result());
    if (!calls.failure) tracee.ptracer.detach(tracee.tid, calls.signal);
  }
  return calls.failure ?? 'done';
}

/** Detaches from the thread, and delivers the pending signal. */
function release(tracee: Tracee, stop: Stop, finished: Finished): Finished {
  const detached = ptrace.detach(tracee.tid, stop.at === 'signal' ? stop.signal : 0);
  return detached < 0 ? ended(tracee) : finished;
}

/** A stopped thread that no longer responds is being killed. Waits for its end: only its ptracer can. */
function ended(tracee: Tracee): Finished {
  const stop = tracee.wait();
  return stop === 'late' ? 'late' : 'gone';
}
