import { readProcessMemory, writeProcessMemory } from '../linux/process-memory.ts';
import type { GuestMemory } from '../xen/guest-memory.ts';
import { CallerPages, type RefusedPage } from './pages.ts';

/** End of user space on x86-64 with four-level paging, as in xen/guest-memory.ts, of which only types may be imported. */
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

/**
 * The memory of the process whose thread is attached. One object serves one caller after another and allocates nothing, so
 * it must not be kept past the request. A process that ended, or that may not be read, copies 0 bytes.
 */
export class CallerMemory implements GuestMemory {
  /** Thread id of the caller; 0: nobody, and nothing is copied. */
  tid = 0;
  readonly #pages: CallerPages | undefined;

  constructor(options: CallerMemoryOptions = {}) {
    this.#pages = options.strict ? new CallerPages(options.onRefused) : undefined;
  }

  /** Turns to the process of thread `tid`. Needed anew for each request: the process may have called execve since. */
  attach(tid: number): this {
    this.tid = tid;
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

  /** Copies as Linux's copy_from_user does, `strict` or not: an absent page is faulted in. For what drivers copy. */
  copyFromUser(address: number, into: Uint8Array, offset: number, length: number): number {
    return this.#read(address, into, offset, this.#within(address, length));
  }

  /** Copies as Linux's copy_to_user does. */
  copyToUser(address: number, from: Uint8Array, offset: number, length: number): number {
    return this.#write(address, from, offset, this.#within(address, length));
  }

  #read(address: number, into: Uint8Array, offset: number, length: number): number {
    if (length <= 0) return 0;
    return Math.max(0, readProcessMemory(this.tid, address, into, offset, length));
  }

  #write(address: number, from: Uint8Array, offset: number, length: number): number {
    if (length <= 0) return 0;
    return Math.max(0, writeProcessMemory(this.tid, address, from, offset, length));
  }

  /** How many of the bytes lie in user space. A test that NaN, too, fails: no such address gets as far as a system call. */
  #within(address: number, length: number): number {
    if (!(Number.isInteger(address) && address >= 0 && address < USER_ADDRESS_LIMIT) || this.tid <= 0) return 0;
    return Math.min(length, USER_ADDRESS_LIMIT - address);
  }
}
