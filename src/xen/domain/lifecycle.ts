import type { Hypervisor } from '../hypervisor.ts';
import type { CpuPool } from './cpupool.ts';
import { Domain, type GuestType, SHUTDOWN_CODE_INVALID, shutdownReasons } from './domain.ts';
import { raiseGlobalVirq } from './raise-virq.ts';
import { equip } from './resources.ts';
import { Vcpu } from './vcpu.ts';
import { virqs } from './virq.ts';

// Changes of a domain that affect other objects too: its virtual CPUs' time, its pool's count, the event channels, the tools' virq.

export interface DomainOptions {
  readonly id: number;
  readonly type: GuestType;
  readonly privileged?: boolean;
  readonly pool?: CpuPool | undefined;
}

/** HAP's page table memory right after createdomain: 256 pages. */
const DEFAULT_MEMPOOL = 256 * 4096;

/** Adds a domain that the tools hold paused, without memory and without virtual CPUs. */
export function addDomain(hypervisor: Hypervisor, options: DomainOptions): Domain {
  const domain = new Domain(options.id, options.type, options.privileged ?? false);
  domain.controllerPauseCount = 1;
  domain.pool = options.pool;
  if (options.pool !== undefined) options.pool.domains += 1;
  if (domain.isHvm) domain.pagingMempool = DEFAULT_MEMPOOL;
  equip(hypervisor, domain);
  hypervisor.domains.add(domain);
  hypervisor.hooks.domainAdded.run(domain);
  return domain;
}

/** Makes the domain's virtual CPUs, all of them down, spread over its pool's CPUs. */
export function createVcpus(hypervisor: Hypervisor, domain: Domain, count = domain.maxVcpus): void {
  const cpus = domain.pool?.cpus ?? [];
  const now = hypervisor.now();
  domain.maxVcpus = Math.max(domain.maxVcpus, count);
  for (let id = domain.vcpus.length; id < count; id += 1) {
    domain.addVcpu(new Vcpu(domain, id, cpus[id % cpus.length] ?? 0, now, hypervisor.cpuTimes));
  }
}

function settle(hypervisor: Hypervisor, domain: Domain): void {
  const now = hypervisor.now();
  for (const vcpu of domain.vcpus) vcpu.settle(now);
}

/**
 * Changes a state that keeps a domain's virtual CPUs, or one of them, from running. Their time so far counts in the old state. `held`:
 * whether they are kept from running now.
 */
function change(hypervisor: Hypervisor, domain: Domain, held: boolean, apply: () => void, only?: Vcpu): void {
  settle(hypervisor, domain);
  domain.catchUp?.();
  hypervisor.hooks.holdChanging.run(domain);
  apply();
  if (held || domain.runs) hypervisor.hooks.holdChanged.run(domain, held, only);
}

export function pauseDomain(hypervisor: Hypervisor, domain: Domain): void {
  change(hypervisor, domain, true, () => {
    domain.controllerPauseCount += 1;
  });
}

export function unpauseDomain(hypervisor: Hypervisor, domain: Domain): void {
  change(hypervisor, domain, false, () => {
    domain.controllerPauseCount -= 1;
    domain.creationFinished = true;
  });
  if (domain.runs) hypervisor.hooks.domainRuns.run(domain);
}

export function pauseVcpu(hypervisor: Hypervisor, vcpu: Vcpu): void {
  const apply = () => {
    vcpu.pauseCount += 1;
  };
  change(hypervisor, vcpu.domain, true, apply, vcpu);
}

export function unpauseVcpu(hypervisor: Hypervisor, vcpu: Vcpu): void {
  const { domain } = vcpu;
  const apply = () => {
    vcpu.pauseCount -= 1;
  };
  change(hypervisor, domain, false, apply, vcpu);
  if (domain.runs && vcpu.pauseCount === 0) hypervisor.hooks.domainRuns.run(domain);
}

/** What Xen says when dom0 shuts down, by SHUTDOWN_*. */
const hardwareMessages: Readonly<Record<number, string>> = {
  [shutdownReasons.poweroff]: 'halted: halting machine',
  [shutdownReasons.reboot]: 'shutdown: rebooting machine',
  [shutdownReasons.crash]: 'crashed: rebooting machine in 5 seconds.',
  [shutdownReasons.watchdog]: 'shutdown: watchdog rebooting machine',
  [shutdownReasons.softReset]: 'did unsupported soft reset, rebooting machine',
};

/** Dom0's shutdown halts a real machine. The model only logs it and keeps running, so that the calling process gets its answer. */
function shutdownHardware(hypervisor: Hypervisor, reason: number): void {
  hypervisor.console.printk(
    `Hardware Dom0 ${hardwareMessages[reason] ?? `shutdown (unknown reason ${reason}): rebooting machine`}\n`,
  );
}

/** Shuts the domain down, for the guest itself or a tool; a code that SCHEDOP_shutdown_code has set is kept. */
export function shutdownDomain(hypervisor: Hypervisor, domain: Domain, reason: number): void {
  if (domain.shutDown) return;
  if (domain.id === 0) {
    shutdownHardware(hypervisor, reason & 0xff);
    return;
  }
  hypervisor.hooks.domainShutDown.run(domain, reason & 0xff);
  change(hypervisor, domain, true, () => {
    domain.shutDown = true;
    if (domain.shutdownCode === SHUTDOWN_CODE_INVALID) domain.shutdownCode = reason & 0xff;
  });
  raiseGlobalVirq(hypervisor, virqs.domExc);
}

/** Crashes a domain because of another domain's call. `place`: file and line in Xen's source, which Xen prints. */
export function crashDomain(hypervisor: Hypervisor, domain: Domain, caller: Domain, place: string): void {
  hypervisor.console.printk(`domain_crash called from ${place}\n`);
  if (domain.shutDown) return;
  hypervisor.console.printk(`Domain ${domain.id} reported crashed by domain ${caller.id} on cpu#0:\n`);
  shutdownDomain(hypervisor, domain, shutdownReasons.crash);
}

/** Undoes a shutdown, after a suspend that was cancelled. */
export function resumeDomain(hypervisor: Hypervisor, domain: Domain): void {
  change(hypervisor, domain, false, () => {
    domain.shutDown = false;
    domain.shutdownCode = SHUTDOWN_CODE_INVALID;
  });
  if (domain.runs) hypervisor.hooks.domainRuns.run(domain);
}

/** Destroys a domain and frees its resources. It stays listed, dead, while other domains hold references to its memory. */
export function destroyDomain(hypervisor: Hypervisor, domain: Domain): void {
  if (domain.dying === 'no') {
    change(hypervisor, domain, true, () => {
      domain.dying = 'dying';
    });
    hypervisor.hooks.domainTornDown.run(domain);
    hypervisor.hooks.grantsChecked.run();
    domain.dying = 'dead';
  }
  raiseGlobalVirq(hypervisor, virqs.domExc);
  releaseDomain(hypervisor, domain);
}

/** Frees a dead domain once nothing refers to it. Must be called when `references` decreases. */
export function releaseDomain(hypervisor: Hypervisor, domain: Domain): void {
  if (domain.dying !== 'dead' || domain.references > 0 || hypervisor.domains.get(domain.id) !== domain) return;
  hypervisor.hooks.domainRemoved.run(domain);
  hypervisor.domains.delete(domain.id);
  if (domain.pool !== undefined) domain.pool.domains -= 1;
  domain.pool = undefined;
  for (const vcpu of domain.vcpus) vcpu.setLoad(0, hypervisor.now()); // its CPUs are free
  domain.vcpus = [];
  for (const [virq, handler] of hypervisor.virqHandlers) {
    if (handler === domain.id) hypervisor.virqHandlers.delete(virq);
  }
  // It keeps its target until now, so two domains that are each other's targets are never freed (domctl2.set_target, with another salt).
  const { target } = domain;
  if (target === undefined) return;
  domain.target = undefined;
  target.references -= 1;
  releaseDomain(hypervisor, target);
}

export function moveToPool(hypervisor: Hypervisor, domain: Domain, pool: CpuPool): void {
  if (domain.pool !== undefined) domain.pool.domains -= 1;
  pool.domains += 1;
  domain.pool = pool;
  for (const vcpu of domain.vcpus) vcpu.chooseProcessor(pool.cpus, hypervisor.now());
}
