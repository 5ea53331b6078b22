import t from 'tap';
import { getCpuPolicy, getFeatureset } from '../../../src/xen/machine/cpu-policy.ts';
import { defaultMachine } from '../../../src/xen/machine/machine.ts';

const amd = defaultMachine({ uptime: () => 0n, wallclock: () => 0, random: () => {} });
const intel = { ...amd, vendor: 'intel' as const };
const epyc = { ...amd, cpuModel: 'amd-epyc' as const };
const xeon = { ...intel, cpuModel: 'intel-xeon' as const };
const LAST_EXTENDED = 0x80000008;
const [VMX, PROCESSOR_TRACE] = [1 << 5, 1 << 25];
/** Indices of policies, and of the featuresets of the same names. */
const NAMES: [string, number, number][] = [
  ['Raw', 0, 0],
  ['Host', 1, 1],
  ['PV Max', 2, 4],
  ['HVM Max', 3, 5],
  ['PV Default', 4, 2],
  ['HVM Default', 5, 3],
];

/** The featureset words that a policy's leaves imply. */
function words(machine: typeof amd, policy: number): Map<number, number> {
  const leaves = getCpuPolicy(machine, policy)?.leaves ?? [];
  const found = new Map<number, number>();
  for (const [leaf, subleaf, , b, c, d] of leaves) {
    if (leaf === 1) found.set(0, d).set(1, c);
    if (leaf === 0x80000001) found.set(3, c);
    if (leaf === 7 && subleaf === 0) found.set(5, b);
    if (leaf === LAST_EXTENDED) found.set(8, b);
  }
  return found;
}

t.test("an Intel CPU's policies agree with its featuresets, as for the recorded AMD CPU", (t) => {
  for (const machine of [amd, intel, epyc, xeon]) {
    for (const [name, policy, set] of NAMES) {
      t.equal(getCpuPolicy(machine, policy)?.name, name);
      for (const [word, value] of words(machine, policy)) {
        t.equal(getFeatureset(machine, set)?.[word], value, `${machine.vendor} ${name}: word ${word}`);
      }
    }
  }
  t.equal(getCpuPolicy(intel, 6), undefined);
  t.equal(getFeatureset(intel, 6), undefined);
  t.end();
});

t.test('an Intel CPU has VMX for the hardware and HVM guests, Processor Trace for the hardware only', (t) => {
  for (const [name, policy, set] of NAMES) {
    const all = words(intel, policy);
    t.equal(((all.get(1) ?? 0) & VMX) !== 0, ['Raw', 'Host', 'HVM Max'].includes(name), name);
    t.equal(((getFeatureset(intel, set)?.[5] ?? 0) & PROCESSOR_TRACE) !== 0, ['Raw', 'Host'].includes(name), name);
  }
  t.end();
});

t.test('an Intel CPU reports Intel as its vendor, and has no AMD leaves', (t) => {
  const { leaves = [] } = getCpuPolicy(intel, 1) ?? {};
  const text = (leaf: number, order: readonly number[]) => {
    const registers = leaves.find(([number]) => number === leaf)?.slice(2) ?? [];
    const bytes = new Uint32Array(order.map((index) => registers[index] ?? 0));
    return Buffer.from(bytes.buffer).toString('latin1');
  };
  t.equal(text(0, [1, 3, 2]), 'GenuineIntel');
  const brand = [0x80000002, 0x80000003, 0x80000004].map((leaf) => text(leaf, [0, 1, 2, 3])).join('');
  t.match(brand, /^Fauxen simulated Intel CPU with VMX, EPT, PT\0{4}$/);
  t.ok(leaves.every(([leaf]) => leaf <= LAST_EXTENDED));
  t.equal(leaves.find(([leaf]) => leaf === 0x80000000)?.[2], LAST_EXTENDED);
  t.end();
});

t.test('CPUs of real hosts have the real features, and guests have no feature that the host lacks', (t) => {
  const hex = (set: readonly number[] | undefined) =>
    set?.slice(0, 8).map((word) => word.toString(16).padStart(8, '0'));
  t.match(
    hex(getFeatureset(epyc, 1))?.join(':'),
    /^178bf3ff:76d8320b:2fd3fbff:244033ff:0000000f:209c01a9:00000000:00000500/,
  );
  t.match(
    hex(getFeatureset(xeon, 1))?.join(':'),
    /^bfebfbff:77fef3ff:2c100800:00000121:0000000f:d39ffffb:00000008:00000100/,
  );
  const VME = 2;
  for (const machine of [epyc, xeon]) {
    for (const set of [2, 3, 4, 5]) {
      const guest = getFeatureset(machine, set) ?? [];
      const hypervisorsOwn = (index: number) => (index === 1 ? 0x80200000 : 0); // x2apic, hypervisor
      const lacks = guest
        .slice(0, 8)
        .map((word, index) => word & ~(getFeatureset(machine, 0)?.[index] ?? 0) & ~hypervisorsOwn(index));
      t.ok(
        lacks.every((word) => word === 0),
        `${machine.cpuModel} ${set}: ${lacks}`,
      );
      t.equal((guest[0] ?? 0) & VME, set % 2 === 1 ? VME : 0, 'VME for HVM guests');
    }
    const leaf = (number: number) =>
      getCpuPolicy(machine, 1)
        ?.leaves.find(([each]) => each === number)
        ?.slice(2) ?? [];
    t.equal(leaf(1)[0], machine === epyc ? 0x800f12 : 0x50654);
    const brand = Buffer.from(new Uint32Array([2, 3, 4].flatMap((part) => leaf(0x80000000 + part))).buffer).toString(
      'latin1',
    );
    t.match(brand, machine === epyc ? /^AMD EPYC 7551/ : /^Intel\(R\) Xeon\(R\) Gold 6132/);
  }
  t.end();
});
