import { type Behaviour, behaves } from '../abi/behaviour.ts';
import type { CpuidLeaf } from './cpu-policy.ts';
import type { Machine } from './machine.ts';

/** Differences of the recorded CPU's policies in other releases: bits that a register has in addition, or lacks. */
interface Correction {
  readonly of: Behaviour;
  /** XEN_SYSCTL_cpu_policy_*. */
  readonly policies: readonly number[];
  readonly leaf: number;
  readonly subleaf?: number;
  readonly register: 'a' | 'b' | 'c' | 'd';
  readonly clear?: number;
  readonly set?: number;
}

const HOST = 1;
const PV_MAX = 2;
const HVM_MAX = 3;
const HVM_DEFAULT = 5;

/** The recorded policies are those of 4.17; cpupolicy.sys.*.leaf.* and cpupolicy.fs.* on 4.14.6 and 4.20.4 say what differs. */
const corrections: readonly Correction[] = [
  { of: 'firstPolicies', policies: [PV_MAX], leaf: 1, register: 'c', clear: 0x200000 },
  { of: 'firstPolicies', policies: [PV_MAX, HVM_MAX], leaf: 7, subleaf: 0, register: 'a', clear: 0xffffffff },
  { of: 'firstPolicies', policies: [PV_MAX, HVM_MAX], leaf: 0x80000021, register: 'a', clear: 0x20 },
  { of: 'firstPolicies', policies: [HVM_MAX, HVM_DEFAULT], leaf: 0x80000008, register: 'b', clear: 0x100000 },
  { of: 'firstPolicies', policies: [HVM_DEFAULT], leaf: 0x80000001, register: 'c', set: 4 },
  { of: 'nestedSvmRecorded', policies: [HOST], leaf: 0x8000000a, register: 'd', clear: 0x30 },
  { of: 'nestedSvmRecorded', policies: [HVM_MAX, HVM_DEFAULT], leaf: 0x8000000a, register: 'd', clear: 0x10 },
];

/** Words of a featureset that a correction may touch. */
const words: readonly (readonly [leaf: number, register: Correction['register']])[] = [
  [1, 'd'],
  [1, 'c'],
  [0x80000001, 'd'],
  [0x80000001, 'c'],
  [0xd, 'a'],
  [7, 'b'],
  [7, 'c'],
  [0x80000007, 'd'],
  [0x80000008, 'b'],
  [7, 'd'],
  [-1, 'a'],
  [0x80000021, 'a'],
];
const columns = { a: 2, b: 3, c: 4, d: 5 } as const;

function correctionsOf({ release, vendor, cpuModel }: Machine, policy: number): Correction[] {
  if (release === undefined || vendor !== 'amd' || cpuModel !== undefined) return [];
  return corrections.filter(({ of, policies }) => policies.includes(policy) && behaves(release, of));
}

const correct = (value: number, { clear = 0, set = 0 }: Correction): number => ((value & ~clear) | set) >>> 0;

/** The leaves of a policy as the machine's release has them. */
export function leavesOfRelease(machine: Machine, policy: number, leaves: readonly CpuidLeaf[]): readonly CpuidLeaf[] {
  const found = correctionsOf(machine, policy);
  if (found.length === 0) return leaves;
  const corrected = leaves.map((leaf) => {
    const copy: [number, number, number, number, number, number] = [...leaf];
    for (const each of found) {
      const [number, subleaf] = leaf;
      if (number !== each.leaf || subleaf !== (each.subleaf ?? 0xffffffff)) continue;
      const column = columns[each.register];
      copy[column] = correct(copy[column], each);
    }
    return copy;
  });
  // Leaf 7 says how many subleaves it has.
  const last = corrected.find(([leaf, subleaf]) => leaf === 7 && subleaf === 0)?.[2] ?? 0;
  return corrected.filter(([leaf, subleaf]) => leaf !== 7 || subleaf <= last);
}

/** The words of a featureset as the machine's release has them; `policy` is the one that it belongs to. */
export function featuresetOfRelease(machine: Machine, policy: number, set: readonly number[]): readonly number[] {
  const found = correctionsOf(machine, policy);
  if (found.length === 0) return set;
  return set.map((word, index) =>
    found
      .filter(({ leaf, register }) => words[index]?.[0] === leaf && words[index]?.[1] === register)
      .reduce(correct, word),
  );
}
