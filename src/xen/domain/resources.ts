import type { Hypervisor } from '../hypervisor.ts';
import { DomainMemory } from '../memory/domain-memory.ts';
import type { Domain } from './domain.ts';
import { EventChannels } from './event-channels.ts';
import { GrantTable } from './grant-tables.ts';
import { releaseDomain } from './lifecycle.ts';
import { raiseGlobalVirq } from './raise-virq.ts';
import { virqs } from './virq.ts';

/** Gives a new domain its memory, event channels and grant table, all empty. */
export function equip(hypervisor: Hypervisor, domain: Domain): void {
  domain.memory = new DomainMemory(hypervisor.memory, domain.id, domain.isHvm);
  domain.memory.onFigure = () => domain.recordChanged();
  // Its shared_info is there from the start.
  void domain.memory.sharedInfo;
  domain.eventChannels = new EventChannels(domain);
  domain.grants = new GrantTable(domain);
}

/**
 * Connects the model's events: virtual interrupts reach event channels, the console ring raises VIRQ_CON_RING, and the resources of a
 * destroyed domain are freed.
 */
export function connectResources(hypervisor: Hypervisor): void {
  hypervisor.hooks.virqRaised.add((domain, virq, vcpu) => domain.eventChannels.raiseVirq(virq, vcpu));
  hypervisor.console.onRing.add(() => raiseGlobalVirq(hypervisor, virqs.conRing));
  hypervisor.hooks.domainTornDown.add((domain) => {
    domain.monitor?.disable();
    domain.eventChannels.release();
    for (const granter of domain.grants.release()) releaseDomain(hypervisor, granter);
    domain.memory.release();
    hypervisor.memory.heap.putBack(domain.pooledPages);
    domain.pooledPages = 0;
  });
}
