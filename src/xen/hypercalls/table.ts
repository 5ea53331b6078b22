import type { Abi } from '../abi/abi.ts';
import { type Hypercall, unsupported } from '../call/hypercall.ts';
import { consoleIo } from './console_io.ts';
import { dmOp } from './dm_op.ts';
import { domctl } from './domctl/domctl.ts';
import { eventChannelOp, eventChannelOpCompat } from './event_channel_op.ts';
import { grantTableOp } from './grant_table_op/grant_table_op.ts';
import { hvmOp } from './hvm_op.ts';
import { hypfsOp } from './hypfs_op/hypfs_op.ts';
import { kexecOp } from './kexec_op.ts';
import { mca } from './mca.ts';
import { memoryOp } from './memory_op/memory_op.ts';
import { mmuextOp, mmuUpdate } from './mmu.ts';
import { multicall } from './multicall.ts';
import { physdevOp, physdevOpCompat } from './physdev_op/physdev_op.ts';
import { platformOp } from './platform_op/platform_op.ts';
import { pvHypercalls } from './pv.ts';
import { argoOp, pagingDomctlCont, tmemOp, xenpmuOp, xsmOp } from './refused.ts';
import { schedOp, schedOpCompat } from './sched_op.ts';
import { sysctl } from './sysctl/sysctl.ts';
import { vcpuOp } from './vcpu_op.ts';
import { xenVersion } from './xen_version.ts';

/** Rows of hypercalls that the model performs, made for a release. */
const makers: readonly ((abi: Abi, others: readonly Abi[]) => Hypercall)[] = [
  ...pvHypercalls,
  mmuUpdate,
  mmuextOp,
  platformOp,
  multicall,
  xenVersion,
  consoleIo,
  physdevOpCompat,
  xsmOp,
  physdevOp,
  hvmOp,
  sysctl,
  kexecOp,
  tmemOp,
  argoOp,
  xenpmuOp,
  dmOp,
  hypfsOp,
  mca,
  pagingDomctlCont,
  domctl,
  schedOp,
  schedOpCompat,
  vcpuOp,
  memoryOp,
  eventChannelOp,
  eventChannelOpCompat,
  grantTableOp,
];

/** Hypercalls that only a PV domain has: for others they are ENOSYS. */
const pvOnly = new Set(
  (
    'set_trap_table mmu_update set_gdt stack_switch set_callbacks fpu_taskswitch sched_op_compat set_debugreg get_debugreg ' +
    'update_descriptor update_va_mapping set_timer_op event_channel_op_compat physdev_op_compat ' +
    'update_va_mapping_otherdomain iret set_segment_base nmi_op callback_op xenoprof_op kexec_op arch_0'
  ).split(' '),
);

/** The hypercall table of a release: all its numbers, each with an honest status. */
export function hypercallTable(abi: Abi, others: readonly Abi[] = []): ReadonlyMap<number, Hypercall> {
  const table = new Map<number, Hypercall>();
  for (const [name, number] of Object.entries(abi.hypercalls)) {
    table.set(number, { number, name, args: 5, status: unsupported('ENOSYS', notModelled(name)) });
  }
  for (const make of makers) {
    const row = make(abi, others);
    if (table.has(row.number)) table.set(row.number, row);
  }
  for (const name of pvOnly) {
    const row = table.get(abi.hypercalls[name] ?? -1);
    if (row !== undefined) table.set(row.number, { ...row, pvOnly: true });
  }
  return table;
}

function notModelled(name: string): string {
  return /^arch_\d$/.test(name) ? 'x86 has none with this number' : 'not modelled yet';
}
