// struct hvm_hw_cpu (arch-x86/hvm/save.h) as struct vcpu_guest_context (arch-x86/xen.h): offsets of x86-64, which no release changed.

/** [offset in hvm_hw_cpu, offset in vcpu_guest_context, bytes]. */
const COPIES: readonly (readonly [number, number, number])[] = [
  [0, 0, 512], // FPU
  [512, 600, 8], // rax
  [520, 560, 8], // rbx
  [528, 608, 8], // rcx
  [536, 616, 8], // rdx
  [544, 552, 8], // rbp
  [552, 624, 8], // rsi
  [560, 632, 8], // rdi
  [568, 672, 8], // rsp
  [576, 592, 8], // r8
  [584, 584, 8], // r9
  [592, 576, 8], // r10
  [600, 568, 8], // r11
  [608, 544, 8], // r12
  [616, 536, 8], // r13
  [624, 528, 8], // r14
  [632, 520, 8], // r15
  [640, 648, 8], // rip
  [648, 664, 8], // rflags
  [656, 4984, 8], // cr0
  [664, 5000, 8], // cr2
  [672, 5008, 8], // cr3
  [680, 5016, 8], // cr4
  [688, 5048, 32], // dr0 to dr3
  [720, 5096, 16], // dr6, dr7
  [736, 656, 2], // cs
  [740, 696, 2], // ds
  [744, 688, 2], // es
  [748, 704, 2], // fs
  [752, 712, 2], // gs
  [756, 680, 2], // ss
  [832, 5144, 8], // fs_base
  [840, 5152, 8], // gs_base
  [944, 5160, 8], // shadow_gs
];

/** Converts the registers of a CPU record to a vcpu_guest_context, as getvcpucontext returns them for a PVH or HVM virtual CPU. */
export function copyRegisters(record: Uint8Array, context: Uint8Array): void {
  for (const [from, to, length] of COPIES) context.set(record.subarray(from, from + length), to);
}
