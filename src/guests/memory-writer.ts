import type { Domain } from '../xen/domain/domain.ts';
import type { DomainMemory } from '../xen/memory/domain-memory.ts';
import { PAGE_SIZE } from '../xen/memory/heap.ts';

/** What a guest writes to its memory over time. */
export interface Writes {
  /** Bytes a second. */
  readonly rate: number;
  /** Where, in guest physical addresses. Default: from the middle of its memory, 4 MiB or, if that is less, a quarter of its memory. */
  readonly address?: number;
  readonly size?: number;
}

const NANOSECONDS = 1e9;
const DEFAULT_PAGES = 1024;

/**
 * Simulates a guest that writes an increasing number to the pages of a range, one after the other, over and over. The writes are applied
 * only when others read the memory or the guest stops: then each page written since is dirty and has its latest number.
 */
export function writeOverTime(domain: Domain, now: () => number, { rate, address, size }: Writes): void {
  const { memory } = domain;
  const start = Math.floor((address ?? (memory.totalPages / 2) * PAGE_SIZE) / PAGE_SIZE);
  const pages = Math.ceil((size ?? Math.min(DEFAULT_PAGES, memory.totalPages / 4) * PAGE_SIZE) / PAGE_SIZE);
  const value = new DataView(new ArrayBuffer(8));
  let frames: (number | undefined)[] | undefined;
  let since = now();
  let due = 0;
  let written = 0;
  domain.catchUp = () => {
    const time = now();
    if (domain.runs && (domain.vcpus[0]?.pauseCount ?? 0) === 0) {
      due += ((time - since) / NANOSECONDS) * (rate / PAGE_SIZE);
    }
    since = time;
    const end = Math.floor(due);
    for (written = Math.max(written, end - pages); written < end; written += 1) {
      const place = written % pages;
      if (!memory.translated) frames ??= machineFrames(memory, start, pages);
      const frame = frames === undefined ? start + place : frames[place];
      value.setBigUint64(0, BigInt(written + 1), true);
      if (frame !== undefined) memory.writeFrame(frame, 0, new Uint8Array(value.buffer));
    }
  };
}

/** The machine frames of a range of a PV guest's frames. */
function machineFrames({ m2p }: DomainMemory, start: number, count: number): number[] {
  const frames: number[] = [];
  for (const [mfn, gfn] of m2p.entries()) if (gfn >= start && gfn < start + count) frames[gfn - start] = mfn;
  return frames;
}
