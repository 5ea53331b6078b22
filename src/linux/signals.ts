import { SYS } from './arch/x86-64/system-calls.ts';
import { addressOf, libc, result, symbolAddress, systemCall } from './libc.ts';

export const SIG = { INT: 2, TRAP: 5, KILL: 9, PIPE: 13, TERM: 15, CHLD: 17, CONT: 18, STOP: 19 } as const;

/**
 * SIGSTKFLT, used only to wake a blocked thread: Linux never sends it, and Node, V8 and the C library do not use it. It must not be a
 * real-time signal: those queue up in a thread that cannot take them, until no process of the user can set a timer.
 */
export const WAKE_SIGNAL = 16;

/** The highest signal number. */
const LAST_SIGNAL = 64;

const SA_NOCLDSTOP = 1;
/** The C library's struct sigaction on x86-64: handler, a mask of 128 bytes, flags, restorer. */
const ACTION = { size: 152, handler: 0, flags: 136 };

const libcSigaction: (signal: number, action: number, old: number) => number = libc.func(
  'int sigaction(int, int64_t, int64_t)',
);

const action = new DataView(new ArrayBuffer(ACTION.size));
const actionAddress = addressOf(action);

/**
 * Gives `signal` an empty handler without SA_RESTART in the whole process. The signal then makes a blocked system call return EINTR. The
 * handler is the C library's `abs`, which takes the signal's number, has no side effects, and never enters JavaScript. 0 or -errno.
 */
export function installWakeSignal(signal: number = WAKE_SIGNAL): number {
  new Uint8Array(action.buffer).fill(0);
  action.setBigUint64(ACTION.handler, symbolAddress('abs'), true);
  return result(libcSigaction(signal, actionAddress, 0));
}

/** Sends a signal to one thread of a process (process.pid and a gettid() of ours, to wake a worker); 0 or -errno. */
export function tgkill(pid: number, tid: number, signal: number = WAKE_SIGNAL): number {
  return systemCall(SYS.tgkill, pid, tid, signal);
}

/**
 * Suppresses SIGCHLD for children that stop, but not for children that end. At every SIGCHLD libuv waits for each child with WNOHANG, and
 * would mistake a ptrace stop that another thread is about to collect for the child's end. libuv reinstalls its handler occasionally, so
 * this is called before each stop (0.3 µs).
 */
export function silenceChildStops(): void {
  if (libcSigaction(SIG.CHLD, 0, actionAddress) !== 0) return;
  const flags = action.getInt32(ACTION.flags, true);
  if (flags & SA_NOCLDSTOP || action.getBigUint64(ACTION.handler, true) === 0n) return;
  action.setInt32(ACTION.flags, flags | SA_NOCLDSTOP, true);
  libcSigaction(SIG.CHLD, actionAddress, 0);
}

/**
 * Resets every signal to its default disposition, or to ignored if named, and unblocks all, as a program expects. Node ignores
 * SIGPIPE, and an ignored signal stays ignored across execve. Must be called right before execve, since Node does not work
 * properly afterwards.
 */
export function resetSignals(ignored: readonly number[] = []): void {
  // struct sigaction as the kernel has it: handler, flags, restorer, mask; all zero is SIG_DFL, a handler of 1 SIG_IGN. Made
  // directly because the C library refuses its own two signals.
  const zero = new Uint8Array(32);
  const ignore = new Uint8Array(32);
  ignore[0] = 1;
  for (let signal = 1; signal <= LAST_SIGNAL; signal++) {
    if (signal !== SIG.KILL && signal !== SIG.STOP)
      systemCall(SYS.rt_sigaction, signal, addressOf(ignored.includes(signal) ? ignore : zero), 0, 8);
  }
  const SIG_SETMASK = 2;
  systemCall(SYS.rt_sigprocmask, SIG_SETMASK, addressOf(zero), 0, 8);
}
