import { errno } from '../linux/errno.ts';
import { readProcessMemory, writeProcessMemory } from '../linux/process-memory.ts';
import type { GuestMemory } from '../xen/call/guest-memory.ts';
import { CallerPages, type RefusedPage } from './pages.ts';

/** End of user space on x86-64 with four-level paging, as in xen/call/guest-memory.ts, of which only types may be imported. */
const USER_ADDRESS_LIMIT = 2 ** 47;

export interface CallerMemoryOptions {
  /**
   * Copy only where Xen could have copied without faulting a page in. A request's first copy takes 3.1 µs instead of 0.8, the
   * others 1.4; a write to a shared mapping 25, for it looks into /proc/TID/maps.
   */
  strict?: boolean;
  /** Told of each page that `strict` refused. */
  onRefused?: (page: RefusedPage) => void;
}

/** A call whose caller may end, or become another program, before it is answered; FUSE's callers do not. */
export interface UnheldCall {
  /** Whether the caller has waited without a break until now. */
  stillWaits(): boolean;
}

/**
 * The memory of the process whose thread is attached. One object serves one caller after another and allocates nothing, so
 * it must not be kept past the request. A process that ended, or that may not be read, copies 0 bytes.
 */
export class CallerMemory implements GuestMemory {
  /** Thread id of the caller; 0: nobody, and nothing is copied. */
  tid = 0;
  readonly #pages: CallerPages | undefined;
  #call: UnheldCall | undefined;
  #isFirst = true;
  #forbidden = false;

  constructor(options: CallerMemoryOptions = {}) {
    this.#pages = options.strict ? new CallerPages(options.onRefused) : undefined;
  }

  /**
   * Whether the first copy of a loose call was forbidden: it should come in the way that holds callers fast. Nothing has been
   * copied then.
   */
  get forbidden(): boolean {
    return this.#forbidden;
  }

  /**
   * Turns to the process of thread `tid`. Needed anew for each request: the process may have called execve since. With `call`,
   * what was read counts only if the caller still waits after it, and nothing is written to one that does not.
   */
  attach(tid: number, call?: UnheldCall): this {
    this.tid = tid;
    this.#call = call;
    this.#isFirst = true;
    this.#forbidden = false;
    this.#pages?.attach(tid);
    return this;
  }

  /** Copies as the hypervisor would: with `strict`, only from pages that are present. */
  read(address: number, into: Uint8Array, offset: number, length: number): number {
    const possible = this.#within(address, length);
    const allowed = this.#pages && possible > 0 ? this.#pages.readable(address, possible) : possible;
    return this.#read(address, into, offset, allowed);
  }

  /** Copies as the hypervisor would: with `strict`, only to pages that are present and writable without a fault. */
  write(address: number, from: Uint8Array, offset: number, length: number): number {
    const possible = this.#within(address, length);
    const allowed = this.#pages && possible > 0 ? this.#pages.writable(address, possible) : possible;
    return this.#write(address, from, offset, allowed);
  }

  /**
   * Copies as Linux's copy_from_user does, `strict` or not: an absent page is faulted in. For what drivers copy: the number and
   * arguments of a call.
   */
  copyFromUser(address: number, into: Uint8Array, offset: number, length: number): number {
    return this.#read(address, into, offset, this.#within(address, length));
  }

  /** Copies as Linux's copy_to_user does. */
  copyToUser(address: number, from: Uint8Array, offset: number, length: number): number {
    return this.#write(address, from, offset, this.#within(address, length));
  }

  #read(address: number, into: Uint8Array, offset: number, length: number): number {
    if (length <= 0) return 0;
    const count = this.#copied(readProcessMemory(this.tid, address, into, offset, length));
    if (count === 0 || this.#call === undefined || this.#call.stillWaits()) return count;
    into.fill(0, offset, offset + count); // somebody else's, perhaps
    return 0;
  }

  #write(address: number, from: Uint8Array, offset: number, length: number): number {
    if (length <= 0 || this.#call?.stillWaits() === false) return 0;
    return this.#copied(writeProcessMemory(this.tid, address, from, offset, length));
  }

  #copied(result: number): number {
    if (this.#isFirst) {
      this.#isFirst = false;
      this.#forbidden = result === -errno.EPERM && this.#call !== undefined;
    }
    return Math.max(0, result);
  }

  /** How many of the bytes lie in user space. A test that NaN, too, fails: no such address gets as far as a system call. */
  #within(address: number, length: number): number {
    if (!(Number.isInteger(address) && address >= 0 && address < USER_ADDRESS_LIMIT) || this.tid <= 0) return 0;
    return Math.min(length, USER_ADDRESS_LIMIT - address);
  }
}
