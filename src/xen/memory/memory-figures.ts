import type { Hypervisor } from '../hypervisor.ts';

/** Pages that belong to nobody. */
export function freePages(hypervisor: Hypervisor): number {
  return hypervisor.memory.heap.freePages;
}

/** Pages claimed and not yet populated. */
export function outstandingPages(hypervisor: Hypervisor): number {
  return hypervisor.memory.heap.outstandingClaims;
}
