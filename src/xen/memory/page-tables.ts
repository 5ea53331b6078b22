import type { DomainMemory } from './domain-memory.ts';
import { PAGE_SIZE } from './heap.ts';

// The page tables of a PV guest on x86-64: four levels of 512 entries, which name machine frames.

export const ENTRIES = 512;
const ENTRY_BYTES = 8;
const PRESENT = 1n;
/** Present, writable, for user mode (in which a PV kernel runs), accessed, dirty. */
const LEAF_FLAGS = 0x67n;
const TABLE_FLAGS = 0x67n;
const LARGE_PAGE = 0x80n;
const FRAME_BITS = 0xffffffffffn;
const INDEX_BITS = 511n;
/** Xen's part of the top level. */
const XEN_FIRST = 256;
const XEN_LAST = 271;
export const TOP_LEVEL = 4;

const shiftOf = (level: number): bigint => BigInt(12 + 9 * (level - 1));
const indexAt = (address: bigint, level: number): number => Number((address >> shiftOf(level)) & INDEX_BITS);

/** The entry's frame; undefined if it is not present, or names a large page. */
function frameIn(entry: bigint, level: number): number | undefined {
  if ((entry & PRESENT) === 0n || (level > 1 && (entry & LARGE_PAGE) !== 0n)) return undefined;
  return Number((entry >> 12n) & FRAME_BITS);
}

/** The entries of a table; undefined if the frame is not the domain's. */
function readTable(memory: DomainMemory, frame: number): BigUint64Array | undefined {
  const entries = new BigUint64Array(ENTRIES);
  return memory.readFrame(frame, 0, new Uint8Array(entries.buffer)) ? entries : undefined;
}

/** The frame of the top level that cr3 names. */
export const frameOfCr3 = (cr3: bigint): number => Number((cr3 >> 12n) & FRAME_BITS);

/** The frame at a virtual address; undefined if none is mapped there. */
export function translate(memory: DomainMemory, cr3: bigint, address: bigint): number | undefined {
  const entry = new DataView(new ArrayBuffer(ENTRY_BYTES));
  let frame: number | undefined = frameOfCr3(cr3);
  for (let level = TOP_LEVEL; level > 0 && frame !== undefined; level -= 1) {
    const at = indexAt(address, level) * ENTRY_BYTES;
    if (!memory.readFrame(frame, at, new Uint8Array(entry.buffer))) return undefined;
    const value = entry.getBigUint64(0, true);
    if (level > 1 && (value & PRESENT) !== 0n && (value & LARGE_PAGE) !== 0n)
      return frameInLarge(value, address, level);
    frame = frameIn(value, level);
  }
  return frame;
}

/** The frame in a large page; undefined in the top level, which has none. */
function frameInLarge(entry: bigint, address: bigint, level: number): number | undefined {
  if (level === TOP_LEVEL) return undefined;
  const within = (1n << (shiftOf(level) - 12n)) - 1n;
  return Number(((entry >> 12n) & FRAME_BITS & ~within) | ((address >> 12n) & within));
}

/** Maps frames at adjacent virtual addresses. `allocate` gives the frames of new tables. False if there is none. */
export function mapFrames(
  memory: DomainMemory,
  cr3: bigint,
  address: bigint,
  frames: readonly number[],
  allocate: () => number | undefined,
): boolean {
  const entry = new DataView(new ArrayBuffer(ENTRY_BYTES));
  const bytes = new Uint8Array(entry.buffer);
  for (let page = 0; page < frames.length; ) {
    const at = address + BigInt(page) * BigInt(PAGE_SIZE);
    let table = frameOfCr3(cr3);
    for (let level = TOP_LEVEL; level > 1; level -= 1) {
      const offset = indexAt(at, level) * ENTRY_BYTES;
      if (!memory.readFrame(table, offset, bytes)) return false;
      let next = frameIn(entry.getBigUint64(0, true), level);
      if (next === undefined) {
        next = allocate();
        if (next === undefined) return false;
        entry.setBigUint64(0, (BigInt(next) << 12n) | TABLE_FLAGS, true);
        memory.writeFrame(table, offset, bytes);
      }
      table = next;
    }
    const first = indexAt(at, 1);
    const some = frames.slice(page, page + ENTRIES - first);
    const leaves = BigUint64Array.from(some, (frame) => (BigInt(frame) << 12n) | LEAF_FLAGS);
    if (!memory.writeFrame(table, first * ENTRY_BYTES, new Uint8Array(leaves.buffer))) return false;
    page += some.length;
  }
  return true;
}

/** Called with a frame that a table names, and the level of that frame (0: no table). */
type Visit = (frame: number, level: number) => void;

/** Visits what a table names, down to the level `lowest`; each table once, since tables may name each other. */
function walk(
  memory: DomainMemory,
  table: number,
  level: number,
  lowest: number,
  visit: Visit,
  seen = new Set<number>(),
): void {
  const key = table * (TOP_LEVEL + 1) + level;
  if (seen.has(key)) return;
  seen.add(key);
  for (const [index, entry] of readTable(memory, table)?.entries() ?? []) {
    if (entry === 0n || (level === TOP_LEVEL && index >= XEN_FIRST && index <= XEN_LAST)) continue;
    const frame = frameIn(entry, level);
    if (frame === undefined || memory.m2p.get(frame) === undefined) continue;
    visit(frame, level - 1);
    if (level - 1 > lowest) walk(memory, frame, level - 1, lowest, visit, seen);
  }
}

/** Visits every frame that is mapped, tables too. */
export function visitMapped(memory: DomainMemory, cr3: bigint, visit: Visit): void {
  walk(memory, frameOfCr3(cr3), TOP_LEVEL, 0, visit);
}

/** The level of each frame that is a page table: the pinned ones, and those that they name. */
export function tableLevels(memory: DomainMemory): Map<number, number> {
  const levels = new Map(memory.pinned);
  for (const [table, level] of memory.pinned) {
    if (level > 1) walk(memory, table, level, 1, (frame, below) => levels.set(frame, below));
  }
  return levels;
}
