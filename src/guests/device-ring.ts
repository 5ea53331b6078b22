import type { Domain } from '../xen/domain/domain.ts';
import { PAGE_SIZE } from '../xen/memory/heap.ts';
import { SPECIAL_PAGE } from '../xen/memory/special-pages.ts';
import { ramOf } from './guest-ram.ts';

/** The resources that a frontend driver shares with its backend. */
export interface DeviceRings {
  /** Grant references, a page each. */
  readonly references: readonly number[];
  /** An unbound event channel. */
  readonly port: number;
}

/** Lower grant references are reserved for Xen (GNTTAB_NR_RESERVED_ENTRIES). */
const FIRST_REFERENCE = 8;

/**
 * Allocates the resources of a frontend: pages granted to the backend's domain, and a port for it. Undefined if there is no room. A
 * translated guest takes the pages from its own RAM, as its kernel would, since its grants name guest frames. A PV guest's name
 * machine frames: it gets pages that do not count towards its memory, so that its list of frames stays as its builder left it.
 */
export function shareRings(domain: Domain, backend: number, count: number): DeviceRings | undefined {
  const { grants, eventChannels } = domain;
  const frames = domain.memory.translated ? unusedRam(domain, count) : specialPages(domain, count);
  if (frames === undefined) return undefined;
  const references: number[] = [];
  for (let reference = FIRST_REFERENCE; references.length < count; reference += 1) {
    if (reference >= grants.entries && !grants.grow(grants.frames + 1)) return undefined;
    if (!grants.isFree(reference)) continue;
    grants.grantAccess(reference, backend, frames[references.length] ?? 0);
    references.push(reference);
  }
  const port = eventChannels.allocUnbound(backend);
  return port < 0 ? undefined : { references, port };
}

/** Takes the resources back, except for pages that the backend's domain still maps. */
export function endRings(domain: Domain, { references, port }: DeviceRings): void {
  const { grants, eventChannels, memory } = domain;
  for (const reference of references) {
    const frame = grants.grantedFrame(reference);
    if (grants.endAccess(reference) && frame !== undefined && !memory.translated) memory.special.drop(frame);
  }
  eventChannels.close(port);
}

function specialPages({ memory }: Domain, count: number): number[] | undefined {
  const frames: number[] = [];
  while (frames.length < count) {
    const frame = memory.special.add();
    if (frame === undefined) return undefined;
    frames.push(frame);
  }
  return frames;
}

/** The highest frames of the guest's RAM that are empty and not granted. */
function unusedRam(domain: Domain, count: number): number[] | undefined {
  const { memory } = domain;
  const granted = domain.grants.grantedFrames();
  const frames: number[] = [];
  const bytes = new Uint8Array(PAGE_SIZE);
  for (const { start, end } of ramOf(domain).toReversed()) {
    for (let frame = end - 1; frame >= Math.max(start, 1); frame -= 1) {
      const page = memory.pageOf(frame);
      if (page === undefined || page >= SPECIAL_PAGE || granted.has(frame)) continue;
      if (!memory.readFrame(frame, 0, bytes) || bytes.some((byte) => byte !== 0)) continue;
      frames.push(frame);
      if (frames.length === count) return frames;
    }
  }
  return undefined;
}
