import type { Domain } from '../xen/domain/domain.ts';

const DOM0 = 0;

/** A page that a domain shares with one of dom0's daemons, as libxl makes it. */
export interface Ring {
  /** GNTTAB_RESERVED_*: the grant through which the daemon maps it. */
  readonly grant: number;
  /** The guest frame that libxl uses in a translated domain, above its memory. */
  readonly gfn: number;
  /** The PV guest's own frame that holds it. */
  readonly pfn: number;
  /** HVM_PARAM_STORE_PFN, HVM_PARAM_CONSOLE_PFN: where a translated domain, and the tool that restores it, find the frame. */
  readonly parameter: number;
  /** The port that bootGuest leaves for the daemon. */
  readonly port: number;
}

export const CONSOLE_RING: Ring = { grant: 0, gfn: 0xfefff, pfn: 19, parameter: 17, port: 2 };
export const XENSTORE_RING: Ring = { grant: 1, gfn: 0xfeffc, pfn: 18, parameter: 1, port: 1 };

/** Adds the page and grants it to dom0. Returns its frame number in the domain; undefined if no page is left. */
export function addRing(domain: Domain, { grant, gfn, pfn, parameter }: Ring): number | undefined {
  const { memory, grants } = domain;
  const own = memory.translated ? undefined : memory.m2p.frameOf(pfn);
  const mfn = own ?? memory.special.add();
  if (mfn === undefined) return undefined;
  const frame = memory.translated ? gfn : mfn;
  if (memory.translated) {
    memory.remap(gfn, memory.special.pageOf(mfn));
    domain.hvmParameters.set(parameter, BigInt(gfn));
  }
  grants.grantAccess(grant, DOM0, frame);
  return frame;
}
