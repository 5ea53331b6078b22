import type { Hypervisor } from '../hypervisor.ts';
import type { Domain } from './domain.ts';

/** Raises a global virq in the domain that handles it. */
export function raiseGlobalVirq(hypervisor: Hypervisor, virq: number): void {
  const domain = hypervisor.domains.get(hypervisor.virqHandlers.get(virq) ?? 0);
  if (domain !== undefined) hypervisor.hooks.virqRaised.run(domain, virq, 0);
}

/** Raises a virq of one virtual CPU, such as its timer's. */
export function raiseVcpuVirq(hypervisor: Hypervisor, domain: Domain, vcpu: number, virq: number): void {
  hypervisor.hooks.virqRaised.run(domain, virq, vcpu);
}
