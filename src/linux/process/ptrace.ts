// ptrace(2), for the thread that makes the calls: the tracer is a thread, not a process, so all calls and waits for a tracee must come from
// one thread.

import { addressOf, libc, result } from '../libc.ts';

const REQUEST = {
  POKEUSER: 6,
  CONT: 7,
  GETREGS: 12,
  SETREGS: 13,
  SYSCALL: 24,
  DETACH: 17,
  SEIZE: 0x4206,
  INTERRUPT: 0x4207,
  GETSIGMASK: 0x420a,
  SETSIGMASK: 0x420b,
} as const;

const PTRACE_O_TRACESYSGOOD = 1;

/** Constants of waitid(2). */
const P_PID = 1;
const WNOHANG = 1;
const WSTOPPED = 2;
const WEXITED = 4;
const WNOWAIT = 0x01000000;
const WALL = 0x40000000;
const CLD_TRAPPED = 4;

const libcPtrace: (request: number, tid: number, address: number, data: number | bigint) => number = libc.func(
  'long ptrace(int, int, int64_t, int64_t)',
);
const libcWaitid: (type: number, id: number, info: number, options: number) => number = libc.func(
  'int waitid(int, int, int64_t, int)',
);

/** struct siginfo of the last wait: si_code is word 2, si_pid word 4, si_status word 6. */
const info = new Int32Array(32);
const infoAddress = addressOf(info);
const mask = new BigUint64Array(1);
const maskAddress = addressOf(mask);

function ptrace(request: number, tid: number, address = 0, data: number | bigint = 0): number {
  return result(libcPtrace(request, tid, address, data));
}

/** Starts tracing a thread without stopping it. EPERM: not allowed, or already traced. */
export function seize(tid: number, options: number = PTRACE_O_TRACESYSGOOD): number {
  return ptrace(REQUEST.SEIZE, tid, 0, options);
}

/** Asks a seized thread to stop when it returns to user space. */
export function interrupt(tid: number): number {
  return ptrace(REQUEST.INTERRUPT, tid);
}

/** Detaches from a stopped thread and delivers that signal to it (0: none). */
export function detach(tid: number, signal = 0): number {
  return ptrace(REQUEST.DETACH, tid, 0, signal);
}

/** Continues a stopped thread until its next stop. */
export function resume(tid: number, signal = 0): number {
  return ptrace(REQUEST.CONT, tid, 0, signal);
}

/** Continues a stopped thread to the next system call entry or exit. */
export function resumeToSyscall(tid: number, signal = 0): number {
  return ptrace(REQUEST.SYSCALL, tid, 0, signal);
}

export function getRegisters(tid: number, into: BigInt64Array): number {
  return ptrace(REQUEST.GETREGS, tid, 0, addressOf(into));
}

export function setRegisters(tid: number, from: BigInt64Array): number {
  return ptrace(REQUEST.SETREGS, tid, 0, addressOf(from));
}

/** Sets one register (a number of REG). */
export function setRegister(tid: number, register: number, value: bigint): number {
  return ptrace(REQUEST.POKEUSER, tid, 8 * register, value);
}

/** The signals that a stopped thread blocks, signal 1 in bit 0; undefined on failure. */
export function getSignalMask(tid: number): bigint | undefined {
  return ptrace(REQUEST.GETSIGMASK, tid, 8, maskAddress) < 0 ? undefined : mask[0]!;
}

export function setSignalMask(tid: number, blocked: bigint): number {
  mask[0] = blocked;
  return ptrace(REQUEST.SETSIGMASK, tid, 8, maskAddress);
}

/**
 * Waits for a tracee (__WALL): returns the thread's id, and lastState() then says what happened; 0 if `block` is false and nothing
 * happened; -errno: EINTR after a signal to this thread, ECHILD if it is not our tracee. The state is not consumed (WNOWAIT): continuing
 * the thread does that, and if we are also the parent of the process, its end must be left to the ChildProcess.
 */
export function wait(tid: number, block = true): number {
  info[4] = 0;
  const options = WSTOPPED | WEXITED | WNOWAIT | WALL | (block ? 0 : WNOHANG);
  const waited = result(libcWaitid(P_PID, tid, infoAddress, options));
  return waited < 0 ? waited : info[4]!;
}

/** Reaps an ended tracee; returns whether there was one. */
export function reap(tid: number): boolean {
  info[4] = 0;
  return libcWaitid(P_PID, tid, infoAddress, WEXITED | WALL | WNOHANG) === 0 && info[4] === tid;
}

/** The result of the last wait: undefined if the thread ended, otherwise why it stopped. */
export function lastState(): { signal: number; event: number } | undefined {
  if (info[2] !== CLD_TRAPPED) return undefined;
  // The signal (at a system call stop: SIGTRAP | 0x80), and the PTRACE_EVENT or 0.
  return { signal: info[6]! & 0xff, event: info[6]! >> 8 };
}
