import type { Domain } from '../xen/domain/domain.ts';

/** The resources that a frontend driver shares with its backend. */
export interface DeviceRings {
  /** Grant references, a page each. */
  readonly references: readonly number[];
  /** An unbound event channel. */
  readonly port: number;
}

/** Lower grant references are reserved for Xen (GNTTAB_NR_RESERVED_ENTRIES). */
const FIRST_REFERENCE = 8;

/** Allocates the resources of a frontend: pages granted to the backend's domain, and a port for it. Undefined if there is no room. */
export function shareRings(domain: Domain, backend: number, count: number): DeviceRings | undefined {
  const { grants, memory, eventChannels } = domain;
  const references: number[] = [];
  for (let reference = FIRST_REFERENCE; references.length < count; reference += 1) {
    if (reference >= grants.entries && !grants.grow(grants.frames + 1)) return undefined;
    if (!grants.isFree(reference)) continue;
    const page = memory.special.add();
    if (page === undefined) return undefined;
    grants.grantAccess(reference, backend, page);
    references.push(reference);
  }
  const port = eventChannels.allocUnbound(backend);
  return port < 0 ? undefined : { references, port };
}
