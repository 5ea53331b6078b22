import type { Mistake } from './checked-document.ts';
import { checkEvents } from './events.ts';
import { bytesOf } from './quantities.ts';
import { registerNames } from './registers.ts';
import type { Scenario, ScenarioDomain, ScenarioWrites } from './scenario.ts';

/** The default machine's. */
const DEFAULT_CPUS = 2;

/** Most memory that a guest writes to over time: an access to the guest first applies all these writes. */
const MOST_WRITTEN = 2 ** 26;
const WRITES_DO_NOT_FIT = "must be within the guest's memory, and at most 64M";

function fits(writes: ScenarioWrites | undefined, memory: number): boolean {
  const { address = 0, size = 1 } = writes ?? {};
  return bytesOf(size) <= MOST_WRITTEN && !(Number(address) + bytesOf(size) > memory);
}

/** Checks that a schema cannot express: duplicate or unknown names, CPUs that do not exist. */
export function crossCheck(scenario: Scenario): Mistake[] {
  const { machine = {}, pools = [], domains = [] } = scenario;
  const mistakes = checkPools(pools, machine.cpus ?? DEFAULT_CPUS);
  if (!fits(scenario.built?.writes, Infinity)) mistakes.push({ path: ['built', 'writes'], message: WRITES_DO_NOT_FIT });
  const taken = {
    pools: new Set(['Pool-0', ...pools.map(({ name }) => name)]),
    names: new Set(['Domain-0']),
    uuids: new Set<string>(),
  };
  for (const [index, domain] of domains.entries()) {
    for (const { path, message } of [...checkIdentity(domain, taken), ...checkDomain(domain)])
      mistakes.push({ path: ['domains', index, ...path], message });
  }
  return mistakes;
}

/** Checks that no two pools share a name or a CPU, and that dom0 keeps a CPU. */
function checkPools(pools: NonNullable<Scenario['pools']>, cpus: number): Mistake[] {
  const mistakes: Mistake[] = [];
  const names = new Set(['Pool-0']);
  const taken = new Set<number>();
  for (const [index, { name, cpus: own }] of pools.entries()) {
    const say = (path: (string | number)[], message: string) =>
      mistakes.push({ path: ['pools', index, ...path], message });
    if (names.has(name)) say(['name'], `the name ${name} is used twice`);
    names.add(name);
    for (const [at, cpu] of own.entries()) {
      if (cpu >= cpus) say(['cpus', at], `the machine has ${cpus} CPUs, 0 to ${cpus - 1}`);
      if (taken.has(cpu)) say(['cpus', at], `CPU ${cpu} is in two pools`);
      taken.add(cpu);
    }
  }
  if (taken.size >= cpus) mistakes.push({ path: ['pools'], message: 'no CPU is left for Pool-0, where dom0 runs' });
  return mistakes;
}

/** Names that exist or are used so far. */
interface Taken {
  readonly pools: ReadonlySet<string>;
  readonly names: Set<string>;
  readonly uuids: Set<string>;
}

/** Checks that no earlier domain has the name or the UUID, and that the pool exists. */
function checkIdentity({ name, uuid, pool }: ScenarioDomain, { pools, names, uuids }: Taken): Mistake[] {
  const mistakes: Mistake[] = [];
  if (names.has(name)) mistakes.push({ path: ['name'], message: `the name ${name} is used twice` });
  names.add(name);
  if (uuid !== undefined && uuids.has(uuid)) mistakes.push({ path: ['uuid'], message: 'this UUID is used twice' });
  if (uuid !== undefined) uuids.add(uuid);
  if (pool !== undefined && !pools.has(pool)) mistakes.push({ path: ['pool'], message: `there is no pool ${pool}` });
  return mistakes;
}

/** Checks that the settings of one domain fit together. */
function checkDomain(domain: ScenarioDomain): Mistake[] {
  const mistakes: Mistake[] = [];
  const say = (path: (string | number)[], message: string) => mistakes.push({ path, message });
  const memoryIsFile = /[./]/.test(String(domain.memory));
  if (domain.type === 'pv' && memoryIsFile)
    say(['memory'], "a PV guest's memory cannot come from a file: its page tables name machine frames");
  const type = domain.type ?? (memoryIsFile ? 'pvh' : 'pv');
  for (const name of ['registers', 'events', 'altp2m'] as const) {
    if (type === 'pv' && domain[name] !== undefined)
      say([name], `only PVH and HVM guests have ${name} from a scenario`);
  }
  for (const [name, at] of namesOfRegisters(domain.registers)) {
    if (!registerNames.includes(name)) say(['registers', ...at, name], 'is no register');
  }
  mistakes.push(...checkEvents(domain.events ?? [], domain.maxVcpus ?? domain.vcpus ?? 1, ['events']));
  if (domain.maxMemory !== undefined && bytesOf(domain.maxMemory) < bytesOf(domain.memory))
    say(['maxMemory'], 'must not be less than memory');
  if (!fits(domain.writes, bytesOf(domain.memory))) say(['writes'], WRITES_DO_NOT_FIT);
  const disks = new Set<string>();
  for (const [at, disk] of (domain.disks ?? []).entries()) {
    if (disks.has(disk.name)) say(['disks', at, 'name'], `the name ${disk.name} is used twice`);
    disks.add(disk.name);
  }
  if (domain.maxVcpus !== undefined && domain.maxVcpus < (domain.vcpus ?? 1))
    say(['maxVcpus'], 'must not be less than vcpus');
  return mistakes;
}

/** Each name, and the index of the virtual CPU if there is a list. */
function namesOfRegisters(registers: ScenarioDomain['registers'] = []): [string, number[]][] {
  if (!Array.isArray(registers)) return Object.keys(registers).map((name) => [name, []]);
  return registers.flatMap((each, vcpu) => Object.keys(each).map((name): [string, number[]] => [name, [vcpu]]));
}
