import { DOMID_IO, DOMID_SELF, DOMID_XEN, type Domain } from '../../xen/domain/domain.ts';
import { errno } from '../../xen/errno.ts';
import type { Hypervisor } from '../../xen/hypervisor.ts';
import type { DomainMemory } from '../../xen/memory/domain-memory.ts';
import { m2pPage } from '../../xen/memory/machine-to-phys.ts';
import { acquireResource, resourceSize } from '../../xen/memory/resource.ts';

/** XENMEM_acquire_resource's limit on frames. */
const MAX_RESOURCE_FRAMES = 0x3ffffff;

export const PROT_WRITE = 2;

/** The owner of the mapped frames. */
export interface FrameOwner {
  readonly memory: Pick<DomainMemory, 'frames' | 'pageOf'> & Partial<Pick<DomainMemory, 'demand'>>;
  readonly dying: Domain['dying'];
  look?(): void;
  /** Absent: every frame may be mapped for writing. */
  mayWrite?(frame: number): boolean;
}

/**
 * The owner of the frames that a caller maps: a domain, Xen itself, or -errno as from mmu_update for that id. DOMID_IO is device memory,
 * which the machine does not have.
 */
export function frameOwner(hypervisor: Hypervisor, caller: Domain, domid: number): FrameOwner | number {
  if (domid === DOMID_SELF || domid === caller.id) return caller;
  if (domid === DOMID_IO) return caller.privileged ? -errno.EPERM : -errno.ESRCH;
  if (domid === DOMID_XEN) return caller.privileged ? xenFrames(hypervisor) : -errno.EPERM;
  const domain = hypervisor.domains.get(domid);
  if (domain === undefined) return -errno.ESRCH;
  return caller.privileged || caller.target === domain ? domain : -errno.EPERM;
}

/** Pages that Xen shares with privileged domains: its trace buffers, and read-only the machine-to-phys table. */
function xenFrames(hypervisor: Hypervisor): FrameOwner {
  const { traceBuffers } = hypervisor;
  const { memory } = traceBuffers;
  return {
    memory: {
      frames: memory.frames,
      pageOf: (frame) => memory.pageOf(frame) ?? m2pPage(hypervisor, memory, frame),
    },
    dying: 'no',
    mayWrite: (frame) => memory.pageOf(frame) !== undefined && traceBuffers.mayWrite(frame),
  };
}

/** The page in the owner's memory file for a frame, or -errno. `protection`: PROT_* bits of the mapping. */
export function foreignPage(owner: FrameOwner, frame: number, protection: number): number {
  if (owner.dying !== 'no') return -errno.EINVAL;
  owner.look?.();
  owner.memory.demand?.(frame);
  const page = owner.memory.pageOf(frame) ?? -errno.EINVAL;
  const refused = page >= 0 && (protection & PROT_WRITE) !== 0 && owner.mayWrite?.(frame) === false;
  return refused ? -errno.EBUSY : page;
}

/** The size of a resource in frames as from XENMEM_acquire_resource, or -errno. */
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

/** The pages of a resource in its domain's memory file, or -errno. */
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
  return { domain, pages: frames.map((mfn) => domain.memory.special.pageOf(mfn)) };
}

function resourceOwner(hypervisor: Hypervisor, caller: Domain, domid: number): Domain | number {
  const domain = hypervisor.domains.get(domid);
  if (domain === undefined) return -errno.ESRCH;
  return domain === caller || !caller.privileged ? -errno.EPERM : domain;
}
