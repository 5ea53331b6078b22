// The path of a hypercall in Fauxen, and its path to a real Xen of the same release.

import type { TracedCall } from './decoder.ts';
import { hex } from './hex.ts';
import { sourcePlace } from './source-place.ts';
import { subOperation } from './values.ts';

/**
 * How a guest's kernel enters Xen, by its type and word size, and what dispatches there. Source: xen/arch/x86 (x86_64/entry.S,
 * x86_64/compat/entry.S, pv/hypercall.c, hvm/hvm.c, hvm/hypercall.c) of each release, and the hypercall page that Xen fills in.
 */
export function entryOf(xen: string, guest: TracedCall['guest'], kernelBits: 32 | 64): string {
  const minor = minorOf(xen);
  if (guest !== 'pv')
    return `vmcall (Intel) or vmmcall (AMD), from the hypercall page -> ${minor >= 9 ? 'hvm_hypercall()' : 'hvm_do_hypercall()'}`;
  if (kernelBits === 32)
    return `int $0x82, from the hypercall page -> ${minor >= 8 ? 'entry_int82 -> pv_hypercall()' : 'compat_hypercall'}`;
  // Renamed in 4.6; papers and tutorials of the time use the old name.
  const label = minor >= 8 ? 'lstar_enter' : minor >= 6 ? 'lstar_enter (syscall_enter up to 4.5)' : 'syscall_enter';
  return `syscall, from the hypercall page -> ${label}${minor >= 8 ? ' -> pv_hypercall()' : ''}`;
}

/** The table in which a real Xen finds the handler. The tables were in entry.S before 4.8, moved in 4.9, and are generated since 4.17. */
export function tableOf(xen: string, guest: TracedCall['guest'], kernelBits: 32 | 64): string {
  const minor = minorOf(xen);
  if (minor >= 17) return 'xen/include/hypercall-defs.c';
  if (guest !== 'pv') {
    if (minor >= 9) return 'hvm_hypercall_table, xen/arch/x86/hvm/hypercall.c';
    return `${minor >= 7 ? 'hvm_hypercall_table' : `hvm_hypercall${kernelBits}_table`}, xen/arch/x86/hvm/hvm.c`;
  }
  if (minor >= 9) return 'pv_hypercall_table, xen/arch/x86/pv/hypercall.c';
  if (minor === 8) return 'pv_hypercall_table, xen/arch/x86/hypercall.c';
  return kernelBits === 64
    ? 'hypercall_table, xen/arch/x86/x86_64/entry.S'
    : 'compat_hypercall_table, xen/arch/x86/x86_64/compat/entry.S';
}

/** The number after the dot; 0 for Xen 3. */
function minorOf(xen: string): number {
  return xen.startsWith('3.') ? 0 : Number(xen.split('.')[1]);
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
    `entry    Xen ${xen}: ${entryOf(xen, guest, kernelBits)}; ${tableOf(xen, guest, kernelBits)}`,
    `row      ${status}`,
    ...(handler === undefined ? [] : [`handler  ${handler}`]),
  ];
}
