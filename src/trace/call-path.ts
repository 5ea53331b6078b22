// The path that a hypercall took here, and the one that it would take to a real Xen of the same release.

import type { TracedCall } from './decoder.ts';
import { hex } from './hex.ts';
import { sourcePlace } from './source-place.ts';
import { subOperation } from './values.ts';

/**
 * How a guest's kernel enters Xen, by its type and word size. Source: xen/arch/x86 (x86_64/entry.S, pv/hypercall.c,
 * hvm/hypercall.c) and the hypercall page that Xen fills in (hypercall_page_initialise).
 */
export function entryOf(guest: TracedCall['guest'], kernelBits: 32 | 64): string {
  if (guest !== 'pv') return 'vmcall (Intel) or vmmcall (AMD), from the hypercall page -> hvm_hypercall()';
  return kernelBits === 32
    ? 'int $0x82, from the hypercall page -> entry_int82 -> pv_hypercall()'
    : 'syscall, from the hypercall page -> lstar_enter -> pv_hypercall()';
}

/** Where a real Xen finds the handler: its sources changed the place three times. */
export function tableOf(xen: string, guest: TracedCall['guest']): string {
  const minor = xen.startsWith('3.') ? 0 : Number(xen.split('.')[1]);
  if (minor >= 17) return 'xen/include/hypercall-defs.c';
  if (minor >= 8)
    return guest === 'pv'
      ? 'pv_hypercall_table, xen/arch/x86/pv/hypercall.c'
      : 'hvm_hypercall_table, xen/arch/x86/hvm/hypercall.c';
  return 'hypercall_table, xen/arch/x86/x86_64/entry.S';
}

/** Lines for -vv. */
export function pathLines(call: TracedCall, xen: string, kernelBits: 32 | 64): string[] {
  const { row, guest, wordSize, number } = call;
  const status =
    row === undefined ? `no row ${number} in the table: ENOSYS` : `${row.number} ${row.name}, ${row.status}`;
  const sub = subOperation(call);
  const position = sub?.position ?? row?.position;
  const handler = sub?.source ?? row?.source ?? (position === undefined ? undefined : sourcePlace(position));
  return [
    `ioctl    IOCTL_PRIVCMD_HYPERCALL (${hex(0x305000)}) of a ${wordSize}-bit program`,
    `entry    Xen ${xen}: ${entryOf(guest, kernelBits)}; ${tableOf(xen, guest)}`,
    `row      ${status}`,
    ...(handler === undefined ? [] : [`handler  ${handler}`]),
  ];
}
