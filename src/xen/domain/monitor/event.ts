import { hvmCpu } from '../../abi/cpu-context.ts';
import { stableLayout } from '../../abi/stable-layout.ts';
import type { Domain } from '../domain.ts';
import { cpuRecord } from '../hvm-stream.ts';
import { vmtracePosition } from '../vmtrace.ts';

/** VM_EVENT_INTERFACE_VERSION of Xen 4.17 (vm_event.h). */
export const EVENT_VERSION = 7;

/** VM_EVENT_FLAG_*. */
export const eventFlags = { vcpuPaused: 1 } as const;
/** VM_EVENT_REASON_*. */
export const eventReasons = { memAccess: 1, guestRequest: 8 } as const;
/** MEM_ACCESS_*; XENMEM_access_* have the first three in the same places. */
export const accessBits = { r: 1, w: 2, x: 4, linearAddressValid: 8, faultWithLinearAddress: 16 } as const;

/** struct vm_event_st: `u` is one of its unions' members, `regs` a struct vm_event_regs_x86. */
export const eventStruct = stableLayout(
  'vm_event_st',
  'version:u32 flags:u32 reason:u32 vcpu_id:u32 altp2m_idx:u16 pad:u16[3] u:u64[4] regs:u64[43]',
);
export const eventFields = {
  version: eventStruct.field('version'),
  flags: eventStruct.field('flags'),
  reason: eventStruct.field('reason'),
  vcpu: eventStruct.field('vcpu_id'),
};
const DETAILS = eventStruct.field('u').offset;
const REGISTERS = eventStruct.field('regs').offset;
const VMTRACE_POSITION = 256;
const NO_POSITION = 0xffffffffffffffffn;

/** The registers at the beginning of struct vm_event_regs_x86, 64 bits each, in its order. */
const registers = 'rax rcx rdx rbx rsp rbp rsi rdi r8 r9 r10 r11 r12 r13 r14 r15 rflags dr6 dr7 rip cr0 cr2 cr3 cr4'
  .split(' ')
  .map((name) => hvmCpu.field(name));

/** An access of a guest's page (struct vm_event_mem_access). */
export interface PageAccessEvent {
  readonly frame: number;
  readonly offset: number;
  /** MEM_ACCESS_R, _W and _X. */
  readonly access: number;
}

/** The bytes of an event. The registers are those from the creation of the virtual CPU, since nothing executes on it. */
export function makeEvent(
  domain: Domain,
  vcpu: number,
  reason: number,
  flags: number,
  page?: PageAccessEvent,
): Uint8Array {
  const bytes = new Uint8Array(eventStruct.size);
  const view = new DataView(bytes.buffer);
  eventFields.version.set(view, EVENT_VERSION);
  eventFields.flags.set(view, flags);
  eventFields.reason.set(view, reason);
  eventFields.vcpu.set(view, vcpu);
  if (page !== undefined) {
    // Scripted guests have no page tables: a linear address is the physical one.
    const { linearAddressValid, faultWithLinearAddress } = accessBits;
    const details = [page.frame, page.offset, page.frame * 4096 + page.offset];
    for (const [index, value] of details.entries()) view.setBigUint64(DETAILS + 8 * index, BigInt(value), true);
    view.setUint32(DETAILS + 24, page.access | linearAddressValid | faultWithLinearAddress, true);
  }
  const record = cpuRecord(domain, vcpu);
  if (record !== undefined) {
    for (const [index, { offset, size }] of registers.entries()) {
      bytes.set(record.subarray(offset, offset + size), REGISTERS + 8 * index);
    }
  }
  const position = vmtracePosition(domain, vcpu);
  view.setBigUint64(REGISTERS + VMTRACE_POSITION, position === undefined ? NO_POSITION : BigInt(position), true);
  return bytes;
}
