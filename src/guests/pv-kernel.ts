import { guestContext } from '../xen/abi/cpu-context.ts';
import { stableLayout } from '../xen/abi/stable-layout.ts';
import type { Domain } from '../xen/domain/domain.ts';
import type { DomainMemory } from '../xen/memory/domain-memory.ts';
import { E820_RAM } from '../xen/memory/e820.ts';
import { PAGE_SIZE } from '../xen/memory/heap.ts';
import { frameOfCr3, mapFrames, translate, visitMapped } from '../xen/memory/page-tables.ts';
import { type PvStart, pvStart, startInfo } from './boot-information.ts';
import { P2M_ENTRIES, P2mList, pagesOfList } from './p2m-list.ts';

// What a PV Linux kernel does with its own memory: arch/x86/xen/p2m.c, suspend_pv.c and drivers/xen/balloon.c.

/** Where the kernel maps its list of machine frames: the start of its vmalloc area. */
const P2M_ADDRESS = 0xffffc90000000000n;
/** struct arch_shared_info of x86-64, and its place in struct shared_info. */
const ARCH_INFO = 3088;
const archInfo = stableLayout(
  'arch_shared_info',
  'max_pfn:u64 pfn_to_mfn_frame_list_list:u64 nmi_reason:u64 p2m_cr3:u64 p2m_vaddr:u64 p2m_generation:u64',
);
/** SIF_MOD_START_PFN: the module is named by guest frame, and not mapped. */
const MODULE_BY_FRAME = 1 << 3;
const CONTEXT_RDX = guestContext.field('rdx').offset;
const CONTEXT_RAX = guestContext.field('rax').offset;
/** What SCHEDOP_shutdown returns in a guest whose suspend was cancelled. */
const CANCELLED = 1n;
/** 256 GiB. */
const MOST_FRAMES = 2 ** 26;
const ADDRESS_BITS = 0xfffn;
/** EXTRA_MEM_RATIO: a guest may get this many times its initial memory in addition. */
const MOST_EXTRA = 10;
const NO_FRAMES = new Uint8Array(PAGE_SIZE).fill(0xff);
const ZEROES = new Uint8Array(PAGE_SIZE);

const pageAt = (index: number): bigint => P2M_ADDRESS + BigInt(index * PAGE_SIZE);

/** A PV guest's kernel. All of its state is in the guest's memory and registers, so that it continues after save and restore. */
export class PvKernel {
  readonly #memory: DomainMemory;
  readonly #start: PvStart;
  readonly #registers: DataView;
  /** Guest frames that its builder gave it. */
  readonly #built: number;
  /** Guest frames that it may have: entries of its list. */
  readonly #count: number;

  private constructor(memory: DomainMemory, start: PvStart, registers: DataView) {
    this.#memory = memory;
    this.#start = start;
    this.#registers = registers;
    this.#built = startInfo.field('nr_pages').get(start.info);
    this.#count = this.#listed() ?? mostFrames(memory, this.#built);
  }

  /** Undefined if the domain has no 64-bit PV kernel, or one that claims more memory than a PV guest can have. */
  static of(domain: Domain): PvKernel | undefined {
    if (domain.isHvm) return undefined;
    domain.look();
    const start = pvStart(domain);
    const context = domain.vcpus[0]?.context;
    if (start === undefined || context === undefined) return undefined;
    if (startInfo.field('nr_pages').get(start.info) > MOST_FRAMES) return undefined;
    return new PvKernel(domain.memory, start, new DataView(context.buffer, context.byteOffset, context.byteLength));
  }

  /**
   * At its start and after a restore, shows the toolstack its list of machine frames in both forms: as a tree of frames, and by page
   * tables and a virtual address. Does nothing if it has no room for them.
   */
  start(): void {
    this.#registers.setBigUint64(CONTEXT_RDX, 0n, true);
    const list = this.#list() ?? this.#moveList();
    if (list === undefined) return;
    const { cr3 } = this.#start;
    const tree = this.#treeFrames(list);
    const top = tree[0];
    if (top === undefined) return;
    const frames = BigUint64Array.from(list.pages, BigInt);
    for (const [index, middle] of tree.slice(1).entries()) {
      const part = frames.slice(index * P2M_ENTRIES, (index + 1) * P2M_ENTRIES);
      this.#memory.writeFrame(middle, 0, new Uint8Array(part.buffer));
    }
    const middles = BigUint64Array.from(tree.slice(1), BigInt);
    this.#memory.writeFrame(top, 0, new Uint8Array(middles.buffer));
    const view = new DataView(new ArrayBuffer(archInfo.size));
    archInfo.field('max_pfn').set(view, this.#count);
    archInfo.field('pfn_to_mfn_frame_list_list').set(view, top);
    archInfo.field('p2m_cr3').setBig(view, cr3 & ~ADDRESS_BITS);
    archInfo.field('p2m_vaddr').setBig(view, P2M_ADDRESS);
    this.#memory.writeFrame(this.#memory.sharedInfo, ARCH_INFO, new Uint8Array(view.buffer));
  }

  /** Right before it suspends: its start info names its rings by guest frame, and rdx the start info's machine frame. */
  suspend(): void {
    this.#rename((mfn) => this.#memory.m2p.get(mfn));
    this.#registers.setBigUint64(CONTEXT_RDX, BigInt(this.#start.frame), true);
    this.#registers.setBigUint64(CONTEXT_RAX, 0n, true);
  }

  /** Called when it runs. After a cancelled suspend it names its rings by machine frame again; otherwise the toolstack has done so. */
  run(): void {
    if (this.#registers.getBigUint64(CONTEXT_RDX, true) !== BigInt(this.#start.frame)) return;
    this.#registers.setBigUint64(CONTEXT_RDX, 0n, true);
    const list = this.#list();
    if (this.#registers.getBigUint64(CONTEXT_RAX, true) === CANCELLED) this.#rename((gfn) => list?.get(gfn));
  }

  /** Returns the highest pages that it does not use to Xen, or allocates some for its lowest holes, until the guest has `pages`. */
  balloon(pages: number): void {
    const memory = this.#memory;
    const list = this.#list();
    if (list === undefined) return;
    const used = memory.totalPages > pages ? this.#used() : new Set<number>();
    for (let gfn = this.#count - 1; gfn >= 0 && memory.totalPages > pages; gfn -= 1) {
      const mfn = used.has(gfn) ? undefined : list.get(gfn);
      if (mfn !== undefined && memory.remove(mfn)) list.set(gfn, undefined);
    }
    for (let gfn = 0; gfn < this.#count && memory.totalPages < pages; gfn += 1) {
      if (list.get(gfn) !== undefined) continue;
      const mfn = memory.populate(gfn, 1);
      if (mfn === undefined) return;
      list.set(gfn, mfn);
    }
  }

  /** The list where the kernel has mapped it. */
  #list(): P2mList | undefined {
    return P2mList.at(this.#memory, this.#start.cr3, P2M_ADDRESS, this.#count);
  }

  /** The number of entries of its list, if it has mapped one. */
  #listed(): number | undefined {
    const view = new DataView(new ArrayBuffer(archInfo.size));
    this.#memory.readFrame(this.#memory.sharedInfo, ARCH_INFO, new Uint8Array(view.buffer));
    return archInfo.field('p2m_vaddr').getBig(view) === P2M_ADDRESS ? archInfo.field('max_pfn').get(view) : undefined;
  }

  /** Maps the builder's list where the kernel wants it, with pages behind it for memory that it may get, and for the tree. */
  #moveList(): P2mList | undefined {
    const { info, cr3 } = this.#start;
    const list = P2mList.at(this.#memory, cr3, startInfo.field('mfn_list').getBig(info), this.#built);
    if (list === undefined) return undefined;
    const used = this.#used();
    let gfn = this.#built;
    const take = (): number | undefined => {
      for (gfn -= 1; gfn > 0; gfn -= 1) {
        const mfn = used.has(gfn) ? undefined : list.get(gfn);
        if (mfn === undefined) continue;
        this.#memory.writeFrame(mfn, 0, ZEROES);
        return mfn;
      }
      return undefined;
    };
    const frames = [...list.pages];
    const length = pagesOfList(this.#count);
    while (frames.length < length + treePages(length)) {
      const frame = take();
      if (frame === undefined) return undefined;
      frames.push(frame);
    }
    for (let index = this.#built; index < list.pages.length * P2M_ENTRIES; index += 1) list.set(index, undefined);
    for (const frame of frames.slice(list.pages.length, length)) this.#memory.writeFrame(frame, 0, NO_FRAMES);
    return mapFrames(this.#memory, cr3, P2M_ADDRESS, frames, take) ? this.#list() : undefined;
  }

  /** The frame of the tree's top and of its middle, which are mapped right behind the list. */
  #treeFrames(list: P2mList): number[] {
    const frames: number[] = [];
    for (let index = 0; index < treePages(list.pages.length); index += 1) {
      const frame = translate(this.#memory, this.#start.cr3, pageAt(list.pages.length + index));
      if (frame === undefined) return [];
      frames.push(frame);
    }
    return frames;
  }

  /** The guest frames that its page tables refer to, and those of its module. */
  #used(): Set<number> {
    const { info, cr3 } = this.#start;
    const memory = this.#memory;
    const used = new Set([memory.m2p.get(frameOfCr3(cr3)) ?? 0]);
    visitMapped(memory, cr3, (frame) => used.add(memory.m2p.get(frame) ?? 0));
    if ((startInfo.field('flags').get(info) & MODULE_BY_FRAME) === 0) return used;
    const first = startInfo.field('mod_start').get(info);
    const length = Math.ceil(startInfo.field('mod_len').get(info) / PAGE_SIZE);
    for (let gfn = first; gfn < Math.min(first + length, this.#count); gfn += 1) used.add(gfn);
    return used;
  }

  /** Replaces the frame numbers of its rings in the start info. */
  #rename(other: (frame: number) => number | undefined): void {
    const { info, frame } = this.#start;
    for (const name of ['store_mfn', 'console_mfn']) {
      const field = startInfo.field(name);
      const renamed = other(field.get(info));
      if (renamed !== undefined) field.set(info, renamed);
    }
    const bytes = new Uint8Array(info.buffer, info.byteOffset, startInfo.field('pt_base').offset);
    this.#memory.writeFrame(frame, 0, bytes);
  }
}

/** Pages of the tree above a list of so many pages: its top, and a middle for each page's worth of list pages. */
const treePages = (length: number): number => 1 + Math.ceil(length / P2M_ENTRIES);

/** The end of the memory map, which is the most memory that the guest may get: xen_memory_setup() in arch/x86/xen/setup.c. */
function mostFrames(memory: DomainMemory, built: number): number {
  const ends = memory.map.filter(({ type }) => type === E820_RAM).map(({ address, size }) => address + size);
  const most = Math.floor(Math.max(0, ...ends) / PAGE_SIZE);
  return Math.max(built, Math.min(most, built * (1 + MOST_EXTRA), MOST_FRAMES));
}
