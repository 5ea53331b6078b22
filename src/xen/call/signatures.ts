import type { StructData } from '../abi/layout.ts';
import type { Hypercall } from './hypercall.ts';

/** An argument as a trace or an explanation shows it. */
export interface Parameter {
  readonly name: string;
  /** How to show it: a number, an address in the caller, or what lies at that address. */
  readonly kind: 'number' | 'signed' | 'pointer' | 'string' | 'bytes' | 'struct' | 'command';
  /** Of a struct: its name in C. */
  readonly struct?: string;
  /** Of a struct that depends on the command, the first argument: argumentStruct() has it. */
  readonly byCommand?: true;
  /** Of a struct that a user declared: where its fields lie. */
  readonly layout?: StructData;
  /** Of bytes: their count, or the index of the argument that has it. */
  readonly length?: number | { readonly argument: number };
}

/**
 * The arguments of Xen's own hypercalls, as xen/include/hypercall-defs.c names them. `*` marks a pointer, `*name` one to that
 * struct, `=` one to a struct that the command chooses, `:` a command, named by the row's sub-operations, `"n` text whose length is argument n.
 */
const own: Readonly<Record<string, string>> = {
  set_trap_table: 'traps*',
  mmu_update: 'ureqs* count pdone* foreigndom',
  set_gdt: 'frame_list* entries',
  stack_switch: 'ss esp',
  set_callbacks: 'event failsafe syscall',
  fpu_taskswitch: 'set',
  sched_op_compat: 'cmd: arg',
  platform_op: 'op*xen_platform_op',
  set_debugreg: 'reg value',
  get_debugreg: 'reg',
  update_descriptor: 'gaddr desc',
  memory_op: 'cmd: arg=',
  multicall: 'call_list* nr_calls',
  update_va_mapping: 'va val64 flags',
  set_timer_op: 'timeout',
  event_channel_op_compat: 'op*',
  xen_version: 'cmd: arg=',
  console_io: 'cmd: count buffer"1',
  physdev_op_compat: 'op*',
  grant_table_op: 'cmd: uop= count',
  vm_assist: 'cmd: type',
  update_va_mapping_otherdomain: 'va val64 flags domid',
  iret: '',
  vcpu_op: 'cmd: vcpuid arg=',
  set_segment_base: 'which base',
  mmuext_op: 'uops* count pdone* foreigndom',
  xsm_op: 'op*',
  nmi_op: 'cmd: arg=',
  sched_op: 'cmd: arg=',
  callback_op: 'cmd: arg=',
  xenoprof_op: 'op: arg*',
  event_channel_op: 'cmd: arg=',
  physdev_op: 'cmd: arg=',
  hvm_op: 'op: arg=',
  sysctl: 'op*xen_sysctl',
  domctl: 'op*xen_domctl',
  kexec_op: 'op: uarg=',
  tmem_op: 'uops*',
  argo_op: 'cmd: arg1* arg2* arg3 arg4',
  xenpmu_op: 'op: arg*',
  dm_op: 'domid nr_bufs bufs*',
  hypfs_op: 'cmd: arg1* arg2 arg3* arg4',
};

const parsed = new Map<string, readonly Parameter[]>();

/** The arguments of a row: what its author declared, or Xen's own; five numbers for what nobody knows. */
export function signatureOf(row: Hypercall | undefined): readonly Parameter[] {
  if (row?.parameters !== undefined) return row.parameters;
  const name = row !== undefined && Object.hasOwn(own, row.name) ? row.name : '';
  let signature = parsed.get(name);
  if (signature === undefined) {
    signature = (own[name] ?? 'arg1 arg2 arg3 arg4 arg5').split(' ').filter(Boolean).map(parse);
    parsed.set(name, signature);
  }
  return signature;
}

function parse(text: string): Parameter {
  const [, name = text, mark = '', rest = ''] = /^(\w+)([*:="])?(\w*)$/.exec(text) ?? [];
  if (mark === '*') return rest === '' ? { name, kind: 'pointer' } : { name, kind: 'struct', struct: rest };
  if (mark === '=') return { name, kind: 'struct', byCommand: true };
  if (mark === ':') return { name, kind: 'command' };
  if (mark === '"') return { name, kind: 'bytes', length: { argument: Number(rest) } };
  return { name, kind: 'number' };
}
