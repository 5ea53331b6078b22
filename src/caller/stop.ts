import { REG, registerFile } from '../linux/arch/x86-64/registers.ts';
import { errnoName } from '../linux/errno.ts';
import * as ptrace from '../linux/ptrace.ts';
import { silenceChildStops } from '../linux/signals.ts';
import { type CallInCaller, InjectedCalls, isRestart } from './injected-call.ts';
import { followToMmap, type NextMmap } from './next-mmap.ts';
import { abandon, detach, prepareTracing, type Stop, Tracee } from './tracee.ts';

/** Milliseconds for the reply to reach the caller and for each call made in it; usual are 0.06. */
const TIMEOUT_MS = 2000;

export interface FinishOptions {
  /** What the system call returns, all 64 bits: -38n is ENOSYS. A 32-bit program sees the lower half. */
  setReturn?: bigint;
  /** The same, asked after `run`; undefined leaves the result as it is. */
  returnAfter?: () => bigint | undefined;
  /** The thread is followed to its next mmap, if that is near; not together with the above. */
  nextMmap?: NextMmap;
  /** Makes system calls in the caller, before its own returns. */
  run?: (call: CallInCaller) => void;
  /**
   * Called again and again while the caller is under way, instead of sleeping. Needed where a call made in the caller leads
   * back to this thread, as opening a file of our own mount does.
   */
  idle?: () => void;
  /** Milliseconds. */
  timeout?: number;
}

/**
 * `done`; `gone`: the thread ended; `refused`: it was not in a system call (or not one that can be repeated, with `run`), and
 * was let go unchanged; `late`: it did not stop in time: the next stopCaller or releaseLate lets it go unchanged.
 */
export type Finished = 'done' | 'gone' | 'refused' | 'late';

export interface StoppedCaller {
  readonly tid: number;
  /** Waits until the thread is on its way back to user space, changes it and lets it go. To be called once, in any case. */
  finish(options?: FinishOptions): Finished;
}

/**
 * Asks a thread that waits in a system call to stop when that call returns. To be called before the call is answered: after the
 * answer the thread might be anywhere. Undefined where it cannot be traced: traced by another already, no right to, or ended;
 * `onFailure` then gets the reason in words. `finish` must be called on the same thread. Both together cost 20 to 60 µs.
 *
 * Why so: a FUSE file system cannot make an ioctl return ENOSYS (Linux turns it into ENOTTY), nor more than 32 bits, nor can
 * it map memory into its caller. A thread that is stopped on its way out of the call can be given any result.
 */
export function stopCaller(tid: number, onFailure?: (reason: string) => void): StoppedCaller | undefined {
  prepareTracing();
  silenceChildStops();
  const seized = ptrace.seize(tid);
  if (seized < 0) {
    onFailure?.(`cannot trace thread ${tid}: ${errnoName(seized)}`);
    return undefined;
  }
  const interrupted = ptrace.interrupt(tid);
  if (interrupted < 0) {
    abandon(tid);
    onFailure?.(`cannot stop thread ${tid}: ${errnoName(interrupted)}`);
    return undefined;
  }
  return { tid, finish: (options = {}) => finish(tid, options) };
}

function finish(tid: number, options: FinishOptions): Finished {
  const tracee = new Tracee(tid, options.timeout ?? TIMEOUT_MS, options.idle);
  const stop = tracee.wait();
  if (typeof stop === 'string') return stop;
  const registers = registerFile();
  if (ptrace.getRegisters(tid, registers) < 0) return ended(tracee);

  // Outside of a system call the kernel keeps -1 here.
  if (registers[REG.ORIG_RAX]! < 0n) return letGo(tracee, stop, 'refused');
  if (options.nextMmap) return followToMmap(tid, stop.at === 'signal' ? stop.signal : 0, options.nextMmap);
  if (options.run)
    return runCalls(tracee, stop, registers, options.run, options.returnAfter ?? (() => options.setReturn));
  if (options.setReturn !== undefined) {
    ptrace.setRegister(tid, REG.RAX, options.setReturn);
    // The kernel takes some results for its own notes that the call is to be made again, unless there was no call.
    if (isRestart(options.setReturn)) ptrace.setRegister(tid, REG.ORIG_RAX, -1n);
  }
  return letGo(tracee, stop, 'done');
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
    return letGo(tracee, stop, 'refused');
  }
  try {
    run(calls.call);
  } finally {
    calls.end(result());
    if (!calls.failure) detach(tracee.tid, calls.signal);
  }
  return calls.failure ?? 'done';
}

/** Ends the tracing. A signal that was about to be delivered is. */
function letGo(tracee: Tracee, stop: Stop, finished: Finished): Finished {
  const detached = ptrace.detach(tracee.tid, stop.at === 'signal' ? stop.signal : 0);
  return detached < 0 ? ended(tracee) : finished;
}

/** A stopped thread that cannot be asked any more is being killed: waits for its end, for nobody else can. */
function ended(tracee: Tracee): Finished {
  const stop = tracee.wait();
  return stop === 'late' ? 'late' : 'gone';
}
