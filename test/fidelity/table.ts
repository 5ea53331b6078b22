import type { Abi, SubOperationFamily } from '../../src/xen/abi/abi.ts';
import { layOut, type Member, membersOf } from './layout.ts';
import type { Operation, OperationField, Setting } from './operation.ts';
import type { Fill, Kind, Script, Value } from './script.ts';

import { defaultSettings, domainSettings, type Subjects } from './settings.ts';
import { unionMember } from './union-member.ts';

/** A row of the table: an operation, and its fields' settings where the defaults of settings.ts do not fit. */
export interface Row {
  /** The operation's name in the ABI data; `variant` distinguishes several rows of one operation. */
  readonly name: string;
  /** For an operation that is also tried on releases that lack it. */
  readonly number?: number;
  readonly variant?: string;
  /** The first minor version of Xen 4 on which it runs: older ones lack it, or crash. */
  readonly since?: number;
  /** The union's member that it uses, if its name differs; '' for none. */
  readonly of?: string;
  /** Its struct's members for layOut(), where the ABI data has none. */
  readonly layout?: string;
  /** Only members whose path matches: one variant of a nested union. */
  readonly only?: RegExp;
  readonly set?: Readonly<Record<string, readonly Setting[]>>;
  /** Output-only members: they stay zero. */
  readonly out?: string;
  /** Members whose output may be anything: addresses, times. */
  readonly any?: string;
  /** What pointers point to: bytes (64) and their content (zeroes). */
  readonly bytes?: Readonly<Record<string, number>>;
  readonly fill?: Readonly<Record<string, Fill>>;
  readonly kinds?: Readonly<Record<string, Kind>>;
  /** The kind of guest that it is about. */
  readonly to?: 'pv' | 'hvm' | 'pvh';
  /** Only for existing domains: a Xen is known to crash otherwise. */
  readonly living?: boolean;
  /** dom0 may be the target too: the operation only reads. */
  readonly dom0?: boolean;
  readonly random?: number;
  readonly odd?: boolean;
  /** Its fields' values in a second call, after each: for what the guest that walks needs to go on. */
  readonly undo?: readonly number[];
}

/** How the operations of a hypercall are called. */
export interface Family {
  readonly name: string;
  readonly abi: SubOperationFamily;
  readonly hypercall: string;
  /** What selects the target outside the operation's own members: a domain, or a vcpu. */
  readonly about?: {
    readonly label: string;
    readonly at: OperationField['at'];
    readonly settings?: readonly Setting[];
  };
  /** The struct's name in the ABI data for a row, its size where there is none, and the prefix of the operation's members. */
  struct(row: Row): { name?: string; size: number; prefix: string; start: number };
  fixed(abi: Abi, command: number): Operation['fixed'];
  args(command: number, script: Script, struct: Value): Value[];
}

const words = (text: string | undefined): Set<string> => new Set((text ?? '').split(' ').filter((word) => word !== ''));

function fieldOf(member: Member, row: Row, guests: Subjects): OperationField {
  const { path } = member;
  const out = words(row.out).has(path);
  const any = words(row.any).has(path);
  const domid = /^(domain|domid|dom)$/.test(path) && member.size === 2;
  const chosen =
    row.set?.[path] ?? (domid ? domainSettings(guests, row.to ?? 'hvm', row.dom0) : defaultSettings(member));
  return {
    label: path,
    at: { offset: member.offset },
    size: member.size,
    settings: out ? [0] : chosen,
    bytes: row.bytes?.[path] ?? 64,
    fill: row.fill?.[path] ?? 'zeroes',
    kind: row.kinds?.[path] ?? (any ? 'any' : member.size > 8 ? 'bytes' : 'number'),
  };
}

/** The operation of a row in a release; undefined if the release lacks it. */
export function operationOf(
  abi: Abi,
  family: Family,
  row: Row,
  guests: Subjects,
  number?: number,
): Operation | undefined {
  const command = number ?? row.number ?? abi.subOperations(family.abi)[row.name];
  const hypercall = abi.hypercalls[family.hypercall];
  if (command === undefined || hypercall === undefined) return undefined;
  const { name, size, prefix, start } = family.struct(row);
  let members: Member[];
  if (row.layout !== undefined) members = row.layout === '' ? [] : layOut(row.layout, start);
  else members = name === undefined || row.of === '' ? [] : membersOf(abi.struct(name), prefix);
  if (row.layout === undefined && row.of !== '' && members.length === 0) return undefined;
  const { only } = row;
  if (only !== undefined) members = members.filter(({ path }) => only.test(path));
  const fields = members.map((member) => fieldOf(member, row, guests));
  const { about } = family;
  if (about !== undefined) {
    const domains = domainSettings(guests, row.to ?? 'hvm', row.dom0);
    const settings = row.set?.[about.label] ?? about.settings ?? (row.living ? domains.slice(0, 3) : domains);
    fields.unshift({ label: about.label, at: about.at, size: 2, settings, bytes: 0, fill: 'zeroes', kind: 'number' });
  }
  const last = members.reduce((end, member) => Math.max(end, member.offset + member.size), 0);
  return {
    name: row.variant === undefined ? row.name : `${row.name}.${row.variant}`,
    hypercall,
    size: size > 0 ? size : Math.max(8, last),
    fixed: family.fixed(abi, command),
    fields,
    args: (script, struct) => family.args(command, script, struct),
    random: row.random ?? Math.min(20, fields.length * 4),
    odd: row.odd ?? true,
    undo: row.undo,
  };
}

/** An operation that Xen does not know, in a family. */
export function unknownOperation(abi: Abi, family: Family, number: number, guests: Subjects): Operation | undefined {
  const row: Row = { name: `unknown${number}`, of: '', random: 0, odd: false };
  return operationOf(abi, family, row, guests, number);
}

/** XENPF_INTERFACE_VERSION of every recorded release. With another version each answer is EACCES. */
const PLATFORM_INTERFACE_VERSION = 0x03000001;

const versioned = (version: number, command: number): Operation['fixed'] => [
  { offset: 0, size: 4, value: BigInt(command) },
  { offset: 4, size: 4, value: BigInt(version) },
];

const inUnion = (struct: string, size: number, start: number) => (row: Row) => ({
  name: struct,
  size,
  prefix: `u.${row.of ?? unionMember(row.name)}.`,
  start,
});

/** A family in which each operation has its own stable struct, and the first argument is the command. */
function stableFamily(name: string, abi: SubOperationFamily, structs: (row: Row) => string): Family {
  return {
    name,
    abi,
    hypercall: name,
    struct: (row) => ({ name: structs(row), size: 0, prefix: '', start: 0 }),
    fixed: () => [],
    args: (command, _script, struct) => [BigInt(command), struct],
  };
}

const inFirstArgument = (_command: number, _script: Script, struct: Value): Value[] => [struct];

export const families = {
  domctl: {
    name: 'domctl',
    abi: 'XEN_DOMCTL',
    hypercall: 'domctl',
    about: { label: 'domain', at: { offset: 8 } },
    struct: inUnion('xen_domctl', 144, 16),
    fixed: (abi, command) => versioned(abi.domctlVersion, command),
    args: inFirstArgument,
  },
  sysctl: {
    name: 'sysctl',
    abi: 'XEN_SYSCTL',
    hypercall: 'sysctl',
    struct: inUnion('xen_sysctl', 136, 8),
    fixed: (abi, command) => versioned(abi.sysctlVersion, command),
    args: inFirstArgument,
  },
  platform_op: {
    name: 'platform_op',
    abi: 'XENPF',
    hypercall: 'platform_op',
    struct: inUnion('xen_platform_op', 136, 8),
    fixed: (_abi, command) => versioned(PLATFORM_INTERFACE_VERSION, command),
    args: inFirstArgument,
  },
  memory_op: stableFamily('memory_op', 'XENMEM', ({ of, name }) => of ?? `xen_${name}`),
  event_channel_op: stableFamily('event_channel_op', 'EVTCHNOP', ({ name }) => `evtchn_${name}`),
  grant_table_op: {
    ...stableFamily('grant_table_op', 'GNTTABOP', ({ name }) => `gnttab_${name}`),
    args: (command, _script, struct) => [BigInt(command), struct, 1n],
  },
  hvm_op: stableFamily('hvm_op', 'HVMOP', ({ of }) => of ?? ''),
  physdev_op: stableFamily('physdev_op', 'PHYSDEVOP', () => ''),
  sched_op: stableFamily('sched_op', 'SCHEDOP', () => ''),
  vcpu_op: {
    ...stableFamily('vcpu_op', 'VCPUOP', () => ''),
    about: { label: 'vcpu', at: { argument: 1 }, settings: [0, 1, 2, 3, 255, 0x7fffffff, 0xffffffff, 0x100000000] },
    args: (command, _script, struct) => [BigInt(command), 0n, struct],
  },
  xen_version: stableFamily('xen_version', 'XENVER', () => ''),
  dm_op: {
    name: 'dm_op',
    abi: 'XEN_DMOP',
    hypercall: 'dm_op',
    about: { label: 'domain', at: { argument: 0 } },
    struct: () => ({ size: 32, prefix: '', start: 8 }),
    fixed: (_abi, command) => [{ offset: 0, size: 4, value: BigInt(command) }],
    /** The struct is in the first of an array of buffers. */
    args(_command, script, struct) {
      const list = script.buffer(32);
      script.store(list, 0, 8, struct);
      script.store(list, 8, 8, 32n);
      return [0n, 1n, list];
    },
  },
} satisfies Record<string, Family>;
