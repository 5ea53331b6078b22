import * as ptrace from '../linux/ptrace.ts';
import { REG } from '../linux/ptrace.ts';
import { type CallInCaller, InjectedCalls } from './injected-call.ts';
import { type Stop, Tracee } from './tracee.ts';

const SYS_MMAP = 9n;
/** Milliseconds in which a program makes its next system call, if it is the mmap that belongs to its ioctl. */
const PATIENCE_MS = 50;
/** Milliseconds for a thread to stop that is interrupted. */
const TIMEOUT_MS = 2000;

/** An mmap that a thread has made. */
export interface MadeMmap {
  readonly fd: number;
  readonly offset: number;
  readonly address: number;
  /** Bytes. */
  readonly length: number;
  /** PROT_* bits. */
  readonly protection: number;
}

/** What to do when the next system call of a stopped thread is an mmap. */
export interface NextMmap {
  /** Whether it is of interest. */
  wants(fd: number, offset: number): boolean;
  /** It was made; calls are made in the caller before it returns. */
  made(call: CallInCaller, mmap: MadeMmap): void;
}

/**
 * Lets a stopped 64-bit thread go on to its next system call, and if that is the mmap that `next` wants, beyond it; then lets it
 * go for good. For drivers whose ioctl only prepares a mapping: FUSE does not tell of mmap, but libraries make it right behind.
 */
export function followToMmap(tid: number, signal: number, next: NextMmap): 'done' | 'gone' | 'late' {
  const tracee = new Tracee(tid, PATIENCE_MS, undefined);
  const registers = ptrace.registerFile();
  ptrace.resumeToSyscall(tid, signal);
  const entry = tracee.wait();
  if (entry === 'gone') return 'gone';
  if (entry === 'late') return interrupted(tid);
  if (entry.at !== 'call' || ptrace.getRegisters(tid, registers) < 0) return letGo(tid, entry);
  const [fd, offset] = [Number(registers[REG.R8]!), Number(registers[REG.R9]!)];
  if (registers[REG.ORIG_RAX] !== SYS_MMAP || !next.wants(fd, offset)) return letGo(tid, entry);
  ptrace.resumeToSyscall(tid);
  const exit = new Tracee(tid, TIMEOUT_MS, undefined).wait();
  if (typeof exit === 'string') return exit;
  if (exit.at !== 'call' || ptrace.getRegisters(tid, registers) < 0) return letGo(tid, exit);
  const address = Number(registers[REG.RAX]!);
  const calls = address > 0 ? InjectedCalls.begin(new Tracee(tid, TIMEOUT_MS, undefined), registers, 0) : undefined;
  if (calls === undefined) return letGo(tid, exit);
  const [length, protection] = [Number(registers[REG.RSI]!), Number(registers[REG.RDX]!)];
  try {
    next.made(calls.call, { fd, offset, address, length, protection });
  } finally {
    calls.end(undefined);
    if (!calls.failure) ptrace.detach(tid, calls.signal);
  }
  return calls.failure ?? 'done';
}

/** It computes instead, or waits for something: stopped wherever it is. */
function interrupted(tid: number): 'done' | 'gone' | 'late' {
  ptrace.interrupt(tid);
  const stop = new Tracee(tid, TIMEOUT_MS, undefined).wait();
  return typeof stop === 'string' ? stop : letGo(tid, stop);
}

function letGo(tid: number, stop: Stop): 'done' {
  ptrace.detach(tid, stop.at === 'signal' ? stop.signal : 0);
  return 'done';
}
