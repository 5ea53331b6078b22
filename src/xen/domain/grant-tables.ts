import { errno } from '../errno.ts';
import { markDirty } from '../memory/dirty-log.ts';
import { PAGE_SHIFT, PAGE_SIZE } from '../memory/heap.ts';
import type { Domain } from './domain.ts';

/** GNTST_* (grant_table.h): a grant operation's status, in its struct. */
export const grantStatus = {
  okay: 0,
  generalError: -1,
  badDomain: -2,
  badGrantRef: -3,
  badHandle: -4,
  badVirtAddr: -5,
  badDevAddr: -6,
  noDeviceSpace: -7,
  permissionDenied: -8,
  badPage: -9,
  badCopyArg: -10,
  addressTooBig: -11,
  tryAgain: -12,
  noSpace: -13,
} as const;

/** GNTMAP_* flags of a mapping. */
export const GNTMAP_DEVICE = 1;
export const GNTMAP_HOST = 2;
export const GNTMAP_READONLY = 4;
export const GNTMAP_APPLICATION = 8;
export const GNTMAP_PTE = 16;

/** GTF_* of an entry's flags. */
const GTF_TYPE = 3;
const GTF_PERMIT_ACCESS = 1;
const GTF_READONLY = 4;
const GTF_READING = 8;
const GTF_WRITING = 16;
const GTF_SUB_PAGE = 256;

const ENTRY_BYTES = { 1: 8, 2: 16 } as const;
const STATUS_BYTES = 2;
/** Entries that libxc and the kernel reserve; set_version keeps them. */
const RESERVED_ENTRIES = 8;
/** Mappings that one page of Xen's list of mappings holds. */
const MAPPINGS_PER_FRAME = 256;

/** Upper limit of a table's size, whatever a toolstack sets: 256 MiB. */
const MOST_FRAMES = 65536;

export interface GrantMapping {
  readonly granter: Domain;
  readonly ref: number;
  readonly flags: number;
  /** The granter's frame. */
  readonly frame: number;
}

/** The content of an entry. */
interface Entry {
  flags: number;
  readonly domid: number;
  readonly frame: number;
}

/** A domain's grant table, and the grants of others that it has mapped. */
export class GrantTable {
  version: 1 | 2 = 1;
  readonly #domain: Domain;
  /** Machine frames of the table; the first is allocated on first use. */
  readonly #shared: number[] = [];
  readonly #status: number[] = [];
  #count = 1;
  readonly #mappings = new Map<number, GrantMapping>();
  #lowestHandle = 0;
  /** How often each entry is mapped: all, and for writing. */
  readonly #pins = new Map<number, { all: number; writing: number }>();

  constructor(domain: Domain) {
    this.#domain = domain;
  }

  /** Frames that the table has now. */
  get frames(): number {
    return this.#count;
  }

  get maxFrames(): number {
    return Math.min(this.#domain.maxGrantFrames, MOST_FRAMES);
  }

  get maxStatusFrames(): number {
    return this.#statusFramesOf(this.maxFrames);
  }

  /** The number of status frames for the current frames; version 1 has none. */
  get statusFrames(): number {
    return this.version === 2 ? this.#statusFramesOf(this.#count) : 0;
  }

  /** How many entries there are. */
  get entries(): number {
    return (this.#count * PAGE_SIZE) / ENTRY_BYTES[this.version];
  }

  /** Lets the table have at least `frames` frames; false if that is too many. */
  grow(frames: number): boolean {
    if (frames > this.maxFrames) return false;
    this.#count = Math.max(this.#count, frames);
    return true;
  }

  /** Machine frame of the table's frame `index`; the table grows to have it. */
  sharedFrame(index: number): number | undefined {
    if (!this.grow(index + 1)) return undefined;
    return this.#frameIn(this.#shared, index);
  }

  statusFrame(index: number): number | undefined {
    if (this.version !== 2 || index >= this.maxStatusFrames) return undefined;
    return this.#frameIn(this.#status, index);
  }

  /** Clears the table except for the reserved entries, and switches to the other version. 0 or -errno. */
  setVersion(version: 1 | 2): number {
    if (version === this.version) return 0;
    if (version > this.#domain.maxGrantVersion) return -errno.ENOSYS;
    if (this.#pins.size > 0) return -errno.EBUSY;
    const kept: Entry[] = [];
    for (let ref = 0; ref < RESERVED_ENTRIES; ref += 1) kept.push(this.#read(ref) ?? { flags: 0, domid: 0, frame: 0 });
    const { memory } = this.#domain;
    for (const mfn of this.#shared) memory.frames.discard(memory.special.pageOf(mfn));
    this.version = version;
    for (const [ref, entry] of kept.entries()) this.#write(ref, entry);
    return 0;
  }

  /** Writes an entry, as the guest itself does in its table: `domid` may map or copy `frame`. */
  grantAccess(ref: number, domid: number, frame: number, readonly = false): boolean {
    return this.#write(ref, { flags: GTF_PERMIT_ACCESS | (readonly ? GTF_READONLY : 0), domid, frame });
  }

  /** Whether the entry is unused: it grants nothing and is not mapped. */
  isFree(ref: number): boolean {
    return this.#read(ref)?.flags === 0 && !this.#pins.has(ref);
  }

  /** The frame that an entry grants access to; undefined if it grants none. */
  grantedFrame(ref: number): number | undefined {
    const entry = this.#read(ref);
    return entry !== undefined && (entry.flags & GTF_TYPE) === GTF_PERMIT_ACCESS ? entry.frame : undefined;
  }

  /** The frames that entries grant access to. */
  grantedFrames(): Set<number> {
    const frames = new Set<number>();
    const entries = (this.#shared.length * PAGE_SIZE) / ENTRY_BYTES[this.version];
    for (let ref = RESERVED_ENTRIES; ref < entries; ref += 1) {
      const frame = this.grantedFrame(ref);
      if (frame !== undefined) frames.add(frame);
    }
    return frames;
  }

  /** Revokes an entry; false while it is in use. */
  endAccess(ref: number): boolean {
    if (this.#pins.has(ref)) return false;
    this.#write(ref, { flags: 0, domid: 0, frame: 0 });
    return true;
  }

  /** Frame that `user` may reach through `ref`, or a negative GNTST_*. */
  access(ref: number, user: Domain, writing: boolean): number {
    if (ref >= this.entries) return grantStatus.badGrantRef;
    const entry = this.#read(ref);
    if (entry === undefined || (entry.flags & GTF_TYPE) !== GTF_PERMIT_ACCESS) return grantStatus.generalError;
    if (entry.domid !== user.id || (writing && (entry.flags & GTF_READONLY) !== 0)) return grantStatus.generalError;
    if ((entry.flags & GTF_SUB_PAGE) !== 0) return grantStatus.generalError;
    return this.#domain.memory.pageOf(entry.frame) === undefined ? grantStatus.badPage : entry.frame;
  }

  /** Maps another domain's grant: a handle of 0 or more, or a negative GNTST_*. `mapping(handle)` gives the frame. */
  map(granter: Domain, ref: number, flags: number): number {
    const lowestHandle = this.#lowestHandle;
    const mappings = this.#mappings;
    let handle = lowestHandle;
    while (mappings.has(handle)) handle += 1;
    if (handle >= this.#domain.maxMaptrackFrames * MAPPINGS_PER_FRAME) return grantStatus.noDeviceSpace;
    const writing = (flags & GNTMAP_READONLY) === 0;
    const frame = granter.grants.access(ref, this.#domain, writing);
    if (frame < 0) return frame;
    granter.grants.#pin(ref, 1, writing ? 1 : 0);
    granter.references += 1;
    mappings.set(handle, { granter, ref, flags, frame });
    this.#lowestHandle = handle + 1;
    return handle;
  }

  mapping(handle: number): GrantMapping | undefined {
    return this.#mappings.get(handle);
  }

  /** Returns a GNTST_*. The granter may be a dead domain that waited for this: pass it to releaseDomain. */
  unmap(handle: number): number {
    const mapping = this.#mappings.get(handle);
    if (mapping === undefined) return grantStatus.badHandle;
    this.#mappings.delete(handle);
    this.#lowestHandle = Math.min(this.#lowestHandle, handle);
    const writing = (mapping.flags & GNTMAP_READONLY) === 0;
    if (writing) markDirty(mapping.granter.memory, mapping.frame);
    mapping.granter.grants.#pin(mapping.ref, -1, writing ? -1 : 0);
    mapping.granter.references -= 1;
    return grantStatus.okay;
  }

  /** Exchanges two entries. A GNTST_*. */
  swap(a: number, b: number): number {
    if (a >= this.entries || b >= this.entries) return grantStatus.badGrantRef;
    if (a === b) return grantStatus.okay;
    if (this.#pins.has(a) || this.#pins.has(b)) return grantStatus.tryAgain;
    const [first, second] = [this.#read(a), this.#read(b)];
    if (first !== undefined) this.#write(b, first);
    if (second !== undefined) this.#write(a, second);
    return grantStatus.okay;
  }

  /** Drops all mappings of a destroyed domain. Its own entries stay pinned while other domains map them. */
  release(): Domain[] {
    const granters = [...this.#mappings.values()].map(({ granter }) => granter);
    for (const handle of [...this.#mappings.keys()]) this.unmap(handle);
    this.#shared.length = 0;
    this.#status.length = 0;
    return granters;
  }

  #pin(ref: number, all: number, writing: number): void {
    const pin = this.#pins.get(ref) ?? { all: 0, writing: 0 };
    pin.all += all;
    pin.writing += writing;
    if (pin.all > 0) this.#pins.set(ref, pin);
    else this.#pins.delete(ref);
    const inUse = (pin.all > 0 ? GTF_READING : 0) | (pin.writing > 0 ? GTF_WRITING : 0);
    if (this.#domain.dying !== 'no') return;
    if (this.version === 2) {
      const word = Uint16Array.of(inUse);
      this.#transfer(this.#status, ref * STATUS_BYTES, new Uint8Array(word.buffer), true);
      return;
    }
    const entry = this.#read(ref);
    if (entry !== undefined)
      this.#write(ref, { ...entry, flags: (entry.flags & ~(GTF_READING | GTF_WRITING)) | inUse });
  }

  #read(ref: number): Entry | undefined {
    const bytes = new Uint8Array(ENTRY_BYTES[this.version]);
    const view = new DataView(bytes.buffer);
    if (!this.#transfer(this.#shared, ref * bytes.length, bytes, false)) return undefined;
    const frame = this.version === 1 ? view.getUint32(4, true) : Number(view.getBigUint64(8, true));
    return { flags: view.getUint16(0, true), domid: view.getUint16(2, true), frame };
  }

  #write(ref: number, { flags, domid, frame }: Entry): boolean {
    const bytes = new Uint8Array(ENTRY_BYTES[this.version]);
    const view = new DataView(bytes.buffer);
    view.setUint16(0, flags, true);
    view.setUint16(2, domid, true);
    if (this.version === 1) view.setUint32(4, frame, true);
    else view.setBigUint64(8, BigInt(frame), true);
    return this.#transfer(this.#shared, ref * bytes.length, bytes, true);
  }

  /** Reads or writes bytes of the table at `at`; they lie within a page. */
  #transfer(list: number[], at: number, bytes: Uint8Array, writing: boolean): boolean {
    const index = at >>> PAGE_SHIFT;
    const mfn = index < this.#count ? this.#frameIn(list, index) : undefined;
    if (mfn === undefined) return false;
    const { memory } = this.#domain;
    const page = memory.special.pageOf(mfn);
    if (writing) return memory.frames.write(page, at % PAGE_SIZE, bytes);
    memory.frames.read(page, at % PAGE_SIZE, bytes);
    return true;
  }

  #frameIn(list: number[], index: number): number | undefined {
    for (let missing = list.length; missing <= index; missing += 1) {
      const mfn = this.#domain.memory.special.add();
      if (mfn === undefined) return undefined;
      list.push(mfn);
    }
    return list[index];
  }

  #statusFramesOf(frames: number): number {
    return Math.ceil((frames * PAGE_SIZE * STATUS_BYTES) / ENTRY_BYTES[2] / PAGE_SIZE);
  }
}
