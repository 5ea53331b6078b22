import type { Domain } from '../../domain/domain.ts';

// XENMEMF_* (memory.h): eight bits of address width, eight of a node plus one, then flags.

const ADDRESS_BITS = 0xff;
const NODE_SHIFT = 8;
const ON_DEMAND = 0x10000;
const EXACT_NODE = 0x20000;
const VIRTUAL_NODE = 0x40000;

/** A page's offsets take 12 bits, so no page lies below a limit of fewer bits. */
const PAGE_BITS = 12;
/** The recorded machines' heap has no free page below 64 MiB. */
const LOWEST_BITS = 26;
/** Xen's limit; the machine has one node. */
const MAX_NODES = 64;

/** What a reservation's mem_flags ask for. */
export interface WantedPages {
  readonly onDemand: boolean;
  /** Whether the machine has such pages. */
  readonly exist: boolean;
}

/** The machine's node that the flags name; 'any' if they name none; undefined if there cannot be such a node. */
function nodeOf(flags: number, { vnuma }: Domain): number | 'any' | undefined {
  const node = (((flags >>> NODE_SHIFT) & 0xff) - 1) & 0xff;
  if ((flags & VIRTUAL_NODE) !== 0) return vnuma === undefined ? 'any' : vnuma.machineNodes[node];
  if (node === 0xff) return 'any';
  return node < MAX_NODES ? node : undefined;
}

/** Undefined: the flags are wrong, and nothing is done. */
export function wantedPages(flags: number, domain: Domain): WantedPages | undefined {
  const bits = flags & ADDRESS_BITS;
  const node = nodeOf(flags, domain);
  if ((bits > 0 && bits <= PAGE_BITS) || node === undefined) return undefined;
  const elsewhere = (flags & EXACT_NODE) !== 0 && node !== 'any' && node !== 0;
  return { onDemand: (flags & ON_DEMAND) !== 0, exist: !elsewhere && (bits === 0 || bits > LOWEST_BITS) };
}
