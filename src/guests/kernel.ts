import type { Domain } from '../xen/domain/domain.ts';
import type { Hypervisor } from '../xen/hypervisor.ts';
import { PAGE_SIZE } from '../xen/memory/heap.ts';

// What a Linux guest's kernel does when its toolstack asks: drivers/xen/cpu_hotplug.c and balloon.c.

/** Starts a domain's other virtual CPUs, as a kernel does while it boots. */
export function startVcpus(hypervisor: Hypervisor, domain: Domain): void {
  for (const { id } of domain.vcpus) setVcpuOnline(hypervisor, domain, id, true);
}

/** Takes a virtual CPU into use, or out of it. The first one cannot go. */
export function setVcpuOnline(hypervisor: Hypervisor, domain: Domain, id: number, online: boolean): void {
  const vcpu = domain.vcpus[id];
  if (vcpu === undefined || id === 0 || vcpu.down === !online) return;
  vcpu.initialised ||= online;
  vcpu.setDown(!online, hypervisor.now());
}

/** Pages that a domain has beside its RAM, such as its rings: what libxl allows for. */
const SPECIAL_PAGES = 256;

/**
 * Gives pages back to Xen, or takes some, until the domain has `pages` of them: from the end of its RAM, and into the holes from its
 * start. Only for translated guests: in a PV guest's place the model cannot know which pages its kernel could spare.
 */
export function balloon(domain: Domain, pages: number): void {
  const { memory } = domain;
  if (!domain.isHvm) return;
  const excess = domain.totPages - pages;
  if (excess >= 0 && excess <= SPECIAL_PAGES) return; // as it was built
  const end = Math.ceil(ramBytes(domain) / PAGE_SIZE);
  for (let gfn = end - 1; gfn > 0 && domain.totPages > pages; gfn -= 1) {
    if (memory.pageOf(gfn) !== undefined) memory.remove(gfn);
  }
  for (let gfn = 0; gfn < end && domain.totPages < pages; gfn += 1) {
    if (memory.pageOf(gfn) === undefined && memory.populate(gfn, 1) === undefined) return;
  }
}

/** E820_RAM. */
const RAM = 1;

/** Where its RAM ends, by the memory map that its builder gave it. */
function ramBytes({ memory }: Domain): number {
  const ends = memory.map.filter(({ type }) => type === RAM).map(({ address, size }) => address + size);
  return ends.length === 0 ? memory.maximumGfn * PAGE_SIZE : Math.max(...ends);
}
