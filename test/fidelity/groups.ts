import type { Abi } from '../../src/xen/abi/abi.ts';
import { Calls } from './calls.ts';
import { configuration, destroy, guests, inform } from './guests.ts';
import { membersOf } from './layout.ts';
import { type Operation, settingText } from './operation.ts';
import * as channelTable from './operations/channels.ts';
import * as domctlTable from './operations/domctl.ts';
import * as hvmTable from './operations/hvm.ts';
import * as memoryTable from './operations/memory.ts';
import * as otherTable from './operations/other.ts';
import * as sysctlTable from './operations/sysctl.ts';
import { Random } from './random.ts';
import type { Script } from './script.ts';
import { defaultSettings, type Guests, type Subjects } from './settings.ts';
import { sweep } from './sweep.ts';
import { type Family, families, operationOf, type Row, unknownOperation } from './table.ts';
import { channels } from './walks/channels.ts';
import { logDirty, parameters, servers } from './walks/devices.ts';
import { life } from './walks/life.ts';
import { policies, pools, tracing } from './walks/machine.ts';
import { memory } from './walks/memory.ts';
import { profiling } from './walks/profiling.ts';

/** What a group uses to write its part of the script. Each group has its own range of guest ids. */
export interface Group {
  readonly script: Script;
  readonly abi: Abi;
  readonly calls: Calls;
  readonly salt: string;
  /** Runs with fresh guests of each kind, which are destroyed afterwards. */
  withGuests(use: (guests: Guests) => void, pages?: number): void;
}

const nobody: Guests = {
  pv: { name: 'pv', value: 998n },
  hvm: { name: 'hvm', value: 998n },
  pvh: { name: 'pvh', value: 998n },
};

/** The operations of these rows that the release has. */
export function operations(abi: Abi, family: Family, rows: readonly Row[], guests: Subjects): Operation[] {
  return rows
    .filter(({ since = 0 }) => since <= abi.minor)
    .map((row) => operationOf(abi, family, row, guests))
    .filter((operation) => operation !== undefined);
}

function ask(
  group: Group,
  family: Family,
  rows: readonly Row[],
  guests: Guests,
  unknown: readonly number[] = [],
): void {
  const { script, abi, salt } = group;
  const asked = operations(abi, family, rows, guests);
  for (const number of unknown) {
    const operation = unknownOperation(abi, family, number, guests);
    if (operation !== undefined) asked.push(operation);
  }
  for (const operation of asked) sweep(script, operation, salt);
}

/** Each field of createdomain at every setting for every kind of guest. Each domain that is created is described and destroyed. */
function createdomain({ calls, abi, salt }: Group): void {
  const members = membersOf(abi.struct('xen_domctl'), 'u.createdomain.').filter(({ size }) => size <= 8);
  const random = new Random(`createdomain ${salt}`);
  const special: Readonly<Record<string, readonly (number | bigint)[]>> = {
    flags: [0, 1, 2, 3, 4, 8, 0x10, 0x20, 0x40, 0x80, 0x100, 7, 0xffffffff],
    'arch.emulation_flags': [0, 1, 2, 3, 0x3ff, 0x1ff, 0x100, 0x7ff, 0x401, 0x400, 0x800, 0xffffffff],
    max_vcpus: [1, 0, 2, 128, 129, 8192, 8193, 0xffffffff],
  };
  let domain = 20000;
  const one = (kind: 'pv' | 'hvm' | 'pvh', changed: Record<string, number | bigint>) => {
    const set = { ...configuration(calls, kind, 1), ...changed };
    // A real 4.14 panics when a guest with shadow page tables cannot be made.
    if (abi.minor < 15 && (Number(set.flags) & 3) === 1) set.flags = Number(set.flags) | 2;
    domain++;
    const asked = Object.entries(changed).map(([path, value]) => `${path}=${settingText(value)}`);
    calls.domctl('createdomain', domain, { id: `${domain}`, asked: `kind=${kind} ${asked.join(' ')}`, set });
    inform(calls, domain, `${domain}.info`);
    calls.domctl('destroydomain', domain, { id: `${domain}.destroy` });
    calls.script.wait(1);
  };
  const values = (member: (typeof members)[number]): readonly (number | bigint)[] =>
    special[member.path] ??
    defaultSettings(member).filter((each) => typeof each === 'number' || typeof each === 'bigint');
  for (const kind of ['pv', 'hvm', 'pvh'] as const) {
    for (const member of members) for (const value of values(member)) one(kind, { [member.path]: value });
    for (let count = 0; count < 30; count++) {
      const [a, b] = [random.pick(members), random.pick(members)];
      one(kind, { [a.path]: random.pick(values(a)), [b.path]: random.pick(values(b)) });
    }
  }
}

const domctlGroups = Object.fromEntries(
  Object.entries(domctlTable.domctls).map(([chapter, rows]) => [
    `domctl-${chapter}`,
    (group: Group) =>
      group.withGuests((each) => ask(group, families.domctl, rows, each, chapter === 'life' ? UNKNOWN_DOMCTLS : [])),
  ]),
);
const UNKNOWN_DOMCTLS = [
  0, 6, 7, 8, 26, 30, 31, 32, 41, 44, 49, 51, 52, 53, 58, 70, 76, 80, 90, 100, 999, 1004, 0x7fffffff,
];

/** All groups, in the order in which they run: each in its own process, with its own guests. */
export const groups: Readonly<Record<string, (group: Group) => void>> = {
  create: createdomain,
  ...domctlGroups,
  dirty: (group) =>
    group.withGuests(({ pv, hvm, pvh }) => {
      for (const each of [hvm, pvh, pv]) logDirty(group.calls, each);
    }),
  policies: (group) =>
    group.withGuests((each) => {
      ask(group, families.sysctl, sysctlTable.policies, nobody);
      policies(group.calls, each, group.salt);
    }),
  sysctl: (group) => ask(group, families.sysctl, sysctlTable.sysctls, nobody, sysctlTable.unknown),
  platform: (group) =>
    ask(group, families.platform_op, sysctlTable.platformOps, nobody, sysctlTable.unknownPlatformOps),
  memory: (group) => {
    for (const [chapter, rows] of Object.entries(memoryTable.memoryOps)) {
      const unknown = chapter === 'asked' ? memoryTable.unknownMemoryOps : [];
      group.withGuests((each) => ask(group, families.memory_op, rows, each, unknown));
    }
    group.withGuests(({ hvm, pvh }) => {
      memory(group.calls, hvm, group.salt);
      memory(group.calls, pvh, group.salt);
    });
  },
  channels: (group) => {
    group.withGuests(
      (each) => ask(group, families.event_channel_op, channelTable.channelOps, each, channelTable.unknownChannelOps),
      4,
    );
    group.withGuests((each) => channels(group.calls, each, group.salt), 4);
  },
  grants: (group) =>
    group.withGuests((each) =>
      ask(group, families.grant_table_op, channelTable.grantOps, each, channelTable.unknownGrantOps),
    ),
  hvm: (group) => {
    group.withGuests((each) => ask(group, families.hvm_op, hvmTable.hvmOps, each, hvmTable.unknownHvmOps));
    group.withGuests(({ hvm, pvh }) => {
      parameters(group.calls, hvm);
      parameters(group.calls, pvh);
    });
  },
  dm: (group) => {
    for (const [chapter, rows] of Object.entries(hvmTable.dmOps)) {
      const unknown = chapter === 'devices' ? hvmTable.unknownDmOps : [];
      group.withGuests((each) => ask(group, families.dm_op, rows, each, unknown));
    }
    group.withGuests(({ hvm, pvh }) => {
      servers(group.calls, hvm, group.salt);
      servers(group.calls, pvh, group.salt);
    });
  },
  physdev: (group) =>
    group.withGuests(
      (each) => ask(group, families.physdev_op, otherTable.physdevOps, each, otherTable.unknownPhysdevOps),
      4,
    ),
  sched: (group) =>
    group.withGuests((each) => {
      ask(group, families.sched_op, otherTable.schedOps, each, otherTable.unknownSchedOps);
      ask(group, families.vcpu_op, otherTable.vcpuOps, each);
      ask(group, families.xen_version, otherTable.versionOps, each);
    }, 4),
  pools: (group) => group.withGuests((each) => pools(group.calls, each, group.salt), 4),
  life: ({ calls, salt }) => life(calls, salt),
  tracing: ({ calls }) => tracing(calls),
  profiling: (group) => group.withGuests((each) => profiling(group.calls, each, group.salt), 4),
};

/** The whole script of a release. */
export function writeScript(
  script: Script,
  abi: Abi,
  salt: string,
  names: readonly string[] = Object.keys(groups),
): void {
  for (const [index, [name, write]] of Object.entries(groups).entries()) {
    if (!names.includes(name)) continue;
    script.group(name);
    let next = 1000 + index * 100;
    const calls = new Calls(script, abi);
    write({
      script,
      abi,
      calls,
      salt,
      withGuests(use, pages = 32) {
        const made = guests(calls, next, pages);
        next += 4;
        use(made);
        destroy(calls, made);
      },
    });
  }
}
