import type { FileNode, OpenFile } from '../fuse/node.ts';
import type { Request } from '../fuse/request.ts';
import type { Domain } from '../xen/domain.ts';
import { errno } from '../xen/errno.ts';
import type { Owner } from './dmesg.ts';
import type { CallerBytes } from './privcmd/privcmd.ts';

const S_IFREG = 0o100000;
const PAGE = 4096;
/** As for gntdev: the kernel must believe that there are pages. */
const FILE_SIZE = 2 ** 44;

// Source: libxen-dev's <xen/sys/gntalloc.h>.
const IOCTL_GNTALLOC_ALLOC_GREF = 0x00184705;
const IOCTL_GNTALLOC_DEALLOC_GREF = 0x00104706;
const IOCTL_GNTALLOC_SET_UNMAP_NOTIFY = 0x00104707;
const FLAG_WRITABLE = 1;
const NOTIFY_CLEAR_BYTE = 1;
const NOTIFY_SEND_EVENT = 2;

/** The module's parameter `limit`: pages shared by all open files. */
const LIMIT = 1024;
/** Grant references below are reserved (GNTTAB_NR_RESERVED_ENTRIES). */
const FIRST_REF = 8;

export interface GntallocOptions {
  /** The domain whose kernel this driver belongs to. */
  domain: Domain;
  memory(tid: number): CallerBytes;
  owner: Owner;
}

interface SharedPage {
  readonly ref: number;
  readonly mfn: number;
  notify?: { byte: number; action: number; port: number };
}

/** Linux's /dev/xen/gntalloc: pages of this domain that another one may map. Their bytes reach the model when they are unmapped. */
export class GntallocDriver {
  readonly options: GntallocOptions;
  private readonly refs = new Set<number>();

  constructor(options: GntallocOptions) {
    this.options = options;
  }

  /** The domain is gone, and would have taken its programs with it. */
  get gone(): boolean {
    return this.options.domain.dying !== 'no';
  }

  node(): FileNode {
    return {
      kind: 'file',
      attributes: () => ({ mode: S_IFREG | 0o600, size: FILE_SIZE, ...this.options.owner }),
      setAttributes: () => 0,
      open: () => new GntallocFile(this),
    };
  }

  share(domid: number, readonly: boolean): SharedPage | number {
    const { grants, memory } = this.options.domain;
    if (this.refs.size >= LIMIT) return -errno.ENOSPC;
    let ref = FIRST_REF;
    while (this.refs.has(ref)) ref += 1;
    if (ref >= grants.entries && !grants.grow(grants.frames + 1)) return -errno.ENOSPC;
    const mfn = memory.addSpecial();
    if (mfn === undefined) return -errno.ENOMEM;
    grants.grantAccess(ref, domid, mfn, readonly);
    this.refs.add(ref);
    return { ref, mfn };
  }

  /** The page is freed once nobody maps it; a grant that is in use stays, as in Linux, which tries again later. */
  withdraw({ ref, mfn, notify }: SharedPage): void {
    if (this.gone) return; // its memory went with it
    const { grants, memory, eventChannels } = this.options.domain;
    if (notify !== undefined && (notify.action & NOTIFY_CLEAR_BYTE) !== 0) {
      memory.frames.write(memory.specialPage(mfn), notify.byte, Uint8Array.of(0));
    }
    if (notify !== undefined && (notify.action & NOTIFY_SEND_EVENT) !== 0) eventChannels.send(notify.port);
    if (!grants.endAccess(ref)) return;
    this.refs.delete(ref);
    memory.dropSpecial(mfn);
  }
}

class GntallocFile implements OpenFile {
  readonly pageCache = true;
  private readonly driver: GntallocDriver;
  /** By page number in the file; a number is never used again, for the page cache still holds the old page. */
  private readonly pages = new Map<number, SharedPage>();
  /** Given back, which libxengnttab does as soon as it has mapped them: they live on while mapped, here until the file goes. */
  private readonly given = new Set<number>();
  private next = 0;
  private readonly bytes = new Uint8Array(16);
  private readonly view = new DataView(this.bytes.buffer);

  constructor(driver: GntallocDriver) {
    this.driver = driver;
  }

  ioctl(request: Request, command: number, argument: number): number {
    const known = [IOCTL_GNTALLOC_ALLOC_GREF, IOCTL_GNTALLOC_DEALLOC_GREF, IOCTL_GNTALLOC_SET_UNMAP_NOTIFY];
    if (request.compat || !known.includes(command)) return -errno.ENOTTY;
    if (this.driver.gone) return -errno.ENODEV;
    const memory = this.driver.options.memory(request.tid);
    if (memory.copyFromUser(argument, this.bytes, 0, 16) < 16) return -errno.EFAULT;
    if (command === IOCTL_GNTALLOC_ALLOC_GREF) return this.allocate(memory, argument);
    return command === IOCTL_GNTALLOC_DEALLOC_GREF ? this.deallocate() : this.setNotify();
  }

  private allocate(memory: CallerBytes, argument: number): number {
    const count = this.view.getUint32(4, true);
    const readonly = (this.view.getUint16(2, true) & FLAG_WRITABLE) === 0;
    if (count > LIMIT) return -errno.ENOSPC;
    const shared: SharedPage[] = [];
    const undo = (result: number) => {
      for (const page of shared) this.driver.withdraw(page);
      return result;
    };
    const refs = new Uint8Array(4 * count);
    for (let index = 0; index < count; index += 1) {
      const page = this.driver.share(this.view.getUint16(0, true), readonly);
      if (typeof page === 'number') return undo(page);
      shared.push(page);
      new DataView(refs.buffer).setUint32(4 * index, page.ref, true);
    }
    this.view.setBigUint64(8, BigInt(this.next * PAGE), true);
    if (memory.copyToUser(argument, this.bytes, 0, 16) < 16) return undo(-errno.EFAULT);
    if (memory.copyToUser(argument + 16, refs, 0, refs.length) < refs.length) return undo(-errno.EFAULT);
    for (const page of shared) this.pages.set(this.next++, page);
    return 0;
  }

  private deallocate(): number {
    const first = Number(this.view.getBigUint64(0, true)) / PAGE;
    const numbers = Array.from({ length: this.view.getUint32(8, true) }, (_, index) => first + index);
    if (!numbers.every((number) => this.pages.has(number) && !this.given.has(number))) return -errno.EINVAL;
    for (const number of numbers) this.given.add(number);
    return 0;
  }

  private setNotify(): number {
    const offset = Number(this.view.getBigUint64(0, true));
    const action = this.view.getUint32(8, true);
    const page = this.pages.get(Math.floor(offset / PAGE));
    if (page === undefined) return -errno.ENOENT;
    if ((action & ~(NOTIFY_CLEAR_BYTE | NOTIFY_SEND_EVENT)) !== 0) return -errno.EINVAL;
    page.notify = { byte: offset % PAGE, action, port: this.view.getUint32(12, true) };
    return 0;
  }

  read(_request: Request, offset: number, into: Uint8Array): number {
    const { memory } = this.driver.options.domain;
    if (this.driver.gone) return -errno.EIO;
    let done = 0;
    for (; done < into.length; done += PAGE) {
      const page = this.pages.get(Math.floor((offset + done) / PAGE));
      if (page === undefined) break;
      memory.frames.read(memory.specialPage(page.mfn), 0, into.subarray(done, done + PAGE));
    }
    return done === 0 ? -errno.EIO : Math.min(done, into.length);
  }

  write(_request: Request, offset: number, data: Uint8Array): number {
    const { memory } = this.driver.options.domain;
    if (this.driver.gone) return data.length;
    for (let done = 0; done < data.length; ) {
      const within = (offset + done) % PAGE;
      const part = data.subarray(done, done + PAGE - within);
      const page = this.pages.get(Math.floor((offset + done) / PAGE));
      if (page !== undefined) memory.frames.write(memory.specialPage(page.mfn), within, part);
      done += part.length;
    }
    return data.length;
  }

  release(): void {
    for (const number of [...this.pages.keys()]) this.drop(number);
  }

  private drop(number: number): void {
    const page = this.pages.get(number);
    this.pages.delete(number);
    if (page !== undefined) this.driver.withdraw(page);
  }
}
