import { DOMID_IO, DOMID_SELF, DOMID_XEN, type Domain } from '../../xen/domain.ts';
import { errno } from '../../xen/errno.ts';
import type { Hypervisor } from '../../xen/hypervisor.ts';
import { acquireResource, resourceSize } from '../../xen/memory/resource.ts';

/** XENMEM_acquire_resource's limit on frames. */
const MAX_RESOURCE_FRAMES = 0x3ffffff;

/**
 * Whose frames a caller maps: a domain, or -errno as mmu_update returns it for that id. DOMID_IO is memory of devices, and the
 * machine has none.
 */
export function frameOwner(hypervisor: Hypervisor, caller: Domain, domid: number): Domain | number {
  if (domid === DOMID_SELF || domid === caller.id) return caller;
  if (domid === DOMID_IO) return caller.privileged ? -errno.EPERM : -errno.ESRCH;
  if (domid === DOMID_XEN) return -errno.EPERM;
  const domain = hypervisor.domains.get(domid);
  if (domain === undefined) return -errno.ESRCH;
  return caller.privileged || caller.target === domain ? domain : -errno.EPERM;
}

/** The page of the domain's store that a frame shows, or -errno. */
export function foreignPage({ memory, dying }: Domain, frame: number): number {
  if (dying !== 'no') return -errno.EINVAL;
  return memory.pageOf(frame) ?? -errno.EINVAL;
}

/** What XENMEM_acquire_resource says of a resource's size: frames, or -errno. */
export function resourceFrames(hypervisor: Hypervisor, caller: Domain, domid: number, type: number, id: number) {
  const domain = resourceOwner(hypervisor, caller, domid);
  if (typeof domain === 'number') return domain;
  return resourceSize(domain, type, id) || -errno.EINVAL;
}

export interface ResourceRange {
  readonly type: number;
  readonly id: number;
  readonly first: number;
  readonly count: number;
}

/** The pages of a resource in its domain's store, or -errno. */
export function resourcePages(
  hypervisor: Hypervisor,
  caller: Domain,
  domid: number,
  { type, id, first, count }: ResourceRange,
): { domain: Domain; pages: number[] } | number {
  if (first + count > 0xffffffff) return -errno.EINVAL;
  if (count > MAX_RESOURCE_FRAMES) return -errno.E2BIG;
  const domain = resourceOwner(hypervisor, caller, domid);
  if (typeof domain === 'number') return domain;
  const frames = acquireResource(domain, type, id, first, count);
  if (typeof frames === 'number') return frames;
  return { domain, pages: frames.map((mfn) => domain.memory.specialPage(mfn)) };
}

function resourceOwner(hypervisor: Hypervisor, caller: Domain, domid: number): Domain | number {
  const domain = hypervisor.domains.get(domid);
  if (domain === undefined) return -errno.ESRCH;
  return domain === caller || !caller.privileged ? -errno.EPERM : domain;
}
