import { guestContext, hvmCpu } from '../../abi/cpu-context.ts';
import type { Field } from '../../abi/layout.ts';

const SAME =
  'fpu rax rbx rcx rdx rbp rsi rdi rsp r8 r9 r10 r11 r12 r13 r14 r15 rip rflags cs ds es fs gs ss fs_base'.split(' ');

interface Copy {
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
}

const copy = (from: Field, to: Field, index = 0): Copy => ({
  from: from.offset,
  to: to.offset + 8 * index,
  bytes: Math.min(from.size, to.size),
});
const control = (number: number) => copy(hvmCpu.field(`cr${number}`), guestContext.field('ctrlreg'), number);
const debug = (number: number) => copy(hvmCpu.field(`dr${number}`), guestContext.field('debugreg'), number);

const copies: readonly Copy[] = [
  ...SAME.map((name) => copy(hvmCpu.field(name), guestContext.field(name))),
  ...[0, 2, 3, 4].map(control),
  ...[0, 1, 2, 3, 6, 7].map(debug),
  copy(hvmCpu.field('gs_base'), guestContext.field('gs_base_kernel')),
  copy(hvmCpu.field('shadow_gs'), guestContext.field('gs_base_user')),
];

/** Sets the registers of a CPU record from a vcpu_guest_context. */
export function copyContext(context: Uint8Array, record: Uint8Array): void {
  for (const { from, to, bytes } of copies) record.set(context.subarray(to, to + bytes), from);
}

/** Converts the registers of a CPU record to a vcpu_guest_context, as getvcpucontext returns them for a PVH or HVM virtual CPU. */
export function copyRegisters(record: Uint8Array, context: Uint8Array): void {
  for (const { from, to, bytes } of copies) context.set(record.subarray(from, from + bytes), to);
}
