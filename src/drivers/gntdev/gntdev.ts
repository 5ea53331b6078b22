import { constants } from 'node:fs';
import type { Ptracer } from '../../caller/ptracer.ts';
import type { FileRequest } from '../../fuse/file-request.ts';
import type { FileNode, OpenFile } from '../../fuse/node.ts';
import { errno } from '../../xen/errno.ts';
import { PAGE_SIZE } from '../../xen/memory/heap.ts';
import type { Owner } from '../dmesg.ts';
import type { PageMap } from '../foreign-memory/map-pages.ts';
import { fileOffsetAt, processOf } from '../foreign-memory/pages-mapped.ts';
import { shareAtMmap } from '../foreign-memory/share-at-mmap.ts';
import type { CallerBytes } from '../privcmd/privcmd.ts';
import { IOCTL_SET_UNMAP_NOTIFY, isKnownAction } from '../unmap-notify.ts';
import { copySegment } from './grant-copy.ts';
import { type GrantMap, GrantMaps, type GrantMapsOptions } from './grant-maps.ts';
import {
  IOCTL_GNTDEV_GET_OFFSET_FOR_VADDR,
  IOCTL_GNTDEV_GRANT_COPY,
  IOCTL_GNTDEV_MAP_GRANT_REF,
  IOCTL_GNTDEV_UNMAP_GRANT_REF,
  MAX_REFS,
  MAX_SEGMENTS,
} from './ioctls.ts';

const { S_IFREG } = constants;

/** The file's size, since the kernel allows mmap only within it; Linux shows 0. */
const FILE_SIZE = 2 ** 44;

export interface GntdevOptions extends GrantMapsOptions {
  memory(tid: number): CallerBytes;
  ptracer: Ptracer;
  owner: Owner;
}

/**
 * Linux's /dev/xen/gntdev. Each open file has its own pages, identified by their file offset. The kernel reads them at the first access
 * and writes them back when they are unmapped. If the caller maps right after the ioctl, as libxengnttab does, and can be stopped, the
 * granted pages replace that mapping, and both sides see each other's writes at once.
 */
export class GntdevDriver {
  readonly options: GntdevOptions;
  readonly maps: GrantMaps;

  constructor(options: GntdevOptions) {
    this.options = options;
    this.maps = new GrantMaps(options);
  }

  node(): FileNode {
    return {
      kind: 'file',
      attributes: () => ({ mode: S_IFREG | 0o600, size: FILE_SIZE, ...this.options.owner }),
      setAttributes: () => 0,
      open: () => new GntdevFile(this.options, this.maps),
    };
  }
}

class GntdevFile implements OpenFile {
  readonly pageCache = true;
  readonly #options: GntdevOptions;
  readonly #maps: GrantMaps;
  readonly #listed: GrantMap[] = [];
  /** Offsets are never reused, unlike in Linux: the page cache would still hold the previous page. */
  #nextIndex = 0;
  readonly #bytes = new Uint8Array(24);
  readonly #view = new DataView(this.#bytes.buffer);

  constructor(options: GntdevOptions, maps: GrantMaps) {
    this.#options = options;
    this.#maps = maps;
  }

  ioctl(request: FileRequest, command: number, argument: number): number {
    if (request.compat) return -errno.ENOTTY;
    if (this.#options.domain.dying !== 'no') return -errno.ENODEV;
    this.#maps.settle();
    const memory = this.#options.memory(request.tid);
    const fetch = (size: number) => memory.copyFromUser(argument, this.#bytes, 0, size) === size;
    const store = (size: number) => (memory.copyToUser(argument, this.#bytes, 0, size) === size ? 0 : -errno.EFAULT);
    switch (command) {
      case IOCTL_GNTDEV_MAP_GRANT_REF:
        if (!fetch(16)) return -errno.EFAULT;
        return this.#map(memory, argument) || store(16) || this.#shareAtMmap(request);
      case IOCTL_GNTDEV_UNMAP_GRANT_REF:
        if (!fetch(16)) return -errno.EFAULT;
        return this.#unmap(Number(this.#view.getBigUint64(0, true)), this.#view.getUint32(8, true));
      case IOCTL_GNTDEV_GET_OFFSET_FOR_VADDR:
        if (!fetch(24)) return -errno.EFAULT;
        return this.#offsetFor(request.tid, Number(this.#view.getBigUint64(0, true))) || store(24);
      case IOCTL_SET_UNMAP_NOTIFY:
        return fetch(16) ? this.#setNotify() : -errno.EFAULT;
      case IOCTL_GNTDEV_GRANT_COPY:
        return fetch(16) ? this.#copy(memory) : -errno.EFAULT;
      default:
        return -errno.ENOTTY;
    }
  }

  /** Linux maps grants at mmap, which FUSE does not report: here the ioctl itself fails if a grant cannot be mapped. */
  #map(memory: CallerBytes, argument: number): number {
    const count = this.#view.getUint32(0, true);
    if (count === 0 || count > MAX_REFS) return -errno.EINVAL;
    const refs = new Uint8Array(8 * count);
    if (memory.copyFromUser(argument + 16, refs, 0, refs.length) < refs.length) return -errno.EFAULT;
    const handles = this.#maps.map(new DataView(refs.buffer));
    if (typeof handles === 'number') return handles;
    this.#listed.push({ index: this.#nextIndex, handles });
    this.#view.setBigUint64(8, BigInt(this.#nextIndex * PAGE_SIZE), true);
    this.#nextIndex += count;
    return 0;
  }

  /** Answers the ioctl, and maps guest memory itself when the caller then maps the device. */
  #shareAtMmap(request: FileRequest): number {
    const map = this.#listed.at(-1);
    if (map === undefined) return 0;
    let pages: readonly PageMap[] | number = [];
    return shareAtMmap(this.#options.ptracer, request, {
      device: 'gntdev',
      offset: map.index * PAGE_SIZE,
      maps: (mmap) => {
        pages = this.#maps.pagesFor(map, mmap);
        return pages;
      },
      shared: ({ address }) => {
        if (typeof pages !== 'number') this.#maps.place(map, processOf(request.tid), address, pages);
      },
    });
  }

  #unmap(offset: number, count: number): number {
    const at = this.#listed.findIndex(({ index, handles }) => index === offset / PAGE_SIZE && handles.length === count);
    const [map] = at < 0 ? [] : this.#listed.splice(at, 1);
    if (map === undefined) return -errno.ENOENT;
    this.#maps.giveBack(map);
    return 0;
  }

  #offsetFor(tid: number, address: number): number {
    const placed = this.#listed.findLast((map) => map.placed?.address === address);
    const start = placed === undefined ? fileOffsetAt(tid, address) : undefined;
    const map = placed ?? this.#listed.find(({ index }) => index * PAGE_SIZE === start);
    if (map === undefined) return -errno.EINVAL;
    this.#view.setBigUint64(8, BigInt(map.index * PAGE_SIZE), true);
    this.#view.setUint32(16, map.handles.length, true);
    return 0;
  }

  #setNotify(): number {
    const offset = Number(this.#view.getBigUint64(0, true));
    const [action, port] = [this.#view.getUint32(8, true), this.#view.getUint32(12, true)];
    if (!isKnownAction(action)) return -errno.EINVAL;
    const map = this.#mapAt(offset);
    return map === undefined ? -errno.ENOENT : this.#maps.notify.set(map, { offset, action, port });
  }

  #copy(memory: CallerBytes): number {
    const count = this.#view.getUint32(0, true);
    const segments = Number(this.#view.getBigUint64(8, true));
    if (count > MAX_SEGMENTS) return -errno.E2BIG;
    const { hypervisor, domain } = this.#options;
    for (let index = 0; index < count; index += 1) {
      const result = copySegment(hypervisor, domain, memory, segments + 40 * index);
      if (result < 0) return result;
    }
    return 0;
  }

  read(_request: FileRequest, offset: number, into: Uint8Array): number {
    let done = 0;
    while (done < into.length) {
      const page = into.subarray(done, done + PAGE_SIZE);
      const map = this.#mapAt(offset + done);
      if (map === undefined) break;
      // The granter may be gone: on Xen its pages would still exist, and a mapping process must not be killed by a SIGBUS.
      if (!this.#maps.transfer(map, offset + done, page, false)) page.fill(0);
      done += page.length;
    }
    return done === 0 ? -errno.EIO : done;
  }

  write(_request: FileRequest, offset: number, data: Uint8Array): number {
    for (let done = 0; done < data.length; ) {
      const room = PAGE_SIZE - ((offset + done) % PAGE_SIZE);
      const part = data.subarray(done, done + room);
      const map = this.#mapAt(offset + done);
      // If the page is gone, nothing can read this write: drop it.
      if (map !== undefined) this.#maps.transfer(map, offset + done, part, true);
      done += part.length;
    }
    return data.length;
  }

  release(): void {
    for (const map of this.#listed) this.#maps.giveBack(map);
    this.#listed.length = 0;
    this.#maps.settle();
  }

  #mapAt(offset: number): GrantMap | undefined {
    const page = Math.floor(offset / PAGE_SIZE);
    return this.#listed.find(({ index, handles }) => page >= index && page < index + handles.length);
  }
}
