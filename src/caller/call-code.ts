import { readFileSync, statSync } from 'node:fs';
import { readProcessMemory, writeProcessMemory } from '../linux/process-memory.ts';
import { SIG } from '../linux/signals.ts';

/**
 * Makes the calls of a list, until one fails: rbx is the first entry, rbp the end of the last. An entry is eight words: the number
 * with two bits above it, six arguments, the result. Position-independent; ends in a breakpoint.
 */
const CODE = Uint8Array.from(
  [
    '48 39 eb 73 40', //          1: cmp rbx, rbp; jae 4f
    '48 8b 03 48 8b 7b 08', //       mov rax, [rbx]; mov rdi, [rbx + 8]
    '48 8b 73 10 48 8b 53 18', //    mov rsi, [rbx + 16]; mov rdx, [rbx + 24]
    '4c 8b 53 20 4c 8b 43 28', //    mov r10, [rbx + 32]; mov r8, [rbx + 40]
    '4c 8b 4b 30', //                mov r9, [rbx + 48]
    '48 0f ba e0 20 73 03', //       bt rax, 32; jnc 2f
    '48 8b 3f', //                   mov rdi, [rdi]
    '48 0f ba e0 21 73 03', //    2: bt rax, 33; jnc 3f
    '4d 8b 00', //                   mov r8, [r8]
    '89 c0 0f 05', //             3: mov eax, eax; syscall
    '48 89 43 38 48 83 c3 40', //    mov [rbx + 56], rax; add rbx, 64
    '48 85 c0 79 bb cc', //          test rax, rax; jns 1b; 4: int3
  ].flatMap((line) => line.split(' ').map((byte) => Number.parseInt(byte, 16))),
);

const PAGE = 4096;
/** A page of code, then room for entries. */
export const LIST_BYTES = 17 * PAGE;
/** Where in it the entries begin. */
export const LIST_OFFSET = PAGE;

/** Milliseconds for which it is believed what a process does with SIGTRAP: asking takes as long as a short list. */
const BELIEF_MS = 1000;

/** Where the code lies in a process. */
export interface Place {
  /** 0: it cannot have it. */
  readonly address: number;
  /** Time by performance.now() until which it may be used without asking whether the process ignores SIGTRAP. */
  until: number;
  /** It counts process ids as we do, so ours means us there. */
  readonly knowsOurPid: boolean;
}

/** Processes that are remembered; then all are forgotten, and get the code again. */
const MOST_PROCESSES = 4096;
const byThread = new Map<number, number>();
const byProcess = new Map<number, Place>();
const found = new Uint8Array(CODE.length);

/** What is needed of a stopped thread to put the code into its process: makes one call in it. */
export interface CodeHost {
  readonly tid: number;
  call(name: 'mmap' | 'mprotect' | 'munmap', ...args: number[]): bigint;
}

/** Whether a list may name our own process id in the caller. */
export function knowsOurPid(tid: number): boolean {
  return placeOf(tid)?.knowsOurPid ?? sharesPids(tid);
}

/** Where the thread's process has the code: it is put there at the first time, as a mapping that stays. */
export function codeIn(host: CodeHost): Place {
  return placeOf(host.tid) ?? install(host);
}

/** Whether a breakpoint may be met in the thread: not where the program ignores SIGTRAP, for the kernel would forget that. */
export function mayTrap(tid: number, place: Place): boolean {
  if (performance.now() <= place.until) return true;
  if (ignoresTraps(tid)) return false;
  place.until = performance.now() + BELIEF_MS;
  return true;
}

/** Where the thread's process has the code, if it is still there: the process may have become another program. */
function placeOf(tid: number): Place | undefined {
  let process = byThread.get(tid);
  if (process === undefined) {
    process = processOf(tid);
    byThread.set(tid, process);
  }
  const place = byProcess.get(process);
  if (place === undefined || place.address === 0) return place;
  if (readProcessMemory(tid, place.address, found, 0, found.length) === found.length) {
    if (found.every((byte, index) => byte === CODE[index])) return place;
  }
  forget(tid);
  return undefined;
}

/** The next list gets a place of its own. */
export function forget(tid: number): void {
  byProcess.delete(byThread.get(tid) ?? 0);
  byThread.delete(tid);
}

const PROT_READ_WRITE = 3;
const PROT_READ_EXEC = 5;
const MAP_PRIVATE_ANONYMOUS = 0x22;

function install(host: CodeHost): Place {
  const { tid } = host;
  if (byThread.size >= MOST_PROCESSES) {
    byThread.clear();
    byProcess.clear();
  }
  const process = processOf(tid);
  byThread.set(tid, process);
  const knows = sharesPids(tid);
  let address = Number(host.call('mmap', 0, LIST_BYTES, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0));
  if (address > 0) {
    const written = writeProcessMemory(tid, address, CODE, 0, CODE.length) === CODE.length;
    if (!written || host.call('mprotect', address, PAGE, PROT_READ_EXEC) !== 0n) {
      host.call('munmap', address, LIST_BYTES);
      address = 0;
    }
  }
  const place = { address: Math.max(0, address), until: 0, knowsOurPid: knows };
  byProcess.set(process, place);
  return place;
}

function processOf(tid: number): number {
  return Number(/^Tgid:\s+(\d+)/m.exec(statusOf(tid))?.[1] ?? tid);
}

function ignoresTraps(tid: number): boolean {
  const ignored = /^SigIgn:\s+([0-9a-f]+)/m.exec(statusOf(tid))?.[1];
  return ignored === undefined || ((BigInt(`0x${ignored}`) >> BigInt(SIG.TRAP - 1)) & 1n) === 1n;
}

function statusOf(tid: number): string {
  try {
    return readFileSync(`/proc/${tid}/status`, 'latin1');
  } catch {
    return '';
  }
}

function sharesPids(tid: number): boolean {
  const ours = statSync('/proc/self/ns/pid', { throwIfNoEntry: false });
  return ours !== undefined && statSync(`/proc/${tid}/ns/pid`, { throwIfNoEntry: false })?.ino === ours.ino;
}
