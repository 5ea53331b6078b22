import type { Hypervisor } from '../hypervisor.ts';

/** Free pages: not allocated to any domain. */
export function freePages(hypervisor: Hypervisor): number {
  return hypervisor.memory.heap.freePages;
}

/** Pages claimed and not yet populated. */
export function outstandingPages(hypervisor: Hypervisor): number {
  return hypervisor.memory.heap.outstandingClaims;
}
