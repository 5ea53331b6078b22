import { KeptMap } from '../../caller/kept-map.ts';
import { type Mapping, mappingAt } from '../../caller/mapping.ts';
import { DOMID_INVALID } from '../../xen/domain/domain.ts';
import { errno } from '../../xen/errno.ts';
import { PAGE_SIZE } from '../../xen/memory/heap.ts';
import { FileFrames } from '../foreign-memory/file-frames.ts';
import { lendable, mapPages, type PageMap } from '../foreign-memory/map-pages.ts';
import {
  type FrameOwner,
  foreignPage,
  frameOwner,
  PROT_WRITE,
  resourceFrames,
  resourcePages,
} from './foreign-frames.ts';
import { FrameList } from './frame-list.ts';
import { holeAround, rememberHoles } from './holes.ts';
import {
  IOCTL_PRIVCMD_MMAP,
  IOCTL_PRIVCMD_MMAP_RESOURCE,
  IOCTL_PRIVCMD_MMAPBATCH,
  IOCTL_PRIVCMD_MMAPBATCH_V2,
} from './ioctls.ts';
import type { CallerBytes, IoctlHandler, Privcmd, PrivcmdIoctl, PrivcmdState } from './privcmd.ts';
import { batch, mmap, mmapEntry, resource } from './structs.ts';

/** Most frames of one call: 16 GiB, more than a simulated machine has. A larger list is ENOMEM, as if Linux could not allocate it. */
const MAX_FRAMES = 2 ** 22;
/** Batches of at most this many frames share one list, and their range is first looked up in the kept map. */
const FEW_FRAMES = 16;
/** PRIVCMD_MMAPBATCH_*_ERROR (privcmd.h): what version 1 ORs into a frame that could not be mapped. */
const MFN_ERROR = 0xf0000000n;
const PAGED_ERROR = 0x80000000n;

/** Adds the ioctls that map guest memory: MMAP, MMAPBATCH, MMAPBATCH_V2, MMAP_RESOURCE (Linux's drivers/xen/privcmd.c). */
export function addMappings(privcmd: Privcmd): void {
  const mappings = new Mappings(privcmd);
  privcmd.ioctls.set(IOCTL_PRIVCMD_MMAP, mappings.mmap);
  privcmd.ioctls.set(IOCTL_PRIVCMD_MMAPBATCH, mappings.batch);
  privcmd.ioctls.set(IOCTL_PRIVCMD_MMAPBATCH_V2, mappings.batchV2);
  privcmd.ioctls.set(IOCTL_PRIVCMD_MMAP_RESOURCE, mappings.resource);
}

class Mappings {
  readonly #privcmd: Privcmd;
  readonly #bytes = new Uint8Array(32);
  readonly #view = new DataView(this.#bytes.buffer);
  readonly #keptMap = new KeptMap();
  readonly #fewFrames = new FrameList(FEW_FRAMES);

  constructor(privcmd: Privcmd) {
    this.#privcmd = privcmd;
  }

  readonly batch: IoctlHandler = (ioctl) => {
    const { memory, argument } = ioctl;
    if (!this.#fetch(memory, argument, batch.errors.offset)) return -errno.EFAULT;
    return this.#mapBatch(ioctl, ({ frames, errors }, count) => {
      for (let index = 0; index < count; index += 1) {
        if (errors[index] === 0) continue;
        frames[index] = frames[index]! | (errors[index] === -errno.ENOENT ? PAGED_ERROR : MFN_ERROR);
        const entry = new Uint8Array(frames.buffer, 8 * index, 8);
        if (memory.copyToUser(batch.frames.get(this.#view) + 8 * index, entry, 0, 8) < 8) return -errno.EFAULT;
      }
      return 0;
    });
  };

  readonly batchV2: IoctlHandler = (ioctl) => {
    const { memory, argument } = ioctl;
    if (!this.#fetch(memory, argument, batch.size)) return -errno.EFAULT;
    return this.#mapBatch(ioctl, ({ errorBytes }, count) =>
      memory.copyToUser(batch.errors.get(this.#view), errorBytes, 0, 4 * count) < 4 * count ? -errno.EFAULT : 0,
    );
  };

  /** `report` writes each frame's error to the caller; it returns 0 or -errno. */
  #mapBatch(ioctl: PrivcmdIoctl, report: (list: FrameList, count: number) => number): number {
    const { state, memory, tid } = ioctl;
    const count = batch.count.get(this.#view);
    const domid = batch.domid.get(this.#view);
    const address = batch.address.get(this.#view);
    const frames = batch.frames.get(this.#view);
    if (state.domid !== DOMID_INVALID && state.domid !== domid) return -errno.EPERM;
    if (count === 0) return -errno.EINVAL;
    if (count > MAX_FRAMES) return -errno.ENOMEM;
    const list = count > FEW_FRAMES ? new FrameList(count) : this.#fewFrames;
    if (memory.copyFromUser(frames, list.frameBytes, 0, 8 * count) < 8 * count) return -errno.EFAULT;
    list.errors.fill(0);
    const kept = count > FEW_FRAMES ? undefined : targetOf(state, this.#keptMap.at(tid, address), address, count);
    let target = kept ?? targetOf(state, mappingAt(tid, address), address, count);
    // Check that the list of errors is writable before checking the range.
    if (target === undefined) return report(list, count) || -errno.EINVAL;

    const owner = frameOwner(this.#privcmd.hypervisor, this.#privcmd.domain, domid);
    const pages: number[] = [];
    let existing = 0;
    for (let index = 0; index < count; index += 1) {
      const page = typeof owner === 'number' ? owner : foreignPage(owner, list.frame(index), target.protection);
      pages.push(page);
      if (page < 0) list.errors[index] = page;
      else existing += 1;
    }
    if (existing > 0 && this.#leavesTraced(state)) return 0;
    const reported = report(list, count);
    if (reported < 0) return reported;
    // The kept map is not current enough to map something there.
    if (existing > 0 && target === kept) target = targetOf(state, mappingAt(tid, address), address, count);
    if (target === undefined) return -errno.EINVAL;
    this.#map(ioctl, typeof owner === 'number' ? undefined : owner, { mapping: target, address, pages });
    return 0;
  }

  /** Whether the ioctl must come through FUSE, whose page cache shows copies to a traced program. */
  #leavesTraced({ traced }: PrivcmdState): boolean {
    this.#privcmd.postponed = traced && this.#privcmd.onlyShort;
    return this.#privcmd.postponed;
  }

  readonly mmap: IoctlHandler = (ioctl) => {
    const { state, memory, argument, tid } = ioctl;
    if (!this.#fetch(memory, argument, mmap.size)) return -errno.EFAULT;
    const count = mmap.count.get(this.#view) | 0;
    const domid = mmap.domid.get(this.#view);
    const list = mmap.entries.get(this.#view);
    if (state.domid !== DOMID_INVALID && state.domid !== domid) return -errno.EPERM;
    if (count <= 0) return 0; // Linux accepts an empty list
    if (count > MAX_FRAMES) return -errno.ENOMEM;
    const entries = new DataView(new ArrayBuffer(count * mmapEntry.size));
    const raw = new Uint8Array(entries.buffer);
    if (memory.copyFromUser(list, raw, 0, raw.length) < raw.length) return -errno.EFAULT;
    const address = mmapEntry.address.get(entries);
    const target = mappingAt(tid, address);
    if (target === undefined || !isPrivcmd(target) || target.start !== address || isRest(state, target)) {
      return -errno.EINVAL;
    }
    const owner = frameOwner(this.#privcmd.hypervisor, this.#privcmd.domain, domid);
    const pages: number[] = [];
    let result = 0;
    for (let index = 0; index < count && result === 0; index += 1) {
      const at = index * mmapEntry.size;
      const frame = mmapEntry.frame.get(entries, at);
      const number = mmapEntry.count.get(entries, at);
      const next = address + pages.length * PAGE_SIZE;
      if (mmapEntry.address.get(entries, at) !== next || next + number * PAGE_SIZE > target.end) result = -errno.EINVAL;
      for (let page = 0; page < number && result === 0; page += 1) {
        const found = typeof owner === 'number' ? owner : foreignPage(owner, frame + page, target.protection);
        if (found < 0) result = found;
        else pages.push(found);
      }
    }
    const range = { mapping: target, address, pages, end: target.end };
    this.#map(ioctl, typeof owner === 'number' ? undefined : owner, range);
    return result;
  };

  readonly resource: IoctlHandler = (ioctl) => {
    const { state, memory, argument, tid } = ioctl;
    if (!this.#fetch(memory, argument, resource.size)) return -errno.EFAULT;
    const { hypervisor, domain: caller } = this.#privcmd;
    const view = this.#view;
    const domid = resource.domid.get(view);
    const [type, id, first] = [resource.type.get(view), resource.id.get(view), resource.first.get(view)];
    const [count, address] = [resource.count.get(view), resource.address.get(view)];
    if (state.domid !== DOMID_INVALID && state.domid !== domid) return -errno.EPERM;
    if ((address === 0) !== (count === 0)) return -errno.EINVAL;
    if (address === 0) {
      const size = resourceFrames(hypervisor, caller, domid, type, id);
      if (size < 0) return size;
      resource.count.set(view, size);
      const { offset, size: bytes } = resource.count;
      return memory.copyToUser(argument + offset, this.#bytes, offset, bytes) < bytes ? -errno.EFAULT : 0;
    }
    const target = mappingAt(tid, address);
    if (target === undefined || !isPrivcmd(target)) return -errno.EINVAL;
    if (address + count * PAGE_SIZE > target.end) return -errno.EINVAL;
    const found = resourcePages(hypervisor, caller, domid, { type, id, first, count });
    if (typeof found === 'number') return found;
    this.#map(ioctl, found.domain, { mapping: target, address, pages: found.pages });
    return 0;
  };

  /** Schedules the mapping for when the ioctl is answered, and remembers the parts of the range (which may be longer) without pages. */
  #map({ state, tid }: PrivcmdIoctl, owner: FrameOwner | undefined, range: MappedRange): void {
    const { mapping, address, pages, end = address + pages.length * PAGE_SIZE } = range;
    rememberHoles(state, { address, end, origin: originOf(mapping) }, pages);
    if (owner === undefined || !pages.some((page) => page >= 0)) return;
    const { protection, start } = mapping;
    const readOnly = owner.mayWrite !== undefined && (protection & PROT_WRITE) === 0;
    const map: PageMap = { domain: owner, address, pages, protection, readOnly };
    const { frames } = owner.memory;
    let failure: number | undefined;
    this.#privcmd.work = {
      run: (call, lent) => {
        failure = mapPages(call, tid, map, lent) || undefined;
      },
      file: frames instanceof FileFrames ? lendable(frames, readOnly) : undefined,
      failure: () => failure,
      shows: { first: (address - start) / PAGE_SIZE, whole: address === start, frames, pages },
    };
  }

  /** Reads the ioctl's argument. Its 64-bit fields are inexact at and above 2^53, where no address and no count is valid. */
  #fetch(memory: CallerBytes, argument: number, size: number): boolean {
    return memory.copyFromUser(argument, this.#bytes, 0, size) === size;
  }
}

/** Where pages are to be mapped. `pages`: as in PageMap, -errno for one that is missing. */
interface MappedRange {
  readonly mapping: Mapping;
  readonly address: number;
  readonly pages: readonly number[];
  /** The end of the range; absent: that of the pages. */
  readonly end?: number;
}

const isPrivcmd = ({ path }: Mapping) => path.endsWith('/privcmd');

/**
 * The mapping of privcmd in which a batch may place its frames: a whole mapping that has none yet, or a hole that an earlier call left.
 * Undefined: EINVAL.
 */
function targetOf(
  state: PrivcmdState,
  mapping: Mapping | undefined,
  address: number,
  count: number,
): Mapping | undefined {
  if (mapping === undefined || !isPrivcmd(mapping)) return undefined;
  const end = address + count * PAGE_SIZE;
  const fits = address >= mapping.start && end <= mapping.end;
  const whole = address === mapping.start && end === mapping.end;
  const hole = state.traced ? { start: address, end } : mapping;
  return whole || (fits && holeAround(state, hole, originOf(mapping))) ? mapping : undefined;
}

const originOf = ({ start, offset }: Mapping) => start - offset;

/**
 * Whether a mapping is a part of a longer one that a call left empty. A remembered hole may also belong to a mapping that is gone; a new
 * mapping at its address begins at the start of the file.
 */
function isRest(state: PrivcmdState, mapping: Mapping): boolean {
  return mapping.offset > 0 && holeAround(state, mapping, originOf(mapping));
}
