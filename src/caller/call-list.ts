import { readFileSync, statSync } from 'node:fs';
import { readProcessMemory, writeProcessMemory } from '../linux/process-memory.ts';
import { SIG } from '../linux/signals.ts';

/** Another call's result, in place of the first or the fifth argument. */
export interface ResultOf {
  readonly resultOf: number;
}

/** A system call of a list: its number and arguments. */
export interface ListedCall {
  readonly number: number;
  readonly args: readonly (number | bigint | ResultOf)[];
}

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

const WORD = 8;
const ENTRY = 8 * WORD;
const RESULT = 7;
const PAGE = 4096;
/** A page of code, then room for entries. */
export const LIST_BYTES = 17 * PAGE;
/** Calls of one list. */
export const MOST_CALLS = (LIST_BYTES - PAGE) / ENTRY;
/** Arguments that may be another call's result, with the bit that says so. */
const INDIRECT: Readonly<Record<number, bigint>> = { 0: 1n << 32n, 4: 1n << 33n };

/** Milliseconds for which it is believed what a process does with SIGTRAP: asking takes as long as a short list. */
const BELIEF_MS = 1000;

/** Where the code lies in a process. */
interface Place {
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

/** What a list needs of a stopped thread. */
export interface ListRunner {
  readonly tid: number;
  /** Makes one call. */
  call(name: 'mmap' | 'mprotect' | 'munmap', ...args: number[]): bigint;
  /** Lets the thread go on from `start` to a breakpoint, with rbx and rbp; whether it got there. */
  run(start: number, rbx: number, rbp: number): boolean;
}

/** Whether a list may name our own process id in the caller. */
export function knowsOurPid(tid: number): boolean {
  return placeOf(tid)?.knowsOurPid ?? sharesPids(tid);
}

/**
 * Makes calls in a stopped 64-bit thread in one go: their results, up to the first that failed. Undefined: not possible, and none was
 * made. A thread's stop at each call costs more than all calls together, so the code is put into its process once, at the first
 * list, as a mapping of 68 KiB, which stays there.
 */
export function runList(runner: ListRunner, calls: readonly ListedCall[]): bigint[] | undefined {
  const { tid } = runner;
  if (calls.length > MOST_CALLS) return undefined;
  const place = placeOf(tid) ?? install(runner);
  const { address } = place;
  if (address === 0) return undefined;
  if (performance.now() > place.until) {
    if (ignoresTraps(tid)) return undefined;
    place.until = performance.now() + BELIEF_MS;
  }
  const list = address + PAGE;
  const words = new BigInt64Array(calls.length * (ENTRY / WORD));
  for (const [index, { number, args }] of calls.entries()) {
    const at = index * (ENTRY / WORD);
    let head = BigInt(number);
    for (const [position, arg] of args.entries()) {
      if (typeof arg !== 'object') words[at + 1 + position] = BigInt(arg);
      else {
        head |= INDIRECT[position] ?? 0n;
        words[at + 1 + position] = BigInt(list + arg.resultOf * ENTRY + RESULT * WORD);
      }
    }
    words[at] = head;
    words[at + RESULT] = NOT_MADE;
  }
  const bytes = new Uint8Array(words.buffer);
  if (writeProcessMemory(tid, list, bytes, 0, bytes.length) !== bytes.length) return undefined;
  const ended = runner.run(address, list, list + bytes.length);
  // One that is still under way may meet another thread's list: it keeps this place for itself.
  if (!ended) forget(tid);
  if (readProcessMemory(tid, list, bytes, 0, bytes.length) !== bytes.length) return [];
  const results: bigint[] = [];
  for (let index = 0; index < calls.length; index += 1) {
    const result = words[index * (ENTRY / WORD) + RESULT] ?? NOT_MADE;
    if (result === NOT_MADE) break;
    results.push(result);
  }
  return results;
}

/** No system call returns it. */
const NOT_MADE = -(2n ** 63n);

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

function forget(tid: number): void {
  byProcess.delete(byThread.get(tid) ?? 0);
  byThread.delete(tid);
}

const PROT_READ_WRITE = 3;
const PROT_READ_EXEC = 5;
const MAP_PRIVATE_ANONYMOUS = 0x22;

function install(runner: ListRunner): Place {
  const { tid } = runner;
  if (byThread.size >= MOST_PROCESSES) {
    byThread.clear();
    byProcess.clear();
  }
  const process = processOf(tid);
  byThread.set(tid, process);
  const knows = sharesPids(tid);
  let address = Number(runner.call('mmap', 0, LIST_BYTES, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0));
  if (address > 0) {
    const written = writeProcessMemory(tid, address, CODE, 0, CODE.length) === CODE.length;
    if (!written || runner.call('mprotect', address, PAGE, PROT_READ_EXEC) !== 0n) {
      runner.call('munmap', address, LIST_BYTES);
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

/** A breakpoint would make the kernel forget that the program ignores SIGTRAP. */
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
