import type { CpuidLeaf, CpuPolicy } from './cpu-policy.ts';
import { featuresetNames } from './featureset-names.ts';

// An Intel CPU instead of the recorded AMD one: the same features as far as Intel has them, and the features that Xen supports only on
// Intel.

/** "Genu", "ineI", "ntel". */
const VENDOR = [0x756e6547, 0x49656e69, 0x6c65746e] as const;
/** Family 6, model 0x5e, stepping 3. */
const SIGNATURE = 0x506e3;
/** The brand string's three leaves: 48 characters with NULs at the end. */
const BRAND = 'Fauxen simulated Intel CPU with VMX, EPT, PT';
const FIRST_BRAND = 0x80000002;
const LAST_EXTENDED = 0x80000008;
/** Bits of leaf 1 ecx, leaf 7 ebx and leaf 0x80000001: VMX, Processor Trace, what Intel defines of edx, and LAHF alone of ecx. */
const VMX = 1 << 5;
const PROCESSOR_TRACE = 1 << 25;
const EXTENDED_EDX = 0x2c100800;
const EXTENDED_ECX = 1;
/** Places in a featureset: 1d, 1c, e1d, e1c, Da1, 7b0, 7c0, e7d, e8b, 7d0, 7a1, e21a. */
const WORD = { c1: 1, extendedD: 2, extendedC: 3, b7: 5, extendedB8: 8, extendedA21: 11 } as const;

/** The policies and featuresets that include them: those of the hardware; for VMX also the maximum of an HVM domain. */
const hasTrace = (name: string) => name === 'Raw' || name === 'Host';
const hasVmx = (name: string) => hasTrace(name) || name === 'HVM Max';

export function intelPolicy(policy: CpuPolicy): CpuPolicy {
  const { name, msrs } = policy;
  const leaves = policy.leaves.filter(([leaf]) => leaf < 0x80000000 || leaf <= LAST_EXTENDED).map(intelLeaf(name));
  return { name, msrs, leaves };
}

function intelLeaf(name: string) {
  const [b, d, c] = VENDOR;
  return (entry: CpuidLeaf): CpuidLeaf => {
    const [leaf, subleaf, ...registers] = entry;
    switch (leaf) {
      case 0:
        return [leaf, subleaf, registers[0], b, c, d];
      case 1:
        return [leaf, subleaf, SIGNATURE, registers[1], bits(registers[2], hasVmx(name) ? VMX : 0), registers[3]];
      case 7: {
        const trace = subleaf === 0 && hasTrace(name) ? PROCESSOR_TRACE : 0;
        return [leaf, subleaf, registers[0], bits(registers[1], trace), registers[2], registers[3]];
      }
      case 0x80000000:
        return [leaf, subleaf, LAST_EXTENDED, 0, 0, 0];
      case 0x80000001:
        return [leaf, subleaf, 0, 0, registers[2] & EXTENDED_ECX, (registers[3] & EXTENDED_EDX) >>> 0];
      case FIRST_BRAND:
      case FIRST_BRAND + 1:
      case FIRST_BRAND + 2:
        return [leaf, subleaf, ...brand(leaf - FIRST_BRAND)];
      case 0x80000005:
        return [leaf, subleaf, 0, 0, 0, 0];
      case 0x80000006:
        return [leaf, subleaf, 0, 0, registers[2], 0];
      case LAST_EXTENDED:
        return [leaf, subleaf, registers[0], 0, 0, 0];
      default:
        return entry;
    }
  };
}

export function intelFeatureset(set: readonly number[], index: number): readonly number[] {
  const name = featuresetNames[index] ?? '';
  const words = [...set];
  const change = (word: number, keep: number, add: number) => {
    words[word] = bits((words[word] ?? 0) & keep, add);
  };
  change(WORD.c1, -1, hasVmx(name) ? VMX : 0);
  change(WORD.extendedD, EXTENDED_EDX, 0);
  change(WORD.extendedC, EXTENDED_ECX, 0);
  change(WORD.b7, -1, hasTrace(name) ? PROCESSOR_TRACE : 0);
  change(WORD.extendedB8, 0, 0);
  change(WORD.extendedA21, 0, 0);
  return words;
}

const bits = (word: number, added: number) => (word | added) >>> 0;

function brand(part: number): [number, number, number, number] {
  const word = (index: number) =>
    [3, 2, 1, 0].reduce((value, at) => value * 256 + (BRAND.charCodeAt(part * 16 + index * 4 + at) || 0), 0);
  return [word(0), word(1), word(2), word(3)];
}
