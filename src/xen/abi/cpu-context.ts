import { stableLayout } from './stable-layout.ts';

// Two structs with all registers of a virtual CPU on x86-64, the same in every release.

const u64 = (names: string) => names.replace(/\w+/g, '$&:u64');
const u32 = (names: string) => names.replace(/\w+/g, '$&:u32');

/** struct vcpu_guest_context (arch-x86/xen.h) with its struct cpu_user_regs; a selector is the low half of its word. */
export const guestContext = stableLayout(
  'vcpu_guest_context',
  [
    'fpu:u8[512] flags:u64',
    u64('r15 r14 r13 r12 rbp rbx r11 r10 r9 r8 rax rcx rdx rsi rdi'),
    u32('error_code entry_vector'),
    u64('rip cs rflags rsp ss es ds fs gs'),
    'trap_ctxt:u64[512] ldt_base:u64 ldt_ents:u64 gdt_frames:u64[16] gdt_ents:u64 kernel_ss:u64 kernel_sp:u64',
    'ctrlreg:u64[8] debugreg:u64[8]',
    u64('event_callback_eip failsafe_callback_eip syscall_callback_eip vm_assist fs_base gs_base_kernel gs_base_user'),
  ].join(' '),
);

/** struct hvm_hw_cpu (arch-x86/hvm/save.h). */
export const hvmCpu = stableLayout(
  'hvm_hw_cpu',
  [
    'fpu:u8[512]',
    u64('rax rbx rcx rdx rbp rsi rdi rsp r8 r9 r10 r11 r12 r13 r14 r15 rip rflags'),
    u64('cr0 cr2 cr3 cr4 dr0 dr1 dr2 dr3 dr6 dr7'),
    u32('cs ds es fs gs ss tr ldtr'),
    u32('cs_limit ds_limit es_limit fs_limit gs_limit ss_limit tr_limit ldtr_limit idtr_limit gdtr_limit'),
    u64('cs_base ds_base es_base fs_base gs_base ss_base tr_base ldtr_base idtr_base gdtr_base'),
    u32('cs_arbytes ds_arbytes es_arbytes fs_arbytes gs_arbytes ss_arbytes tr_arbytes ldtr_arbytes'),
    u64('sysenter_cs sysenter_esp sysenter_eip shadow_gs'),
    u64('msr_flags msr_lstar msr_star msr_cstar msr_syscall_mask msr_efer msr_tsc_aux tsc'),
    u32('pending_event error_code flags pad0'),
  ].join(' '),
);
