import type { Domain } from '../../domain/domain.ts';

/** struct vcpu_guest_context (arch-x86/xen.h): offsets of x86-64, which no release changed. */
const at = {
  rip: 648,
  ldtBase: 4816,
  ldtEntries: 4824,
  gdtEntries: 4960,
  cr3: 5008,
  eventCallback: 5112,
  failsafeCallback: 5120,
  syscallCallback: 5128,
  vmAssist: 5136,
} as const;

const MAX_LDT_ENTRIES = 8192n;
/** 16 frames of 512 descriptors, less Xen's own. */
const MAX_GDT_ENTRIES = 14_336n;
/** VMASST_TYPE_runstate_update_flag: the only one for an HVM domain. */
const HVM_ASSISTS = 1n << 5n;
const PAGE_BITS = 12n;
/** Physical addresses have at most 52 bits. */
const FRAME_MASK = (1n << 40n) - 1n;

const isCanonical = (address: bigint): boolean => BigInt.asUintN(64, BigInt.asIntN(48, address)) === address;

/** Whether a virtual CPU can start with this context: 0, or -EINVAL. */
export function isContextValid(view: DataView, domain: Domain, vcpu: number): boolean {
  const word = (offset: number) => view.getBigUint64(offset, true);
  if (domain.isHvm) return vcpu !== 0 || (word(at.vmAssist) & ~HVM_ASSISTS) === 0n;
  // A 32-bit guest's context is another struct.
  if (domain.addressSize !== 64) return true;
  const entries = [at.rip, at.eventCallback, at.failsafeCallback, at.syscallCallback];
  if (!entries.every((offset) => isCanonical(word(offset)))) return false;
  if (word(at.ldtEntries) > MAX_LDT_ENTRIES || word(at.gdtEntries) > MAX_GDT_ENTRIES) return false;
  // The root page table must be a page of the domain's own.
  const frame = (word(at.cr3) >> PAGE_BITS) & FRAME_MASK;
  return domain.memory.gfnOf(Number(frame)) !== undefined;
}
