import { hvmCpu } from '../../abi/cpu-context.ts';
import { stableLayout } from '../../abi/stable-layout.ts';
import type { Domain } from '../domain.ts';
import { cpuRecord, setRegister } from '../hvm-stream.ts';
import { vmtracePosition } from '../vmtrace.ts';

/** VM_EVENT_INTERFACE_VERSION of Xen 4.17 (vm_event.h). */
export const EVENT_VERSION = 7;

/** VM_EVENT_FLAG_*. */
export const eventFlags = {
  vcpuPaused: 1,
  emulate: 1 << 2,
  emulateNoWrite: 1 << 3,
  toggleSingleStep: 1 << 4,
  deny: 1 << 6,
  alternateView: 1 << 7,
  setRegisters: 1 << 8,
  fastSingleStep: 1 << 11,
} as const;
/** VM_EVENT_REASON_*. */
export const eventReasons = {
  memAccess: 1,
  writeControlRegister: 4,
  movToMsr: 5,
  breakpoint: 6,
  singleStep: 7,
  guestRequest: 8,
  cpuid: 10,
} as const;
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
  view: eventStruct.field('altp2m_idx'),
};
const DETAILS = eventStruct.field('u').offset;
const REGISTERS = eventStruct.field('regs').offset;
/** The view of an answer with fastSingleStep. */
export const viewAfterStep = (answer: DataView): number => answer.getUint16(DETAILS, true);
const VMTRACE_POSITION = 256;
const NO_POSITION = 0xffffffffffffffffn;

/** The registers of struct vm_event_regs_x86 from a word on, 64 bits each, in its order. */
const wordsFrom = (word: number, names: string) =>
  names.split(' ').map((name, index) => ({ name, field: hvmCpu.field(name), at: REGISTERS + 8 * (word + index) }));
/** Those that an answer can set (VM_EVENT_FLAG_SET_REGISTERS), then the others. */
const settable = wordsFrom(0, 'rax rcx rdx rbx rsp rbp rsi rdi r8 r9 r10 r11 r12 r13 r14 r15 rflags');
const instructionPointer = wordsFrom(19, 'rip');
const registers = [
  ...settable,
  ...wordsFrom(
    17,
    'dr6 dr7 rip cr0 cr2 cr3 cr4 sysenter_cs sysenter_esp sysenter_eip msr_efer msr_star msr_lstar gdtr_base',
  ),
  ...wordsFrom(35, 'fs_base gs_base'),
  ...wordsFrom(40, 'shadow_gs'),
];
/** Selectors, 16 bits each. */
const SELECTORS = REGISTERS + 41 * 8 + 2;
const selectors = ['cs', 'ss', 'ds', 'es', 'fs', 'gs'].map((name) => hvmCpu.field(name));

/** An access of a guest's page (struct vm_event_mem_access). */
export interface PageAccessEvent {
  readonly frame: number;
  readonly offset: number;
  /** MEM_ACCESS_R, _W and _X. */
  readonly access: number;
  /** The linear address; absent: the physical one. */
  readonly linear?: bigint;
}

/** The words of struct vm_event_mem_access. */
export function pageAccessWords({ frame, offset, access, linear }: PageAccessEvent): bigint[] {
  const { linearAddressValid, faultWithLinearAddress } = accessBits;
  const address = linear ?? BigInt(frame) * 4096n + BigInt(offset);
  return [BigInt(frame), BigInt(offset), address, BigInt(access | linearAddressValid | faultWithLinearAddress)];
}

/** An event of a virtual CPU. */
export interface GuestEvent {
  readonly reason: number;
  /** The member of the union that belongs to it, 64 bits each. */
  readonly words?: readonly bigint[];
}

/** The bytes of an event. The registers are those that were set, since nothing executes on the virtual CPU. */
export function makeEvent(domain: Domain, vcpu: number, { reason, words = [] }: GuestEvent, flags: number): Uint8Array {
  const bytes = new Uint8Array(eventStruct.size);
  const view = new DataView(bytes.buffer);
  eventFields.version.set(view, EVENT_VERSION);
  eventFields.flags.set(view, flags);
  eventFields.reason.set(view, reason);
  eventFields.vcpu.set(view, vcpu);
  eventFields.view.set(view, domain.memory.properties.views?.used(vcpu) ?? 0);
  for (const [index, word] of words.entries()) view.setBigUint64(DETAILS + 8 * index, BigInt.asUintN(64, word), true);
  const record = cpuRecord(domain, vcpu);
  if (record !== undefined) {
    for (const { field, at } of registers) bytes.set(record.subarray(field.offset, field.offset + field.size), at);
    for (const [index, { offset }] of selectors.entries())
      bytes.set(record.subarray(offset, offset + 2), SELECTORS + 2 * index);
  }
  const position = vmtracePosition(domain, vcpu);
  view.setBigUint64(REGISTERS + VMTRACE_POSITION, position === undefined ? NO_POSITION : BigInt(position), true);
  return bytes;
}

/** Sets the registers of a virtual CPU that an answer may set. */
export function setRegistersOf(domain: Domain, vcpu: number, answer: DataView): void {
  for (const { name, at } of [...settable, ...instructionPointer]) {
    setRegister(domain, vcpu, name, answer.getBigUint64(at, true));
  }
}
