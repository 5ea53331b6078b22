import { modelFeatureset, modelPolicy } from './cpu-models.ts';
import data from './cpu-policy-data.ts';
import { intelFeatureset, intelPolicy } from './intel-cpu.ts';
import type { Machine } from './machine.ts';
import { featuresetOfRelease, leavesOfRelease } from './policies-of-releases.ts';

/** One CPUID leaf as Xen serialises it; `subleaf` is 0xffffffff if the leaf has no subleaves. */
export type CpuidLeaf = readonly [leaf: number, subleaf: number, a: number, b: number, c: number, d: number];
/** An MSR and its value, sixteen hexadecimal digits. */
export type MsrEntry = readonly [index: number, value: string];

export interface CpuPolicy {
  readonly name: string;
  readonly leaves: readonly CpuidLeaf[];
  readonly msrs: readonly MsrEntry[];
}

/** Largest number of leaves and MSRs in a serialised policy of Xen 4.17; returned to a caller that passes a NULL buffer. */
export const MAX_SERIALISED_LEAVES = 120;
export const MAX_SERIALISED_MSRS = 2;
/** 32-bit words in a featureset of Xen 4.17. */
export const FEATURESET_WORDS = 19;

/** Bytes of xen_cpuid_leaf_t and xen_msr_entry_t. */
export const CPUID_LEAF_BYTES = 24;
export const MSR_ENTRY_BYTES = 16;

// The generator writes this shape from the recordings.
const { policies, featuresets } = data as {
  policies: readonly CpuPolicy[];
  featuresets: readonly (readonly number[])[];
};

/** XEN_SYSCTL_cpu_policy_*: raw 0, host 1, PV max 2, HVM max 3, PV default 4, HVM default 5. Undefined if out of range. */
export function getCpuPolicy(machine: Machine, index: number): CpuPolicy | undefined {
  const { vendor, cpuModel } = machine;
  const any = policies[index];
  const recorded = any && { ...any, leaves: leavesOfRelease(machine, index, any.leaves) };
  const policy = recorded !== undefined && vendor === 'intel' ? intelPolicy(recorded) : recorded;
  return policy !== undefined && cpuModel !== undefined ? modelPolicy(cpuModel, policy) : policy;
}

const policyOfFeatureset = [0, 1, 4, 5, 2, 3];

/** XEN_SYSCTL_cpu_featureset_*: raw 0, host 1, PV default 2, HVM default 3, PV max 4, HVM max 5. */
export function getFeatureset(machine: Machine, index: number): readonly number[] | undefined {
  const { vendor, cpuModel } = machine;
  const any = featuresets[index];
  const recorded = any && featuresetOfRelease(machine, policyOfFeatureset[index] ?? index, any);
  const set = recorded !== undefined && vendor === 'intel' ? intelFeatureset(recorded, index) : recorded;
  return set !== undefined && cpuModel !== undefined ? modelFeatureset(cpuModel, set, index) : set;
}

/** The bytes of a policy's leaves, as copied to a caller. */
export function serialiseLeaves(policy: CpuPolicy): Uint8Array {
  const words = new Uint32Array(policy.leaves.flat());
  return new Uint8Array(words.buffer);
}

/** The bytes of a policy's MSRs: index, flags (0), value. */
export function serialiseMsrs(policy: CpuPolicy): Uint8Array {
  const bytes = new Uint8Array(policy.msrs.length * MSR_ENTRY_BYTES);
  const view = new DataView(bytes.buffer);
  for (const [at, [index, value]] of policy.msrs.entries()) {
    view.setUint32(at * MSR_ENTRY_BYTES, index, true);
    view.setBigUint64(at * MSR_ENTRY_BYTES + 8, BigInt(`0x${value}`), true);
  }
  return bytes;
}
