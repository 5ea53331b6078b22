import { type Domain, shutdownReasons } from '../xen/domain/domain.ts';
import { shutdownDomain } from '../xen/domain/lifecycle.ts';
import type { Hypervisor } from '../xen/hypervisor.ts';
import { ramOf } from './guest-ram.ts';
import { PvKernel } from './pv-kernel.ts';

// Reactions of a Linux guest's kernel to its toolstack: drivers/xen/cpu_hotplug.c and balloon.c.

/** Starts a domain's other virtual CPUs, as a kernel does while it boots. */
export function startVcpus(hypervisor: Hypervisor, domain: Domain): void {
  for (const { id } of domain.vcpus) setVcpuOnline(hypervisor, domain, id, true);
}

/** Brings a virtual CPU online or offline. The first one stays online. */
export function setVcpuOnline(hypervisor: Hypervisor, domain: Domain, id: number, online: boolean): void {
  const vcpu = domain.vcpus[id];
  if (vcpu === undefined || id === 0 || vcpu.down === !online) return;
  if (online && !vcpu.initialised) {
    // cpu_initialize_context() in arch/x86/xen/smp_pv.c: the same page tables and handlers as on the first one.
    if (!domain.isHvm) vcpu.context = domain.vcpus[0]?.context?.slice();
    vcpu.initialised = true;
  }
  vcpu.setDown(!online, hypervisor.now());
}

/** Suspends, as the toolstack asks before it saves the guest. */
export function suspend(hypervisor: Hypervisor, domain: Domain): void {
  PvKernel.of(domain)?.suspend();
  shutdownDomain(hypervisor, domain, shutdownReasons.suspend);
}

/**
 * Returns RAM to Xen from the end, except for pages that it shares, or allocates some for holes from the start, until the guest has
 * `pages`.
 */
export function balloon(domain: Domain, pages: number): void {
  const { memory } = domain;
  if (!domain.isHvm) {
    PvKernel.of(domain)?.balloon(pages);
    return;
  }
  const ram = ramOf(domain);
  let has = memory.pod.cache;
  for (const { start, end } of ram) has += memory.pagesWithin(start, end);
  const granted = has > pages ? domain.grants.grantedFrames() : undefined;
  for (const { start, end } of ram.toReversed()) {
    for (let gfn = end - 1; gfn >= Math.max(start, 1) && has > pages; gfn -= 1) {
      if (memory.pageOf(gfn) !== undefined && granted?.has(gfn) !== true && memory.remove(gfn)) has -= 1;
    }
  }
  for (const { start, end } of ram) {
    if (memory.pagesWithin(start, end) === end - start) continue;
    for (let gfn = start; gfn < end && has < pages; gfn += 1) {
      if (memory.pageOf(gfn) !== undefined) continue;
      if (memory.populate(gfn, 1) === undefined) return;
      has += 1;
    }
  }
}
