import type { Domain } from '../../xen/domain/domain.ts';
import { errno } from '../../xen/errno.ts';
import type { Hypervisor } from '../../xen/hypervisor.ts';
import type { EvtchnDriver } from '../evtchn.ts';
import { FileFrames } from '../foreign-memory/file-frames.ts';
import { pagesMapped } from '../foreign-memory/pages-mapped.ts';
import { isDeviceFile } from '../foreign-memory/share-at-mmap.ts';
import { isKnownAction, type Notify, UnmapNotify } from '../unmap-notify.ts';

/** The module's parameter `limit`: pages shared by all open files. */
const LIMIT = 1024;
/** Lower grant references are reserved (GNTTAB_NR_RESERVED_ENTRIES). */
const FIRST_REF = 8;

/** A page of this domain that another domain may map. */
export interface SharedPage {
  readonly ref: number;
  readonly mfn: number;
  /** Its number in its file. */
  readonly number: number;
  /** The process that allocated it, which is expected to map it. */
  readonly owner: number;
  /** Whether its file lists it: not deallocated, and the file not closed. */
  listed: boolean;
  /** Whether the page was freed and may have another owner. */
  freed: boolean;
}

/** The pages of all open files of gntalloc. A page is freed when no file lists it, and no process and no other domain maps it. */
export class SharedPages {
  readonly #hypervisor: Hypervisor;
  readonly #domain: Domain;
  /** Actions when a page is freed; an offset counts within the page. */
  readonly #notify: UnmapNotify<SharedPage>;
  readonly #pages = new Map<number, SharedPage>();

  constructor(hypervisor: Hypervisor, domain: Domain, evtchn: EvtchnDriver) {
    this.#hypervisor = hypervisor;
    this.#domain = domain;
    this.#notify = new UnmapNotify(domain, evtchn, ({ mfn }, offset) => {
      domain.memory.frames.write(domain.memory.special.pageOf(mfn), offset, Uint8Array.of(0));
    });
  }

  /** Whether the domain and its memory are gone: on a real machine its programs would have ended too. */
  get gone(): boolean {
    return this.#domain.dying !== 'no';
  }

  /** Whether this many more pages may be shared. */
  mayShare(count: number): boolean {
    return this.#pages.size + count <= LIMIT;
  }

  /** Allocates a zeroed page and grants it to a domain, which need not exist. Returns the page or -errno. */
  share(domid: number, readonly: boolean, number: number, owner: number): SharedPage | number {
    const { grants, memory } = this.#domain;
    let ref = FIRST_REF;
    while (this.#pages.has(ref)) ref += 1;
    if (ref >= grants.entries && !grants.grow(grants.frames + 1)) return -errno.ENOSPC;
    const mfn = memory.special.add();
    if (mfn === undefined) return -errno.ENOMEM;
    grants.grantAccess(ref, domid, mfn, readonly);
    const page = { ref, mfn, number, owner, listed: true, freed: false };
    this.#pages.set(ref, page);
    return page;
  }

  /** Sets the action at unmapping the page. Returns 0 or -errno. */
  setNotify(page: SharedPage, notify: Notify): number {
    return isKnownAction(notify.action) ? this.#notify.set(page, notify) : -errno.EINVAL;
  }

  /**
   * Frees unused pages. Called at each operation, as in Linux. There a munmap frees pages, too; FUSE does not report munmap.
   */
  cleanUp(): void {
    if (this.gone) return;
    const found = new Map<number, (page: SharedPage) => boolean>();
    for (const page of this.#pages.values()) {
      if (page.listed) continue;
      const isMapped = found.get(page.owner) ?? this.#mappedBy(page.owner);
      found.set(page.owner, isMapped);
      if (!isMapped(page)) this.#free(page);
    }
  }

  /** Determines for each page whether a process maps it: the page itself, or the device's file. */
  #mappedBy(pid: number): (page: SharedPage) => boolean {
    const { memory } = this.#domain;
    const { frames } = memory;
    const itself = pagesMapped(pid, (_, inode) => frames instanceof FileFrames && inode === frames.inode);
    const cached = pagesMapped(pid, (path) => isDeviceFile(path, 'gntalloc'));
    return ({ mfn, number }) => itself.has(memory.special.pageOf(mfn)) || cached.has(number);
  }

  /** Notifies the other side once; frees the page unless another domain still maps it. */
  #free(page: SharedPage): void {
    const { grants, memory } = this.#domain;
    this.#notify.fire(page);
    this.#hypervisor.hooks.grantsChecked.run();
    if (!grants.endAccess(page.ref)) return;
    this.#pages.delete(page.ref);
    page.freed = true;
    memory.special.drop(page.mfn);
  }
}
