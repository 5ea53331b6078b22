import type { Hypervisor } from '../hypervisor.ts';
import type { DomainMemory } from './domain-memory.ts';
import { PAGE_SIZE } from './heap.ts';
import { M2P_ENTRY_BYTES } from './shown-m2p.ts';
import { SPECIAL_PAGE } from './special-pages.ts';

/** Bytes of each extent that machphys_mfn_list names. */
const M2P_EXTENT_BYTES = 2 ** 21;
const PAGES_PER_EXTENT = M2P_EXTENT_BYTES / PAGE_SIZE;
const ENTRIES = PAGE_SIZE / M2P_ENTRY_BYTES;
/** Address of the table on the recorded machine, also used for others. */
const FIRST_MFN = 0xb8a00;

const words = new Uint32Array(PAGE_SIZE / 4);
const bytes = new Uint8Array(words.buffer);

/** Extents of the machine-to-phys table. */
export function m2pExtents({ memory }: Hypervisor): number {
  return Math.ceil((memory.heap.maxPage * M2P_ENTRY_BYTES) / M2P_EXTENT_BYTES);
}

/** Machine frame of an extent's first page. */
export const m2pFrame = (extent: number): number => FIRST_MFN + extent * PAGES_PER_EXTENT;

/**
 * The page of `into`'s store that shows a frame of the table, filled with the current entries and kept so: the guest frame of each
 * machine frame of a PV domain, all ones for other frames. Undefined if the frame is not in the table.
 */
export function m2pPage(hypervisor: Hypervisor, into: DomainMemory, mfn: number): number | undefined {
  const index = mfn - FIRST_MFN;
  if (index < 0 || index >= m2pExtents(hypervisor) * PAGES_PER_EXTENT) return undefined;
  words.fill(0xffffffff);
  for (const { memory } of hypervisor.domains) {
    if (memory.translated) continue;
    for (let entry = 0; entry < ENTRIES; entry += 1) {
      const gfn = memory.m2p.get(index * ENTRIES + entry);
      if (gfn === undefined) continue;
      words[2 * entry] = gfn;
      words[2 * entry + 1] = 0;
    }
  }
  const page = SPECIAL_PAGE + mfn;
  into.frames.write(page, 0, bytes);
  hypervisor.memory.shownM2p.show(index, into.frames, page);
  return page;
}
