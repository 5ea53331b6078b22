import type { MadeMmap } from '../../caller/next-mmap.ts';
import type { Domain } from '../../xen/domain/domain.ts';
import { GNTMAP_HOST, GNTMAP_READONLY } from '../../xen/domain/grant-tables.ts';
import { releaseDomain } from '../../xen/domain/lifecycle.ts';
import { errno } from '../../xen/errno.ts';
import type { Hypervisor } from '../../xen/hypervisor.ts';
import { PAGE_SIZE } from '../../xen/memory/heap.ts';
import type { EvtchnDriver } from '../evtchn.ts';
import { FileFrames } from '../foreign-memory/file-frames.ts';
import type { PageMap } from '../foreign-memory/map-pages.ts';
import { isAnyThere, type PlacedPages } from '../foreign-memory/pages-mapped.ts';
import { UnmapNotify } from '../unmap-notify.ts';

const PROT_WRITE = 2;

/** Grants mapped by one ioctl. */
export interface GrantMap {
  /** Page number of its first page in the file. */
  readonly index: number;
  readonly handles: readonly number[];
  /** Where a process has mapped it, if its pages are guest memory itself. */
  placed?: { readonly pid: number; readonly address: number; readonly parts: readonly PlacedPages[] };
}

export interface GrantMapsOptions {
  readonly hypervisor: Hypervisor;
  /** The domain whose kernel the driver belongs to. */
  readonly domain: Domain;
  /** Holds ports for events at unmapping. */
  readonly evtchn: EvtchnDriver;
}

/**
 * The grants that a domain's programs have mapped, for all open files. On Linux a mapping keeps its grants until it is unmapped, even if
 * its file is closed and its map removed. FUSE does not report munmap or exit, so `settle` checks at each operation of the device, and
 * whenever it matters to the granter.
 */
export class GrantMaps {
  readonly #options: GrantMapsOptions;
  /** Actions when a map ends. */
  readonly notify: UnmapNotify<GrantMap>;
  /** Removed maps that a process still mapped at the last check. */
  readonly #kept = new Set<GrantMap>();

  constructor(options: GrantMapsOptions) {
    this.#options = options;
    this.notify = new UnmapNotify(options.domain, options.evtchn, (map, offset) => {
      this.transfer(map, offset, Uint8Array.of(0), true);
    });
    options.hypervisor.hooks.grantsChecked.add(() => this.settle());
  }

  /** Maps references, each a domain id and a number; returns their handles, or -errno. */
  map(refs: DataView): number[] | number {
    const handles: number[] = [];
    for (let at = 0; at < refs.byteLength; at += 8) {
      const granter = this.#options.hypervisor.domains.get(refs.getUint32(at, true));
      const handle = granter === undefined ? -errno.EINVAL : this.#mapOne(granter, refs.getUint32(at + 4, true));
      if (handle < 0) {
        this.drop(handles);
        return -errno.EINVAL;
      }
      handles.push(handle);
    }
    return handles;
  }

  /** Linux learns from mmap whether the caller will write; here it may write if the grant allows it. */
  #mapOne(granter: Domain, ref: number): number {
    const { grants } = this.#options.domain;
    const handle = grants.map(granter, ref, GNTMAP_HOST);
    return handle >= 0 ? handle : grants.map(granter, ref, GNTMAP_HOST | GNTMAP_READONLY);
  }

  /**
   * The granted pages to replace a mapping of this file, all at once; or -errno as from Linux's mmap. As on Xen, a grant that is
   * mapped for reading stays read-only, whatever mprotect asks for.
   */
  pagesFor({ handles }: GrantMap, { address, length, protection, shared }: MadeMmap): PageMap[] | number {
    const { domain } = this.#options;
    const grants = handles.map((handle) => domain.grants.mapping(handle));
    const writing = (protection & PROT_WRITE) !== 0;
    const readonly = grants.some((grant) => grant !== undefined && (grant.flags & GNTMAP_READONLY) !== 0);
    if (length !== handles.length * PAGE_SIZE || (writing && (readonly || !shared))) return -errno.EINVAL;
    const maps: PageMap[] = [];
    for (let first = 0; first < grants.length; ) {
      const granter = grants[first]?.granter;
      let end = first;
      while (end < grants.length && grants[end]?.granter === granter) end += 1;
      const pages = grants.slice(first, end).map((grant) => granter?.memory.pageOf(grant?.frame ?? -1) ?? -1);
      if (granter === undefined || pages.includes(-1)) return -errno.EINVAL;
      maps.push({ domain: granter, address: address + first * PAGE_SIZE, pages, protection, readOnly: !writing });
      first = end;
    }
    return maps;
  }

  /** Called when the pages from `pagesFor` are mapped. */
  place(map: GrantMap, pid: number, address: number, pages: readonly PageMap[]): void {
    const parts = pages.flatMap(({ domain, address, pages }) => {
      const { frames } = domain.memory;
      return frames instanceof FileFrames ? [{ address, inode: frames.inode, pages }] : [];
    });
    map.placed = { pid, address, parts };
  }

  /** Reads or writes bytes within a page, at an offset in the file; false if the granter or its page is gone, or the page is read-only. */
  transfer({ index, handles }: GrantMap, offset: number, bytes: Uint8Array, writing: boolean): boolean {
    const handle = handles[Math.floor(offset / PAGE_SIZE) - index];
    const grant = handle === undefined ? undefined : this.#options.domain.grants.mapping(handle);
    const page = grant?.granter.memory.pageOf(grant.frame);
    if (grant === undefined || page === undefined) return false;
    if (writing && (grant.flags & GNTMAP_READONLY) !== 0) return false;
    const { frames } = grant.granter.memory;
    if (writing) return frames.write(page, offset % PAGE_SIZE, bytes);
    frames.read(page, offset % PAGE_SIZE, bytes);
    return true;
  }

  /** Called when the file removes the map or is closed: the map ends as soon as no process maps it. */
  giveBack(map: GrantMap): void {
    if (isMapped(map)) this.#kept.add(map);
    else this.#end(map);
  }

  /** Ends removed maps that no process maps any more. */
  settle(): void {
    for (const map of this.#kept) {
      if (this.#options.domain.dying === 'no' && isMapped(map)) continue;
      this.#kept.delete(map);
      this.#end(map);
    }
  }

  #end(map: GrantMap): void {
    this.notify.fire(map);
    this.drop(map.handles);
  }

  drop(handles: readonly number[]): void {
    const { hypervisor, domain } = this.#options;
    for (const handle of handles) {
      const granter = domain.grants.mapping(handle)?.granter;
      domain.grants.unmap(handle);
      if (granter !== undefined) releaseDomain(hypervisor, granter);
    }
  }
}

function isMapped({ placed }: GrantMap): boolean {
  return placed !== undefined && isAnyThere(placed.pid, placed.parts);
}
