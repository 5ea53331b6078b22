import type { Hypervisor } from './hypervisor.ts';

/** Pages that Xen itself, its heap and its tables take on the recorded machine. */
const XEN_PAGES = 8553;
/** Pages that belong to nobody. */
export function freePages(hypervisor: Hypervisor): number {
  let taken = XEN_PAGES;
  for (const domain of hypervisor.domains) taken += domain.totPages;
  return Math.max(0, hypervisor.hardware.totalPages - taken);
}

/** Pages claimed and not yet populated. */
export function outstandingPages(hypervisor: Hypervisor): number {
  let claimed = 0;
  for (const domain of hypervisor.domains) claimed += domain.outstandingPages;
  return claimed;
}
