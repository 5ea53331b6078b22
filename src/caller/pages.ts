// Determines which pages of a process the hypervisor could reach. Xen copies through the page tables as they are: if Linux has not
// yet allocated a page, or would copy it at the first write, Xen's copy faults and the hypercall fails with EFAULT.
// Linux shows the state of each page in /proc/TID/pagemap (Documentation/admin-guide/mm/pagemap.rst). Reading it needs only the
// right to ptrace, except for page frame numbers, which are not used.
//
// | page                                        | present (63) | file (61) | exclusive (56) | read | write            |
// |---------------------------------------------|--------------|-----------|----------------|------|------------------|
// | never touched, swapped out                  | 0            |           |                | no   | no               |
// | the zero page, after a read of new memory   | 1            | 0         | 0              | yes  | no               |
// | shared with a forked process, copy-on-write | 1            | 0         | 0              | yes  | no               |
// | own anonymous memory: written heap, stack   | 1            | 0         | 1              | yes  | yes              |
// | of a file, private: constants, unwritten data| 1           | 1         | any            | yes  | no               |
// | of a file or memfd, shared                  | 1            | 1         | any            | yes  | if mapped shared |
//
// Protection (PROT_NONE, read-only) is left to the copy, which respects it. One case cannot be distinguished: after the other side of
// a fork has ended, a page is exclusive again, but Linux lifts its write protection only at the next write.

import { closeSync, openSync } from 'node:fs';
import { pread } from '../linux/io.ts';
import { PAGE_SIZE } from '../linux/page-size.ts';
import { examine } from '../linux/process/examine.ts';
import { withPtraceRight } from '../linux/process/ptrace-right.ts';
import { mappingAt } from './mapping.ts';

/** Bits of a pagemap entry, counted in its upper 32-bit word. */
const PRESENT = 1 << (63 - 32);
const FILE = 1 << (61 - 32);
const EXCLUSIVE = 1 << (56 - 32);
/** Entries read at a time: 4 KiB of them, for 2 MiB of the caller's memory. */
const BATCH = 512;

export interface RefusedPage {
  tid: number;
  /** Address of the page's first byte. */
  address: number;
  access: 'read' | 'write';
  reason: 'absent' | 'zero page or copy-on-write' | 'private file page' | 'not to be asked';
}

export class CallerPages {
  readonly #onRefused: ((page: RefusedPage) => void) | undefined;
  readonly #entries = new Uint8Array(8 * BATCH);
  readonly #words = new Uint32Array(this.#entries.buffer);
  /** Pages that our own reads unshared since `attach`: process_vm_readv pins a page, and to pin one Linux copies it first. */
  readonly #unshared = new Set<number>();
  #tid = 0;
  #pagemap = -1;

  constructor(onRefused?: (page: RefusedPage) => void) {
    this.#onRefused = onRefused;
  }

  /** Attaches to another process, or to the same thread again after an execve. */
  attach(tid: number): void {
    if (this.#pagemap >= 0) closeSync(this.#pagemap);
    this.#pagemap = -1;
    this.#tid = tid;
    if (this.#unshared.size > 0) this.#unshared.clear();
  }

  /** How many of `length` bytes at `address` the hypervisor could read. */
  readable(address: number, length: number): number {
    return this.#reachable(address, length, 'read');
  }

  /** How many of `length` bytes at `address` the hypervisor could write, were they not protected. */
  writable(address: number, length: number): number {
    return this.#reachable(address, length, 'write');
  }

  #reachable(address: number, length: number, access: 'read' | 'write'): number {
    const first = Math.floor(address / PAGE_SIZE);
    const end = Math.floor((address + length - 1) / PAGE_SIZE) + 1;
    for (let base = first; base < end; base += BATCH) {
      const count = Math.min(BATCH, end - base);
      const known = this.#load(base, count);
      for (let i = 0; i < count; i++) {
        const page = (base + i) * PAGE_SIZE;
        const reason = i < known ? this.#refusal(this.#words[2 * i + 1]!, page, access) : 'not to be asked';
        if (!reason) continue;
        this.#onRefused?.({ tid: this.#tid, address: page, access, reason });
        return Math.max(0, page - address);
      }
    }
    return length;
  }

  /** Reads the entries of `count` pages from page number `base` on; returns how many it got. */
  #load(base: number, count: number): number {
    if (this.#pagemap < 0) {
      try {
        this.#pagemap = withPtraceRight(() => openSync(`/proc/${this.#tid}/pagemap`, 'r'));
      } catch {
        return 0; // the process has ended, or we may not read it
      }
    }
    return (
      Math.max(
        0,
        examine(() => pread(this.#pagemap, this.#entries, 0, 8 * count, 8 * base)),
      ) >> 3
    );
  }

  #refusal(entry: number, page: number, access: 'read' | 'write'): RefusedPage['reason'] | undefined {
    if (!(entry & PRESENT)) return 'absent';
    const own = entry & EXCLUSIVE && !this.#unshared.has(page);
    if (access === 'read') {
      if (!own && !(entry & FILE)) this.#unshared.add(page);
      return undefined;
    }
    if (entry & FILE) return this.#isShared(page) ? undefined : 'private file page';
    return own ? undefined : 'zero page or copy-on-write';
  }

  /** Whether the mapping around `page` is shared. */
  #isShared(page: number): boolean {
    return mappingAt(this.#tid, page)?.shared === true;
  }
}
