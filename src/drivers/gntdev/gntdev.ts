import { readFileSync } from 'node:fs';
import type { MadeMmap } from '../../caller/next-mmap.ts';
import type { FileNode, OpenFile } from '../../fuse/node.ts';
import type { Request } from '../../fuse/request.ts';
import type { Domain } from '../../xen/domain.ts';
import { errno } from '../../xen/errno.ts';
import { GNTMAP_HOST, GNTMAP_READONLY } from '../../xen/grant-tables.ts';
import type { Hypervisor } from '../../xen/hypervisor.ts';
import { releaseDomain } from '../../xen/lifecycle.ts';
import type { Owner } from '../dmesg.ts';
import type { EvtchnDriver } from '../evtchn.ts';
import type { PageMap } from '../guest-memory/map-pages.ts';
import { shareAtMmap } from '../guest-memory/share-at-mmap.ts';
import type { CallerBytes } from '../privcmd/privcmd.ts';
import { copySegment } from './grant-copy.ts';
import {
  IOCTL_GNTDEV_GET_OFFSET_FOR_VADDR,
  IOCTL_GNTDEV_GRANT_COPY,
  IOCTL_GNTDEV_MAP_GRANT_REF,
  IOCTL_GNTDEV_SET_UNMAP_NOTIFY,
  IOCTL_GNTDEV_UNMAP_GRANT_REF,
  MAX_REFS,
  MAX_SEGMENTS,
  UNMAP_NOTIFY_CLEAR_BYTE,
  UNMAP_NOTIFY_SEND_EVENT,
} from './ioctls.ts';

const S_IFREG = 0o100000;
const PAGE = 4096;
const PROT_WRITE = 2;
/** The kernel must believe that there are pages wherever a mapping may lie; Linux shows 0. */
const FILE_SIZE = 2 ** 44;

export interface GntdevOptions {
  hypervisor: Hypervisor;
  /** The domain whose kernel this driver belongs to. */
  domain: Domain;
  /** Keeps ports open for events at unmapping. */
  evtchn: EvtchnDriver;
  memory(tid: number): CallerBytes;
  owner: Owner;
}

/** Grants mapped by one ioctl. */
interface Mapping {
  /** Where the caller has it, once its pages are guest memory itself. */
  address?: number;
  /** Of its first page in the file. */
  readonly index: number;
  readonly handles: readonly number[];
  notify?: { offset: number; action: number; port: number };
}

/**
 * Linux's /dev/xen/gntdev. Each open file has pages of its own, found by their offset in it, which the kernel fetches at the first
 * touch and brings back when they are unmapped. Where the caller maps right behind the ioctl, as libxengnttab does, and can be
 * stopped, the pages are put in place of that mapping, and both sides see each other's writes at once.
 */
export function gntdevNode(options: GntdevOptions): FileNode {
  return {
    kind: 'file',
    attributes: () => ({ mode: S_IFREG | 0o600, size: FILE_SIZE, ...options.owner }),
    setAttributes: () => 0,
    open: () => new GntdevFile(options),
  };
}

class GntdevFile implements OpenFile {
  readonly pageCache = true;
  private readonly options: GntdevOptions;
  private readonly mappings: Mapping[] = [];
  /** Never given out twice, unlike Linux's: the page cache would still hold the page that was there before. */
  private nextIndex = 0;
  private readonly bytes = new Uint8Array(24);
  private readonly view = new DataView(this.bytes.buffer);

  constructor(options: GntdevOptions) {
    this.options = options;
  }

  ioctl(request: Request, command: number, argument: number): number {
    if (request.compat) return -errno.ENOTTY;
    if (this.options.domain.dying !== 'no') return -errno.ENODEV;
    const memory = this.options.memory(request.tid);
    const fetch = (size: number) => memory.copyFromUser(argument, this.bytes, 0, size) === size;
    const store = (size: number) => (memory.copyToUser(argument, this.bytes, 0, size) === size ? 0 : -errno.EFAULT);
    switch (command) {
      case IOCTL_GNTDEV_MAP_GRANT_REF:
        if (!fetch(16)) return -errno.EFAULT;
        return this.map(memory, argument) || store(16) || this.shareAtMmap(request);
      case IOCTL_GNTDEV_UNMAP_GRANT_REF:
        if (!fetch(16)) return -errno.EFAULT;
        return this.unmap(Number(this.view.getBigUint64(0, true)), this.view.getUint32(8, true));
      case IOCTL_GNTDEV_GET_OFFSET_FOR_VADDR:
        if (!fetch(24)) return -errno.EFAULT;
        return this.offsetFor(request.tid, Number(this.view.getBigUint64(0, true))) || store(24);
      case IOCTL_GNTDEV_SET_UNMAP_NOTIFY:
        return fetch(16) ? this.setNotify() : -errno.EFAULT;
      case IOCTL_GNTDEV_GRANT_COPY:
        return fetch(16) ? this.copy(memory) : -errno.EFAULT;
      default:
        return -errno.ENOTTY;
    }
  }

  /** Linux maps at mmap, which FUSE does not hear of: what cannot be mapped fails here already. */
  private map(memory: CallerBytes, argument: number): number {
    const count = this.view.getUint32(0, true);
    if (count === 0 || count > MAX_REFS) return -errno.EINVAL;
    const refs = new Uint8Array(8 * count);
    if (memory.copyFromUser(argument + 16, refs, 0, refs.length) < refs.length) return -errno.EFAULT;
    const view = new DataView(refs.buffer);
    const { hypervisor } = this.options;
    const handles: number[] = [];
    for (let at = 0; at < refs.length; at += 8) {
      const granter = hypervisor.domains.get(view.getUint32(at, true));
      const handle = granter === undefined ? -errno.EINVAL : this.mapOne(granter, view.getUint32(at + 4, true));
      if (handle < 0) {
        this.drop(handles);
        return -errno.EINVAL;
      }
      handles.push(handle);
    }
    this.mappings.push({ index: this.nextIndex, handles });
    this.view.setBigUint64(8, BigInt(this.nextIndex * PAGE), true);
    this.nextIndex += count;
    return 0;
  }

  /** Linux learns from mmap whether the caller will write; here it may if the grant lets it. */
  private mapOne(granter: Domain, ref: number): number {
    const { grants } = this.options.domain;
    const handle = grants.map(granter, ref, GNTMAP_HOST);
    return handle >= 0 ? handle : grants.map(granter, ref, GNTMAP_HOST | GNTMAP_READONLY);
  }

  /** Answers the ioctl, and puts guest memory itself where the caller then maps it. */
  private shareAtMmap(request: Request): number {
    const mapping = this.mappings.at(-1);
    if (mapping === undefined) return 0;
    return shareAtMmap(request, {
      device: 'gntdev',
      offset: mapping.index * PAGE,
      maps: (mmap) => this.pagesFor(mapping, mmap),
      shared: ({ address }) => {
        mapping.address = address;
      },
    });
  }

  /** The granted pages in place of a mapping of this file, all of them at once; -errno as Linux's mmap. */
  private pagesFor({ handles }: Mapping, { address, length, protection, shared }: MadeMmap): PageMap[] | number {
    const { domain } = this.options;
    const grants = handles.map((handle) => domain.grants.mapping(handle));
    const writing = (protection & PROT_WRITE) !== 0;
    const readonly = grants.some((grant) => grant !== undefined && (grant.flags & GNTMAP_READONLY) !== 0);
    if (length !== handles.length * PAGE || (writing && (readonly || !shared))) return -errno.EINVAL;
    const maps: PageMap[] = [];
    for (let first = 0; first < grants.length; ) {
      const granter = grants[first]?.granter;
      let end = first;
      while (end < grants.length && grants[end]?.granter === granter) end += 1;
      const pages = grants.slice(first, end).map((grant) => granter?.memory.pageOf(grant?.frame ?? -1) ?? -1);
      if (granter === undefined || pages.includes(-1)) return -errno.EINVAL;
      maps.push({ domain: granter, address: address + first * PAGE, pages, protection });
      first = end;
    }
    return maps;
  }

  private unmap(offset: number, count: number): number {
    const at = this.mappings.findIndex(({ index, handles }) => index === offset / PAGE && handles.length === count);
    const mapping = this.mappings[at];
    if (mapping === undefined) return -errno.ENOENT;
    this.end(mapping); // its notification needs it in the list still
    this.mappings.splice(at, 1);
    return 0;
  }

  private offsetFor(tid: number, address: number): number {
    const shared = this.mappings.findLast((mapping) => mapping.address === address);
    const start = shared === undefined ? fileOffsetAt(tid, address) : undefined;
    const mapping = shared ?? this.mappings.find(({ index }) => index * PAGE === start);
    if (mapping === undefined) return -errno.EINVAL;
    this.view.setBigUint64(8, BigInt(mapping.index * PAGE), true);
    this.view.setUint32(16, mapping.handles.length, true);
    return 0;
  }

  private setNotify(): number {
    const offset = Number(this.view.getBigUint64(0, true));
    const action = this.view.getUint32(8, true);
    const port = this.view.getUint32(12, true);
    if ((action & ~(UNMAP_NOTIFY_CLEAR_BYTE | UNMAP_NOTIFY_SEND_EVENT)) !== 0) return -errno.EINVAL;
    const mapping = this.mappingAt(offset);
    if (mapping === undefined) return -errno.ENOENT;
    // The new port is held before the old one is let go: it may be the same.
    if ((action & UNMAP_NOTIFY_SEND_EVENT) !== 0 && !this.options.evtchn.hold(port)) return -errno.EINVAL;
    this.dropNotify(mapping);
    mapping.notify = { offset, action, port };
    return 0;
  }

  private dropNotify(mapping: Mapping): void {
    const { notify } = mapping;
    delete mapping.notify;
    if (notify !== undefined && (notify.action & UNMAP_NOTIFY_SEND_EVENT) !== 0) this.options.evtchn.letGo(notify.port);
  }

  private copy(memory: CallerBytes): number {
    const count = this.view.getUint32(0, true);
    const segments = Number(this.view.getBigUint64(8, true));
    if (count > MAX_SEGMENTS) return -errno.E2BIG;
    const { hypervisor, domain } = this.options;
    for (let index = 0; index < count; index += 1) {
      const result = copySegment(hypervisor, domain, memory, segments + 40 * index);
      if (result < 0) return result;
    }
    return 0;
  }

  read(_request: Request, offset: number, into: Uint8Array): number {
    let done = 0;
    while (done < into.length) {
      const page = into.subarray(done, done + PAGE);
      if (this.mappingAt(offset + done) === undefined) break;
      // The granter may be gone: on Xen its pages would be there still, and who maps them should not be killed by a SIGBUS.
      if (!this.transfer(offset + done, page, false)) page.fill(0);
      done += page.length;
    }
    return done === 0 ? -errno.EIO : done;
  }

  write(_request: Request, offset: number, data: Uint8Array): number {
    for (let done = 0; done < data.length; ) {
      const room = PAGE - ((offset + done) % PAGE);
      const part = data.subarray(done, done + room);
      this.transfer(offset + done, part, true); // a page that is gone has nobody left who would read it
      done += part.length;
    }
    return data.length;
  }

  release(): void {
    for (const mapping of this.mappings) this.end(mapping);
    this.mappings.length = 0;
  }

  private mappingAt(offset: number): Mapping | undefined {
    const page = Math.floor(offset / PAGE);
    return this.mappings.find(({ index, handles }) => page >= index && page < index + handles.length);
  }

  private transfer(offset: number, bytes: Uint8Array, writing: boolean): boolean {
    const mapping = this.mappingAt(offset);
    const handle = mapping?.handles[Math.floor(offset / PAGE) - mapping.index];
    const grant = handle === undefined ? undefined : this.options.domain.grants.mapping(handle);
    const page = grant?.granter.memory.pageOf(grant.frame);
    if (grant === undefined || page === undefined) return false;
    if (writing && (grant.flags & GNTMAP_READONLY) !== 0) return false;
    const { frames } = grant.granter.memory;
    if (writing) return frames.write(page, offset % PAGE, bytes);
    frames.read(page, offset % PAGE, bytes);
    return true;
  }

  private end(mapping: Mapping): void {
    const { notify, handles } = mapping;
    if (notify !== undefined && (notify.action & UNMAP_NOTIFY_CLEAR_BYTE) !== 0) {
      this.transfer(notify.offset, Uint8Array.of(0), true);
    }
    if (notify !== undefined && (notify.action & UNMAP_NOTIFY_SEND_EVENT) !== 0) {
      this.options.domain.eventChannels.send(notify.port);
    }
    this.dropNotify(mapping);
    this.drop(handles);
  }

  private drop(handles: readonly number[]): void {
    const { hypervisor, domain } = this.options;
    for (const handle of handles) {
      const granter = domain.grants.mapping(handle)?.granter;
      domain.grants.unmap(handle);
      if (granter !== undefined) releaseDomain(hypervisor, granter);
    }
  }
}

/** The file offset where the caller's mapping that begins at an address begins; of whichever file it is. */
function fileOffsetAt(tid: number, address: number): number | undefined {
  try {
    for (const line of readFileSync(`/proc/${tid}/maps`, 'latin1').split('\n')) {
      const [, start, offset] = /^([0-9a-f]+)-\S+ \S+ ([0-9a-f]+)/.exec(line) ?? [];
      if (start === undefined || offset === undefined) continue;
      if (Number.parseInt(start, 16) === address) return Number.parseInt(offset, 16);
    }
  } catch {
    // the caller has ended
  }
  return undefined;
}
