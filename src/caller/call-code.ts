import { statSync } from 'node:fs';
import { readProcessMemory, writeProcessMemory } from '../linux/process-memory.ts';
import { readProc } from '../linux/read-proc.ts';
import { SIG } from '../linux/signals.ts';
import { threadGroup } from '../linux/thread.ts';
import { CODE } from './arch/x86-64/call-code-bytes.ts';

const PAGE = 4096;
/** A page of code, then room for entries. */
export const LIST_BYTES = 17 * PAGE;
/** Where in it the entries begin. */
export const LIST_OFFSET = PAGE;

/** Threads that are remembered; then all are forgotten, and get the code again. */
const MOST_THREADS = 4096;
/** Where to look for the code: ids are used again, so that it is there is seen before it is believed. */
const processes = new Map<number, number | undefined>();
/** By process; 0: it cannot have it. */
const addresses = new Map<number | undefined, number>();
const found = new Uint8Array(CODE.length);

/** What is needed of a stopped thread to put the code into its process: makes one call in it. */
export interface CodeHost {
  readonly tid: number;
  call(name: 'mmap' | 'mprotect' | 'munmap', ...args: number[]): bigint;
}

/** Whether our own process id means us in the thread, too: not in another pid namespace. */
export function knowsOurPid(tid: number): boolean {
  ourPids ??= statSync('/proc/self/ns/pid', { throwIfNoEntry: false })?.ino;
  return ourPids !== undefined && statSync(`/proc/${tid}/ns/pid`, { throwIfNoEntry: false })?.ino === ourPids;
}

/** A process stays in its pid namespace. */
let ourPids: number | undefined;

/**
 * Where the thread's process has the code: it is put there at the first time, as a mapping that stays. 0: it cannot have it, or may not
 * meet the breakpoint now, for it ignores SIGTRAP, which the kernel would forget.
 */
export function codeIn(host: CodeHost): number {
  const { tid } = host;
  if (ignoresTraps(tid)) return 0;
  if (processes.size >= MOST_THREADS) {
    processes.clear();
    addresses.clear();
  }
  if (!processes.has(tid)) processes.set(tid, threadGroup(tid));
  const process = processes.get(tid);
  const known = addresses.get(process);
  if (known === 0 || (known !== undefined && isThere(tid, known))) return known;
  const address = install(host);
  addresses.set(process, address);
  return address;
}

/** The next list of the process with this code gets a place of its own. */
export function forget(address: number): void {
  for (const [process, place] of addresses) if (place === address) addresses.delete(process);
}

/** Whether the process, which may have become another program, still has the code there. */
function isThere(tid: number, address: number): boolean {
  if (readProcessMemory(tid, address, found, 0, found.length) !== found.length) return false;
  return found.every((byte, index) => byte === CODE[index]);
}

const PROT_READ_WRITE = 3;
const PROT_READ_EXEC = 5;
const MAP_PRIVATE_ANONYMOUS = 0x22;

function install(host: CodeHost): number {
  const { tid } = host;
  const address = Number(host.call('mmap', 0, LIST_BYTES, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0));
  if (address <= 0) return 0;
  const written = writeProcessMemory(tid, address, CODE, 0, CODE.length) === CODE.length;
  if (written && host.call('mprotect', address, PAGE, PROT_READ_EXEC) === 0n) return address;
  host.call('munmap', address, LIST_BYTES);
  return 0;
}

/** The signals that the process ignores are the 33rd field of this file, the 31st after the name (proc(5)). */
const IGNORED = 30;

function ignoresTraps(tid: number): boolean {
  const stat = readProc(`/proc/${tid}/stat`);
  const ignored = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[IGNORED];
  return ignored === undefined || ((Number(ignored) >> (SIG.TRAP - 1)) & 1) === 1;
}
