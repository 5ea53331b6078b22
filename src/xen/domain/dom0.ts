import type { Hypervisor } from '../hypervisor.ts';
import { PAGE_SIZE } from '../memory/heap.ts';
import { startDom0Kernel } from './dom0-kernel.ts';
import type { Domain } from './domain.ts';
import { addDomain, createVcpus } from './lifecycle.ts';

/** Bytes that Xen keeps for itself if dom0_mem does not set an amount. */
const XEN_RESERVE = 128 * 2 ** 20;
const units: Record<string, number> = { '': 2 ** 10, B: 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 };
/** XEN_X86_EMU_PIT: a PV dom0 has Xen's timer. */
const EMU_PIT = 0x100;
const VCPU0_LOAD = 0.5;

/** Dom0 as Xen builds it: all CPUs, dom0_mem's memory, running. */
export function buildDom0(hypervisor: Hypervisor): Domain {
  const { machine, commandLine } = hypervisor;
  const domain = addDomain(hypervisor, { id: 0, type: 'pv', privileged: true, pool: hypervisor.pools.first });
  const memory = parseDom0Mem(commandLine.options.get('dom0_mem') ?? '', machine.memory - XEN_RESERVE);
  domain.maxPages = Math.floor(memory.max / PAGE_SIZE);
  domain.memory.populateAtBoot(Math.floor(memory.amount / PAGE_SIZE));
  domain.emulationFlags = EMU_PIT;
  const asked = Number.parseInt(commandLine.options.get('dom0_max_vcpus') ?? '', 10);
  createVcpus(hypervisor, domain, asked > 0 ? asked : machine.cpus);
  for (const vcpu of domain.vcpus) {
    vcpu.down = false;
    vcpu.initialised = true;
  }
  // The caller runs on one; the others wait.
  domain.vcpus[0]?.setLoad(VCPU0_LOAD, 0);
  domain.controllerPauseCount = 0;
  domain.creationFinished = true;
  startDom0Kernel(domain);
  return domain;
}

/** dom0_mem=[SIZE][,min:SIZE][,max:SIZE]; bytes. */
function parseDom0Mem(text: string, available: number): { amount: number; max: number } {
  let amount = available;
  let max = Number.POSITIVE_INFINITY;
  for (const part of text.split(',')) {
    const size = /^(?:(min|max):)?(\d+)([BKMGT]?)$/i.exec(part);
    if (size === null) continue;
    const bytes = Number(size[2]) * (units[(size[3] ?? '').toUpperCase()] ?? 1);
    if (size[1] === 'max') max = bytes;
    else if (size[1] === undefined) amount = bytes;
  }
  amount = Math.min(amount, max, available);
  return { amount, max: max === Number.POSITIVE_INFINITY ? 0xffffffff * PAGE_SIZE : max };
}
