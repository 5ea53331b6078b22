import { constants } from 'node:fs';
import type { Ptracer } from '../../caller/ptracer.ts';
import type { FileRequest } from '../../fuse/file-request.ts';
import type { FileNode, OpenFile } from '../../fuse/node.ts';
import type { Domain } from '../../xen/domain/domain.ts';
import { errno } from '../../xen/errno.ts';
import type { Hypervisor } from '../../xen/hypervisor.ts';
import { PAGE_SIZE } from '../../xen/memory/heap.ts';
import type { Owner } from '../dmesg.ts';
import type { EvtchnDriver } from '../evtchn.ts';
import { processOf } from '../foreign-memory/pages-mapped.ts';
import { shareAtMmap } from '../foreign-memory/share-at-mmap.ts';
import type { CallerBytes } from '../privcmd/privcmd.ts';
import { IOCTL_SET_UNMAP_NOTIFY } from '../unmap-notify.ts';
import { FLAG_WRITABLE, IOCTL_GNTALLOC_ALLOC_GREF, IOCTL_GNTALLOC_DEALLOC_GREF } from './ioctls.ts';
import { type SharedPage, SharedPages } from './shared-pages.ts';

const { S_IFREG } = constants;

/** The file's size, as for gntdev: the kernel allows mmap only within it. */
const FILE_SIZE = 2 ** 44;
/** Of struct ioctl_gntalloc_alloc_gref, before its list of references, of which the struct itself has one; of the other two structs. */
const HEAD_BYTES = 16;
const ALLOC_BYTES = 24;
/** Most references: kmalloc refuses a list above 4 MiB. */
const MAX_REFS = 2 ** 20;

export interface GntallocOptions {
  hypervisor: Hypervisor;
  /** The domain whose kernel this driver belongs to. */
  domain: Domain;
  memory(tid: number): CallerBytes;
  ptracer: Ptracer;
  owner: Owner;
}

/**
 * Linux's /dev/xen/gntalloc: pages of this domain that another domain may map. If the caller maps right after the ioctl, as libxengntshr
 * does, it gets the page itself; otherwise its writes reach the model when it unmaps the page.
 */
export class GntallocDriver {
  readonly options: GntallocOptions;
  readonly pages: SharedPages;

  constructor(options: GntallocOptions, evtchn: EvtchnDriver) {
    this.options = options;
    this.pages = new SharedPages(options.hypervisor, options.domain, evtchn);
  }

  node(): FileNode {
    return {
      kind: 'file',
      attributes: () => ({ mode: S_IFREG | 0o600, size: FILE_SIZE, ...this.options.owner }),
      setAttributes: () => 0,
      open: () => new GntallocFile(this.options, this.pages),
    };
  }
}

class GntallocFile implements OpenFile {
  readonly pageCache = true;
  readonly #options: GntallocOptions;
  readonly #shared: SharedPages;
  /** Pages by page number in the file; a number is never reused, as in Linux. */
  readonly #pages = new Map<number, SharedPage>();
  #next = 0;
  readonly #bytes = new Uint8Array(ALLOC_BYTES);
  readonly #view = new DataView(this.#bytes.buffer);

  constructor(options: GntallocOptions, shared: SharedPages) {
    this.#options = options;
    this.#shared = shared;
  }

  ioctl(request: FileRequest, command: number, argument: number): number {
    const known = [IOCTL_GNTALLOC_ALLOC_GREF, IOCTL_GNTALLOC_DEALLOC_GREF, IOCTL_SET_UNMAP_NOTIFY];
    if (request.compat || !known.includes(command)) return -errno.ENOTTY;
    if (this.#shared.gone) return -errno.ENODEV;
    const memory = this.#options.memory(request.tid);
    const size = command === IOCTL_GNTALLOC_ALLOC_GREF ? ALLOC_BYTES : HEAD_BYTES;
    if (memory.copyFromUser(argument, this.#bytes, 0, size) < size) return -errno.EFAULT;
    if (command === IOCTL_GNTALLOC_DEALLOC_GREF) return this.#deallocate();
    if (command === IOCTL_SET_UNMAP_NOTIFY) return this.#setNotify();
    const first = this.#next;
    const result = this.#allocate(memory, argument, processOf(request.tid));
    return result < 0 || this.#next === first ? result : this.#shareAtMmap(request, first);
  }

  #allocate(memory: CallerBytes, argument: number, owner: number): number {
    const domid = this.#view.getUint16(0, true);
    const readonly = (this.#view.getUint16(2, true) & FLAG_WRITABLE) === 0;
    const count = this.#view.getUint32(4, true);
    if (count > MAX_REFS) return -errno.ENOMEM;
    this.#shared.cleanUp();
    if (!this.#shared.mayShare(count)) return -errno.ENOSPC;
    const pages: SharedPage[] = [];
    /** If the references cannot be returned, Linux keeps the pages until the file is closed; here they are freed. */
    const undo = (result: number) => {
      for (const page of pages) page.listed = false;
      this.#shared.cleanUp();
      return result;
    };
    const refs = new Uint32Array(count);
    for (let index = 0; index < count; index += 1) {
      const page = this.#shared.share(domid, readonly, this.#next + index, owner);
      if (typeof page === 'number') return undo(page);
      pages.push(page);
      refs[index] = page.ref;
    }
    this.#view.setBigUint64(8, BigInt(this.#next * PAGE_SIZE), true);
    if (memory.copyToUser(argument, this.#bytes, 0, ALLOC_BYTES) < ALLOC_BYTES) return undo(-errno.EFAULT);
    const list = new Uint8Array(refs.buffer);
    if (memory.copyToUser(argument + HEAD_BYTES, list, 0, list.length) < list.length) return undo(-errno.EFAULT);
    for (const page of pages) this.#pages.set(this.#next++, page);
    return 0;
  }

  /** Answers the ioctl, and maps the pages themselves when the caller then maps the device. */
  #shareAtMmap(request: FileRequest, first: number): number {
    const { domain, ptracer } = this.#options;
    const pagesOf = (length: number) =>
      Array.from({ length: length / PAGE_SIZE }, (_, index) => this.#pages.get(first + index));
    return shareAtMmap(ptracer, request, {
      device: 'gntalloc',
      offset: first * PAGE_SIZE,
      maps({ address, length, protection, shared }) {
        if (!shared) return -errno.EINVAL;
        if (length / PAGE_SIZE > MAX_REFS) return -errno.ENOENT; // avoid a list of the 10^9 pages that mmap can name
        const pages = pagesOf(length).map((page) => (page === undefined ? -1 : domain.memory.special.pageOf(page.mfn)));
        return pages.includes(-1) ? -errno.ENOENT : [{ domain, address, pages, protection, readOnly: false }];
      },
    });
  }

  /** Removes pages from the file. They exist while they are mapped: libxengntshr removes them right after mapping them. */
  #deallocate(): number {
    const found = this.#listed(Number(this.#view.getBigUint64(0, true)), this.#view.getUint32(8, true));
    for (const page of found ?? []) page.listed = false;
    this.#shared.cleanUp();
    return found === undefined ? -errno.EINVAL : 0;
  }

  #setNotify(): number {
    const offset = Number(this.#view.getBigUint64(0, true));
    const [page] = this.#listed(offset - (offset % PAGE_SIZE), 1) ?? [];
    if (page === undefined) return -errno.ENOENT;
    const [action, port] = [this.#view.getUint32(8, true), this.#view.getUint32(12, true)];
    return this.#shared.setNotify(page, { offset: offset % PAGE_SIZE, action, port });
  }

  /** `count` pages from an offset on, at least one, if the file lists all of them. */
  #listed(offset: number, count: number): SharedPage[] | undefined {
    const found: SharedPage[] = [];
    for (let index = 0; index < count; index += 1) {
      const page = this.#pages.get(offset / PAGE_SIZE + index);
      if (page?.listed !== true) return undefined;
      found.push(page);
    }
    return found.length === 0 ? undefined : found;
  }

  read(_request: FileRequest, offset: number, into: Uint8Array): number {
    const { memory } = this.#options.domain;
    if (this.#shared.gone) return -errno.EIO;
    let done = 0;
    for (; done < into.length; done += PAGE_SIZE) {
      const page = this.#pages.get(Math.floor((offset + done) / PAGE_SIZE));
      if (page === undefined || page.freed) break;
      memory.frames.read(memory.special.pageOf(page.mfn), 0, into.subarray(done, done + PAGE_SIZE));
    }
    return done === 0 ? -errno.EIO : Math.min(done, into.length);
  }

  write(_request: FileRequest, offset: number, data: Uint8Array): number {
    const { memory } = this.#options.domain;
    if (this.#shared.gone) return data.length;
    for (let done = 0; done < data.length; ) {
      const within = (offset + done) % PAGE_SIZE;
      const part = data.subarray(done, done + PAGE_SIZE - within);
      const page = this.#pages.get(Math.floor((offset + done) / PAGE_SIZE));
      if (page?.freed === false) memory.frames.write(memory.special.pageOf(page.mfn), within, part);
      done += part.length;
    }
    return data.length;
  }

  release(): void {
    for (const page of this.#pages.values()) page.listed = false;
    this.#pages.clear();
    this.#shared.cleanUp();
  }
}
