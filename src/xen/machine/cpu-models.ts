import type { CpuidLeaf, CpuPolicy } from './cpu-policy.ts';
import { featuresetNames } from './featureset-names.ts';

// CPUs of real hosts: values of CPUID, and of Xen's physinfo on such hosts. The recorded CPU is QEMU's, which lacks features (vme among
// them) that every real CPU has had for decades; libvirt does not accept a CPU without them.

export const cpuModels = ['amd-epyc', 'intel-xeon'] as const;
export type CpuModel = (typeof cpuModels)[number];

interface Model {
  /** Leaf 1's eax: family, model, stepping. */
  readonly signature: number;
  /** 48 characters at most. */
  readonly brand: string;
  /** The first words of the hardware's featureset: 1d, 1c, e1d, e1c, Da1, 7b0, 7c0, e7d, e8b. */
  readonly raw: readonly number[];
  /** Bits of them that Xen itself does not use. */
  readonly unused: readonly number[];
}

/** SYSENTER, which Xen does not use on AMD CPUs, since it does not work in 64-bit mode there. */
const SEP = 1 << 11;
/** VME, which HVM guests see on a real CPU, and which the recorded CPU lacks. */
const VME = 1 << 1;
/**
 * Bits that dom0's kernel switches, or that Xen does not use: silicon debug, and in AMD's 0x80000001 ecx WDT, NodeID MSR,
 * TopologyExtensions, PTSC.
 */
const OSXSAVE = 1 << 27;
const SDBG = 1 << 11;
const AMD_UNUSED = 0x11820000;

const models: Record<CpuModel, Model> = {
  'amd-epyc': {
    signature: 0x800f12,
    brand: 'AMD EPYC 7551 32-Core Processor',
    raw: [0x178bfbff, 0x7ed8320b, 0x2fd3fbff, 0x35c233ff, 0xf, 0x209c01a9, 0, 0x500, 0x7],
    unused: [SEP, OSXSAVE, 0, AMD_UNUSED],
  },
  'intel-xeon': {
    signature: 0x50654,
    brand: 'Intel(R) Xeon(R) Gold 6132 CPU @ 2.60GHz',
    raw: [0xbfebfbff, 0x7ffefbff, 0x2c100800, 0x121, 0xf, 0xd39ffffb, 0x8, 0x100, 0],
    unused: [0, OSXSAVE | SDBG],
  },
};

const FIRST_BRAND = 0x80000002;
const BRAND_BYTES = 48;

export function modelPolicy(cpu: CpuModel, policy: CpuPolicy): CpuPolicy {
  const { name, msrs, leaves } = policy;
  const model = models[cpu];
  const brand = new Uint8Array(BRAND_BYTES);
  new TextEncoder().encodeInto(model.brand, brand);
  const brandWords = new Uint32Array(brand.buffer);
  const word = (index: number, recorded: number) => wordOf(model, name, index, recorded);
  const change = (entry: CpuidLeaf): CpuidLeaf => {
    const [leaf, subleaf, a, b, c, d] = entry;
    switch (leaf) {
      case 1:
        return [leaf, subleaf, model.signature, b, word(1, c), word(0, d)];
      case 7:
        return subleaf === 0 ? [leaf, subleaf, a, word(5, b), word(6, c), d] : entry;
      case 13:
        return subleaf === 1 ? [leaf, subleaf, word(4, a), b, c, d] : entry;
      case 0x80000001:
        return [leaf, subleaf, cpu === 'amd-epyc' ? model.signature : a, b, word(3, c), word(2, d)];
      case FIRST_BRAND:
      case FIRST_BRAND + 1:
      case FIRST_BRAND + 2: {
        const at = 4 * (leaf - FIRST_BRAND);
        const [first = 0, second = 0, third = 0, fourth = 0] = brandWords.subarray(at, at + 4);
        return [leaf, subleaf, first, second, third, fourth];
      }
      case 0x80000007:
        return [leaf, subleaf, a, b, c, word(7, d)];
      case 0x80000008:
        return [leaf, subleaf, a, word(8, b), c, d];
      default:
        return entry;
    }
  };
  return { name, msrs, leaves: leaves.map(change) };
}

export function modelFeatureset(cpu: CpuModel, set: readonly number[], index: number): readonly number[] {
  return set.map((word, at) => wordOf(models[cpu], featuresetNames[index] ?? '', at, word));
}

/** A word of a featureset. Guests see the features of the recorded guests, all of which these CPUs have, and VME if they are HVM. */
function wordOf({ raw, unused }: Model, name: string, index: number, recorded: number): number {
  if (name === 'Raw') return raw[index] ?? recorded;
  if (name === 'Host') return ((raw[index] ?? recorded) & ~(unused[index] ?? 0)) >>> 0;
  return index === 0 && name.startsWith('HVM') ? (recorded | VME) >>> 0 : recorded;
}
