import type { Mistake } from './checked-document.ts';
import { checkEvents } from './events.ts';
import { bytesOf } from './quantities.ts';
import { registerNames } from './registers.ts';
import type { Scenario, ScenarioDomain, ScenarioWrites } from './scenario.ts';

/** The default machine's. */
const DEFAULT_CPUS = 2;

/** Most memory that a guest writes to over time: a look at the guest has to catch up with all of it. */
const MOST_WRITTEN = 2 ** 26;
const WRITES_DO_NOT_FIT = "must be within the guest's memory, and at most 64M";

function fits(writes: ScenarioWrites | undefined, memory: number): boolean {
  const { address = 0, size = 1 } = writes ?? {};
  return bytesOf(size) <= MOST_WRITTEN && !(Number(address) + bytesOf(size) > memory);
}

/** Checks that a schema cannot express: duplicate or unknown names, CPUs that do not exist. */
export function crossCheck(scenario: Scenario): Mistake[] {
  const { machine = {}, pools = [], domains = [] } = scenario;
  const cpus = machine.cpus ?? DEFAULT_CPUS;
  const mistakes: Mistake[] = [];
  const say = (path: (string | number)[], message: string) => mistakes.push({ path, message });

  const poolNames = new Set(['Pool-0']);
  const taken = new Set<number>();
  for (const [index, pool] of pools.entries()) {
    if (poolNames.has(pool.name)) say(['pools', index, 'name'], `the name ${pool.name} is used twice`);
    poolNames.add(pool.name);
    for (const [at, cpu] of pool.cpus.entries()) {
      if (cpu >= cpus) say(['pools', index, 'cpus', at], `the machine has ${cpus} CPUs, 0 to ${cpus - 1}`);
      if (taken.has(cpu)) say(['pools', index, 'cpus', at], `CPU ${cpu} is in two pools`);
      taken.add(cpu);
    }
  }
  if (taken.size >= cpus) say(['pools'], 'no CPU is left for Pool-0, where dom0 runs');

  if (!fits(scenario.built?.writes, Infinity)) say(['built', 'writes'], WRITES_DO_NOT_FIT);
  const names = new Set(['Domain-0']);
  const uuids = new Set<string>();
  for (const [index, domain] of domains.entries()) {
    if (names.has(domain.name)) say(['domains', index, 'name'], `the name ${domain.name} is used twice`);
    names.add(domain.name);
    if (domain.uuid !== undefined && uuids.has(domain.uuid)) say(['domains', index, 'uuid'], 'this UUID is used twice');
    if (domain.uuid !== undefined) uuids.add(domain.uuid);
    if (domain.pool !== undefined && !poolNames.has(domain.pool)) {
      say(['domains', index, 'pool'], `there is no pool ${domain.pool}`);
    }
    if (domain.type === 'pv' && /[./]/.test(String(domain.memory))) {
      say(
        ['domains', index, 'memory'],
        "a PV guest's memory cannot come from a file: its page tables name machine frames",
      );
    }
    const isPv = (domain.type ?? (/[./]/.test(String(domain.memory)) ? 'pvh' : 'pv')) === 'pv';
    for (const name of ['registers', 'events', 'altp2m'] as const) {
      if (isPv && domain[name] !== undefined)
        say(['domains', index, name], `only PVH and HVM guests have ${name} from a scenario`);
    }
    for (const [name, at] of namesOfRegisters(domain.registers)) {
      if (!registerNames.includes(name)) say(['domains', index, 'registers', ...at, name], 'is no register');
    }
    mistakes.push(
      ...checkEvents(domain.events ?? [], domain.maxVcpus ?? domain.vcpus ?? 1, ['domains', index, 'events']),
    );
    if (domain.maxMemory !== undefined && bytesOf(domain.maxMemory) < bytesOf(domain.memory)) {
      say(['domains', index, 'maxMemory'], 'must not be less than memory');
    }
    if (!fits(domain.writes, bytesOf(domain.memory))) say(['domains', index, 'writes'], WRITES_DO_NOT_FIT);
    const disks = new Set<string>();
    for (const [at, disk] of (domain.disks ?? []).entries()) {
      if (disks.has(disk.name)) say(['domains', index, 'disks', at, 'name'], `the name ${disk.name} is used twice`);
      disks.add(disk.name);
    }
    if (domain.maxVcpus !== undefined && domain.maxVcpus < (domain.vcpus ?? 1)) {
      say(['domains', index, 'maxVcpus'], 'must not be less than vcpus');
    }
  }
  return mistakes;
}

/** Each name, and the index of the virtual CPU if there is a list. */
function namesOfRegisters(registers: ScenarioDomain['registers'] = []): [string, number[]][] {
  if (!Array.isArray(registers)) return Object.keys(registers).map((name) => [name, []]);
  return registers.flatMap((each, vcpu) => Object.keys(each).map((name): [string, number[]] => [name, [vcpu]]));
}
