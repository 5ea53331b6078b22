import { type Guests, IDLE_LOAD } from '../guests/guests.ts';
import { type Writes, writeOverTime } from '../guests/memory-writer.ts';
import type { CpuPool } from '../xen/domain/cpupool.ts';
import { type Domain, shutdownReasons } from '../xen/domain/domain.ts';
import { bootGuest } from '../xen/domain/guest.ts';
import { ALTP2M_PARAMETER } from '../xen/hypercalls/hvm_op/parameter-rules.ts';
import type { Hypervisor } from '../xen/hypervisor.ts';
import { cpuModels } from '../xen/machine/cpu-models.ts';
import type { Machine } from '../xen/machine/machine.ts';
import { PAGE_SIZE } from '../xen/memory/heap.ts';
import { actOf } from './events.ts';
import { makeConsole } from './make-console.ts';
import { fillMemory } from './memory-file/fill.ts';
import { framesOf } from './memory-file/memory-file.ts';
import { writePvState } from './pv-state.ts';
import { bytesOf, rateOf, secondsOf } from './quantities.ts';
import { setRegisters } from './registers.ts';
import { addRing, XENSTORE_RING } from './rings.ts';
import {
  altp2mModes,
  domainId,
  domainUuid,
  type Scenario,
  type ScenarioDomain,
  type ScenarioWrites,
  scriptOf,
} from './scenario.ts';

const MIB = 2 ** 20;
const PV_COMMAND_LINE = 'root=/dev/xvda1 ro console=hvc0';
const SECOND = 1e9;
const LOADS = { running: 0.9, idle: IDLE_LOAD, paused: 0, shutdown: 0, crashed: 0 } as const;
const SHUTDOWNS = { shutdown: shutdownReasons.poweroff, crashed: shutdownReasons.crash } as const;

/** The machine that the scenario describes; everything else is as in `base`. */
export function scenarioMachine(base: Machine, { machine }: Scenario): Machine {
  if (machine === undefined) return base;
  const before = BigInt(Math.round(secondsOf(machine.uptime ?? 0) * SECOND));
  return {
    ...base,
    cpus: machine.cpus ?? base.cpus,
    memory: machine.memory === undefined ? base.memory : Math.floor(bytesOf(machine.memory) / MIB) * MIB,
    cpuKhz: machine.mhz === undefined ? base.cpuKhz : Math.round(machine.mhz * 1000),
    ...(machine.cpu !== undefined && cpuOf(machine.cpu)),
    uptime: () => base.uptime() + before,
  };
}

function cpuOf(cpu: NonNullable<NonNullable<Scenario['machine']>['cpu']>): Pick<Machine, 'vendor' | 'cpuModel'> {
  return { vendor: cpu.startsWith('intel') ? 'intel' : 'amd', cpuModel: cpuModels.find((model) => model === cpu) };
}

/** Rate and sizes in bytes. */
export const writesOf = ({ rate, address, size }: ScenarioWrites): Writes => ({
  rate: rateOf(rate),
  ...(address !== undefined && { address: Number(address) }),
  ...(size !== undefined && { size: bytesOf(size) }),
});

/** Creates the scenario's pools and domains. Throws RangeError if the machine has no room for them. */
export function applyScenario(hypervisor: Hypervisor, guests: Guests, scenario: Scenario): void {
  const pools = makePools(hypervisor, scenario);
  for (const [index, described] of (scenario.domains ?? []).entries()) {
    try {
      const domain = makeDomain(hypervisor, described, index, pools.get(described.pool ?? ''));
      addRing(domain, XENSTORE_RING);
      if (!domain.isHvm) domain.writeState = () => writePvState(domain, PV_COMMAND_LINE);
      // A translated guest always has the page, since a restored one's is cleared.
      const ring = domain.isHvm || described.console !== undefined ? makeConsole(domain) : undefined;
      const boot = described.console === undefined ? undefined : ring;
      if (described.events !== undefined) guests.setActs(domain, described.events.map(actOf));
      const { writes } = described;
      if (writes !== undefined) writeOverTime(domain, () => hypervisor.now(), writesOf(writes));
      if (boot !== undefined) guests.add(domain, boot, scriptOf(described.console ?? ''));
    } catch (error) {
      if (error instanceof RangeError)
        throw new RangeError(`the scenario's domain ${described.name}: ${error.message}`);
      throw error;
    }
  }
}

function makePools(hypervisor: Hypervisor, { pools = [] }: Scenario): Map<string, CpuPool> {
  const made = new Map<string, CpuPool>();
  for (const { name, cpus, scheduler } of pools) {
    const pool = hypervisor.pools.create(scheduler ?? 'credit2');
    for (const cpu of cpus) {
      hypervisor.pools.take(hypervisor.pools.first, cpu);
      hypervisor.pools.give(pool, cpu);
    }
    made.set(name, pool);
  }
  return made;
}

function makeDomain(
  hypervisor: Hypervisor,
  described: ScenarioDomain,
  index: number,
  pool: CpuPool | undefined,
): Domain {
  const { type, memory, maxMemory, vcpus = 1, maxVcpus = vcpus, weight, cap, state = 'idle' } = described;
  const load = described.load ?? LOADS[state];
  const uptime = secondsOf(described.uptime ?? 0);
  const cpuTime = described.cpuTime === undefined ? uptime * load * vcpus : secondsOf(described.cpuTime);
  const { memoryFile, registers = [] } = described;
  const domain = bootGuest(hypervisor, {
    id: domainId(index),
    type: type ?? 'pv',
    pages: Math.floor(bytesOf(memory) / PAGE_SIZE),
    ...(memoryFile !== undefined && { ram: framesOf(memoryFile) }),
    ...(maxMemory !== undefined && { maxPages: Math.floor(bytesOf(maxMemory) / PAGE_SIZE) }),
    vcpus: maxVcpus,
    onlineVcpus: vcpus,
    load,
    cpuTime: cpuTime * SECOND,
    handle: Uint8Array.from(domainUuid(described, index).match(/[0-9a-f]{2}/g) ?? [], (hex) =>
      Number.parseInt(hex, 16),
    ),
    ...(pool !== undefined && { pool }),
    ...(weight !== undefined && { weight }),
    ...(cap !== undefined && { cap }),
    paused: state === 'paused',
    ...((state === 'shutdown' || state === 'crashed') && { shutdown: SHUTDOWNS[state] }),
  });
  const { altp2m } = described;
  if (altp2m !== undefined) domain.hvmParameters.set(ALTP2M_PARAMETER, BigInt(altp2mModes.indexOf(altp2m) + 1));
  if (memoryFile !== undefined) fillMemory(domain.memory, memoryFile);
  if (domain.isHvm) setRegisters(domain, memoryFile?.contexts ?? [], [registers].flat());
  return domain;
}
