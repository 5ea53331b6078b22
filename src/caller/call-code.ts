import { fileAt } from '../linux/open-file.ts';
import { PAGE_SIZE } from '../linux/page-size.ts';
import { readProcessMemory, writeProcessMemory } from '../linux/process/process-memory.ts';
import { threadGroup } from '../linux/thread.ts';
import { CODE } from './arch/x86-64/call-code-bytes.ts';

/** Size of the mapping: a page of code, then space for entries. */
export const LIST_BYTES = 17 * PAGE_SIZE;
/** Offset of the entries in the mapping. */
export const LIST_OFFSET = PAGE_SIZE;

/** Most threads to remember. Beyond that the tables are cleared, and processes get the code again. */
const MOST_THREADS = 4096;
const found = new Uint8Array(CODE.length);

/** Makes one system call in the stopped thread; used to put the code into its process. */
export interface CodeHost {
  readonly tid: number;
  call(name: 'mmap' | 'mprotect' | 'munmap', ...args: number[]): bigint;
}

/** Inode of our pid namespace, cached since a process never leaves it. */
let ourPids: number | undefined;

/** Whether the thread sees us under our own process id: not if it is in another pid namespace. */
export function knowsOurPid(tid: number): boolean {
  ourPids ??= fileAt('/proc/self/ns/pid')?.inode;
  return ourPids !== undefined && fileAt(`/proc/${tid}/ns/pid`)?.inode === ourPids;
}

/** The code that this thread has put into callers. */
export class CallCode {
  /** Processes by thread. Ids are reused, so each use of an address first checks that the code is there. */
  readonly #processes = new Map<number, number | undefined>();
  /** Addresses of the code by process; 0: it cannot be put there. */
  readonly #addresses = new Map<number | undefined, number>();

  /** The address of the code in the thread's process. The first call puts it there, in a permanent mapping. 0: that is not possible. */
  in(host: CodeHost): number {
    const { tid } = host;
    if (this.#processes.size >= MOST_THREADS) {
      this.#processes.clear();
      this.#addresses.clear();
    }
    if (!this.#processes.has(tid)) this.#processes.set(tid, threadGroup(tid));
    const process = this.#processes.get(tid);
    const known = this.#addresses.get(process);
    if (known === 0 || (known !== undefined && isThere(tid, known))) return known;
    const address = install(host);
    this.#addresses.set(process, address);
    return address;
  }

  /** Gives the next list of the process with this code a separate mapping. */
  forget(address: number): void {
    for (const [process, place] of this.#addresses) if (place === address) this.#addresses.delete(process);
  }
}

/** Whether the code is still there: the process may have called execve. */
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
  if (written && host.call('mprotect', address, PAGE_SIZE, PROT_READ_EXEC) === 0n) return address;
  host.call('munmap', address, LIST_BYTES);
  return 0;
}
