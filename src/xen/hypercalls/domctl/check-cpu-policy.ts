import { errno } from '../../errno.ts';
import { CPUID_LEAF_BYTES, MSR_ENTRY_BYTES } from '../../machine/cpu-policy.ts';

/** A policy's bytes, as it is serialised. */
export interface PolicyBytes {
  readonly leaves: Uint8Array;
  readonly msrs: Uint8Array;
}

/** What is wrong with a policy: -errno, and the leaf or MSR. */
export interface PolicyFault {
  readonly result: number;
  readonly leaf?: number;
  readonly subleaf?: number;
  readonly msr?: number;
}

const NO_SUBLEAF = 0xffffffff;
const LAST_BASIC = 0x0d;
const HYPERVISOR_LEAVES: ReadonlySet<number> = new Set([0x40000000, 0x40000100]);
const FIRST_EXTENDED = 0x80000000;
const LAST_EXTENDED = 0x80000021;
/** How many subleaves a leaf may have, if it has any. */
const subleaves: ReadonlyMap<number, number> = new Map([
  [4, 6],
  [7, 2],
  [0xb, 2],
  [0xd, 63],
]);
const PLATFORM_INFO = 0xce;
const ARCH_CAPABILITIES = 0x10a;
/** Leaves whose first word is the end of a range, which must not lie beyond the machine's. */
const limits = [
  [0, NO_SUBLEAF],
  [7, 0],
  [FIRST_EXTENDED, NO_SUBLEAF],
] as const;

/** Checks the caller's leaves for one that no policy has room for. */
export function checkLeaves(leaves: Uint8Array): PolicyFault | undefined {
  const leafView = viewOf(leaves);
  for (let at = 0; at < leaves.length; at += CPUID_LEAF_BYTES) {
    const [leaf, subleaf] = [leafView.getUint32(at, true), leafView.getUint32(at + 4, true)];
    if (!hasRoom(leaf, subleaf)) return { result: -errno.ERANGE, leaf, subleaf };
  }
  return undefined;
}

/** Checks the caller's MSRs for one that no policy has, or with an impossible value. */
export function checkMsrs(msrs: Uint8Array): PolicyFault | undefined {
  const msrView = viewOf(msrs);
  for (let at = 0; at < msrs.length; at += MSR_ENTRY_BYTES) {
    const msr = msrView.getUint32(at, true);
    if (msrView.getUint32(at + 4, true) !== 0) return { result: -errno.EINVAL, msr };
    if (msr !== PLATFORM_INFO && msr !== ARCH_CAPABILITIES) return { result: -errno.ERANGE, msr };
    if (msrView.getUint32(at + 12, true) !== 0) return { result: -errno.EOVERFLOW, msr };
  }
  return undefined;
}

/** Checks the whole policy against the maximum for a domain of its type. */
export function checkAgainst(most: PolicyBytes, policy: PolicyBytes): PolicyFault | undefined {
  for (const [leaf, subleaf] of limits) {
    if (eax(policy, leaf, subleaf) > eax(most, leaf, subleaf)) return { result: -errno.EINVAL, leaf, subleaf };
  }
  const extra = msrValue(policy, PLATFORM_INFO) & ~msrValue(most, PLATFORM_INFO);
  return extra === 0 ? undefined : { result: -errno.EINVAL, msr: PLATFORM_INFO };
}

function hasRoom(leaf: number, subleaf: number): boolean {
  const count = subleaves.get(leaf);
  if (count !== undefined) return subleaf < count;
  if (subleaf !== NO_SUBLEAF) return false;
  return leaf <= LAST_BASIC || HYPERVISOR_LEAVES.has(leaf) || (leaf >= FIRST_EXTENDED && leaf <= LAST_EXTENDED);
}

function eax({ leaves }: PolicyBytes, leaf: number, subleaf: number): number {
  const view = viewOf(leaves);
  for (let at = 0; at < leaves.length; at += CPUID_LEAF_BYTES) {
    if (view.getUint32(at, true) === leaf && view.getUint32(at + 4, true) === subleaf)
      return view.getUint32(at + 8, true);
  }
  return 0;
}

/** The low 32 bits: the others are not used. */
function msrValue({ msrs }: PolicyBytes, msr: number): number {
  const view = viewOf(msrs);
  for (let at = 0; at < msrs.length; at += MSR_ENTRY_BYTES) {
    if (view.getUint32(at, true) === msr) return view.getUint32(at + 8, true);
  }
  return 0;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
