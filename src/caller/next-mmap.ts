import { readFileSync } from 'node:fs';
import { REG, registerFile } from '../linux/arch/x86-64/registers.ts';
import * as ptrace from '../linux/process/ptrace.ts';
import { readProc } from '../linux/read-proc.ts';
import { type CallInCaller, InjectedCalls } from './injected-call.ts';
import type { Stop } from './last-stop.ts';
import type { Ptracer } from './ptracer.ts';
import { Tracee } from './tracee.ts';

const SYS_MMAP = 9n;
const MAP_ANONYMOUS = 0x20n;
/** mprotect, brk, getpid, gettid, time, clock_gettime. */
const HARMLESS = new Set([10n, 12n, 39n, 186n, 201n, 228n]);
/** write, fstat, writev: harmless unless a FUSE daemon answers them, which may be this thread. */
const OF_DESCRIPTOR = new Set([1n, 5n, 20n]);
/** Most harmless calls before the mmap. */
const MAX_CALLS = 16;
const MAP_SHARED = 1n;
/** Milliseconds to wait for the mmap that follows an ioctl, enough on a busy machine. Other callers wait meanwhile. */
const PATIENCE_MS = 100;
/** After this many nanoseconds of CPU time without a system call, the program is computing and will not map soon. */
const COMPUTES_NS = 2_000_000;
/** Milliseconds for an interrupted thread to stop. */
const TIMEOUT_MS = 2000;

/** An mmap call of a thread. */
export interface MadeMmap {
  readonly fd: number;
  readonly offset: number;
  readonly address: number;
  /** Bytes. */
  readonly length: number;
  /** PROT_* bits. */
  readonly protection: number;
  /** MAP_SHARED. */
  readonly shared: boolean;
}

/** What to do when the next system call of a stopped thread is an mmap. */
export interface NextMmap {
  /** Whether to handle this mmap. */
  wants(fd: number, offset: number): boolean;
  /** Called after the mmap; may make calls in the caller before it returns. Returns a result to replace the address, or undefined. */
  made(call: CallInCaller, mmap: MadeMmap): bigint | undefined;
}

/**
 * Runs a stopped 64-bit thread to the mmap that `next` wants and through it, then detaches. Detaches earlier at any other call that might
 * wait, or lead back to this thread. For drivers whose ioctl only prepares a mapping: FUSE does not report mmap, but programs call it
 * right after the ioctl, or after printing what they got.
 */
export function followToMmap(ptracer: Ptracer, tid: number, signal: number, next: NextMmap): 'done' | 'gone' | 'late' {
  let begin: number | undefined; // read when the wait turns out to be long: reading it takes as long as two stops
  const computes = () => {
    const now = cpuTime(tid);
    begin ??= now;
    return now - begin > COMPUTES_NS;
  };
  const tracee = new Tracee(ptracer, tid, { timeout: PATIENCE_MS, isHopeless: computes });
  const registers = registerFile();
  let held = signal;
  for (let calls = 0; ; calls += 1) {
    ptrace.resumeToSyscall(tid, held);
    held = 0;
    const entry = tracee.wait();
    if (entry === 'gone') return 'gone';
    if (entry === 'late') return interrupted(ptracer, tid);
    if (entry.at !== 'call' || ptrace.getRegisters(tid, registers) < 0) return release(ptracer, tid, entry);
    const [fd, offset] = [Number(registers[REG.R8]!), Number(registers[REG.R9]!)];
    if (registers[REG.ORIG_RAX] === SYS_MMAP && next.wants(fd, offset))
      return throughMmap(ptracer, tid, registers, next);
    if (calls === MAX_CALLS || !isHarmless(tid, registers)) return release(ptracer, tid, entry);
    ptrace.resumeToSyscall(tid);
    const exit = tracee.wait();
    if (exit === 'gone') return 'gone';
    if (exit === 'late') return interrupted(ptracer, tid);
    if (exit.at !== 'call') return release(ptracer, tid, exit);
  }
}

/** At the entry of the mmap: lets it run, then calls `next`. */
function throughMmap(
  ptracer: Ptracer,
  tid: number,
  registers: BigInt64Array,
  next: NextMmap,
): 'done' | 'gone' | 'late' {
  const [fd, offset] = [Number(registers[REG.R8]!), Number(registers[REG.R9]!)];
  ptrace.resumeToSyscall(tid);
  const exit = new Tracee(ptracer, tid, { timeout: TIMEOUT_MS }).wait();
  if (typeof exit === 'string') return exit;
  if (exit.at !== 'call' || ptrace.getRegisters(tid, registers) < 0) return release(ptracer, tid, exit);
  const address = Number(registers[REG.RAX]!);
  const calls =
    address > 0 ? InjectedCalls.begin(new Tracee(ptracer, tid, { timeout: TIMEOUT_MS }), registers, 0) : undefined;
  if (calls === undefined) return release(ptracer, tid, exit);
  const [length, protection] = [Number(registers[REG.RSI]!), Number(registers[REG.RDX]!)];
  const shared = (registers[REG.R10]! & MAP_SHARED) !== 0n;
  let result: bigint | undefined;
  try {
    result = next.made(calls.call, { fd, offset, address, length, protection, shared });
  } finally {
    calls.end(result);
    if (!calls.failure) ptracer.detach(tid, calls.signal);
  }
  return calls.failure ?? 'done';
}

/** Whether a call returns soon without asking a file system: those that printf and malloc make. */
function isHarmless(tid: number, registers: BigInt64Array): boolean {
  const number = registers[REG.ORIG_RAX]!;
  if (number === SYS_MMAP) return (registers[REG.R10]! & MAP_ANONYMOUS) !== 0n;
  if (!OF_DESCRIPTOR.has(number)) return HARMLESS.has(number);
  try {
    const mount = /^mnt_id:\s+(\d+)/m.exec(readFileSync(`/proc/${tid}/fdinfo/${registers[REG.RDI]}`, 'latin1'))?.[1];
    const mounts = readFileSync(`/proc/${tid}/mountinfo`, 'latin1').split('\n');
    const ofFile = mounts.find((line) => line.startsWith(`${mount} `)) ?? ''; // a pipe is in none of them
    return !/ - fuse/.test(ofFile);
  } catch {
    return false;
  }
}

/** CPU time of a thread in nanoseconds (proc(5): schedstat); NaN if the kernel does not count it. */
function cpuTime(tid: number): number {
  return Number.parseInt(String(readProc(`/proc/${tid}/schedstat`)), 10);
}

/** Stops a thread that computes or waits for something else. */
function interrupted(ptracer: Ptracer, tid: number): 'done' | 'gone' | 'late' {
  ptrace.interrupt(tid);
  const stop = new Tracee(ptracer, tid, { timeout: TIMEOUT_MS }).wait();
  return typeof stop === 'string' ? stop : release(ptracer, tid, stop);
}

function release(ptracer: Ptracer, tid: number, stop: Stop): 'done' {
  ptracer.detach(tid, stop.at === 'signal' ? stop.signal : 0);
  return 'done';
}
