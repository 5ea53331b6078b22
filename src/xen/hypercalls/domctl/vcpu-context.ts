import { behaves } from '../../abi/behaviour.ts';
import { guestContext } from '../../abi/cpu-context.ts';
import type { Call } from '../../call/call.ts';
import type { Domain } from '../../domain/domain.ts';
import type { Vcpu } from '../../domain/vcpu.ts';
import { errno } from '../../errno.ts';
import { isCanonical, isXensAddress } from '../canonical.ts';
import { printForeignFrame } from '../foreign-frame.ts';

const offsetOf = (name: string, index = 0) => guestContext.field(name).offset + 8 * index;
const at = {
  flags: offsetOf('flags'),
  rip: offsetOf('rip'),
  rsp: offsetOf('rsp'),
  traps: offsetOf('trap_ctxt'),
  ldtBase: offsetOf('ldt_base'),
  ldtEntries: offsetOf('ldt_ents'),
  gdtFrames: offsetOf('gdt_frames'),
  gdtEntries: offsetOf('gdt_ents'),
  kernelStack: offsetOf('kernel_sp'),
  cr1: offsetOf('ctrlreg', 1),
  cr3: offsetOf('ctrlreg', 3),
  debugRegisters: offsetOf('debugreg'),
  eventCallback: offsetOf('event_callback_eip'),
  failsafeCallback: offsetOf('failsafe_callback_eip'),
  syscallCallback: offsetOf('syscall_callback_eip'),
  vmAssist: offsetOf('vm_assist'),
  fsBase: offsetOf('fs_base'),
  gsBaseKernel: offsetOf('gs_base_kernel'),
  gsBaseUser: offsetOf('gs_base_user'),
} as const;

/** VGCF_in_kernel. Without it, a page table for user mode is needed. */
const IN_KERNEL = 4n;
const TRAPS = 256;
/** struct trap_info: its address comes after 8 bytes. */
const TRAP_BYTES = 16;
const GDT_FRAMES = 16;
const MAX_LDT_ENTRIES = 8192n;
/** 16 frames of 512 descriptors, less Xen's own. */
const MAX_GDT_ENTRIES = 14_336n;
const ENTRIES_PER_FRAME = 512n;
/** VMASST_TYPE_*: runstate_update_flag is the only one for an HVM domain. */
const HVM_ASSISTS = 1n << 5n;
const PV_ASSISTS = 0x3fn | (1n << 32n);
const PAGE_BITS = 12n;
const PAGE_MASK = (1n << PAGE_BITS) - 1n;
/** Physical addresses have at most 52 bits. */
const FRAME_MASK = (1n << 40n) - 1n;

const addresses = [at.rip, at.rsp, at.kernelStack, at.ldtBase, at.fsBase, at.gsBaseKernel, at.gsBaseUser];
const callbacks = [at.eventCallback, at.failsafeCallback, at.syscallCallback];
const traps = Array.from({ length: TRAPS }, (_, trap) => at.traps + trap * TRAP_BYTES + 8);
const debugRegisters = Array.from({ length: 4 }, (_, register) => at.debugRegisters + register * 8);
const gdtFrames = Array.from({ length: GDT_FRAMES }, (_, frame) => at.gdtFrames + frame * 8);
/** What a virtual CPU that has a context keeps. */
const fixed = [at.cr3, at.cr1, at.ldtBase, at.ldtEntries, at.gdtEntries, ...gdtFrames];

/** Whether a virtual CPU can start with this context: 0 or -errno. Recorded in this order, by what Xen prints. */
export function checkContext(call: Call, view: DataView, domain: Domain, vcpu: Vcpu): number {
  const word = (offset: number) => view.getBigUint64(offset, true);
  const assists = domain.isHvm ? HVM_ASSISTS : PV_ASSISTS;
  // A 32-bit guest's context is another struct.
  const narrow = !domain.isHvm && domain.addressSize !== 64;
  if (!narrow && vcpu.id === 0 && (word(at.vmAssist) & ~assists) !== 0n) return -errno.EINVAL;
  if (domain.isHvm || narrow) return 0;
  if (![...addresses, ...callbacks, ...traps].every((offset) => isCanonical(word(offset)))) return -errno.EINVAL;
  if (isXensAddress(word(at.ldtBase))) return -errno.EINVAL;
  const watched = behaves(call.hypervisor.abi, 'debugRegistersChecked') ? debugRegisters.map(word) : [];
  if (watched.some((address) => !isCanonical(address) || isXensAddress(address))) return -errno.EINVAL;
  if (vcpu.initialised && vcpu.context !== undefined) {
    const { buffer, byteOffset } = vcpu.context;
    const before = new DataView(buffer, byteOffset);
    return fixed.every((offset) => before.getBigUint64(offset, true) === word(offset)) ? 0 : -errno.EOPNOTSUPP;
  }
  const ldtEntries = word(at.ldtEntries);
  if (ldtEntries > MAX_LDT_ENTRIES || (ldtEntries > 0n && (word(at.ldtBase) & PAGE_MASK) !== 0n)) return -errno.EINVAL;
  if ((word(at.flags) & IN_KERNEL) === 0n && word(at.cr1) === 0n) return -errno.EINVAL;
  const gdtEntries = word(at.gdtEntries);
  if (gdtEntries > MAX_GDT_ENTRIES) return -errno.EINVAL;
  const tables = gdtFrames.slice(0, Number((gdtEntries + ENTRIES_PER_FRAME - 1n) / ENTRIES_PER_FRAME));
  // The root page table and each frame of the GDT must be pages of the domain.
  const frames = [...tables.map(word), (word(at.cr3) >> PAGE_BITS) & FRAME_MASK];
  for (const frame of frames) {
    if (domain.memory.m2p.get(Number(frame)) !== undefined) continue;
    printForeignFrame(call, domain, Number(frame));
    return -errno.EINVAL;
  }
  return 0;
}
