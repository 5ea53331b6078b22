import type { Abi } from '../abi/abi.ts';
import type { Column, Hypercall } from '../call/hypercall.ts';
import type { Service } from '../call/service.ts';
import { parameters } from '../call/signatures.ts';
import { callbackOp } from './callback_op.ts';
import { consoleIo } from './console_io.ts';
import { dmOp } from './dm_op/dm_op.ts';
import { domctl } from './domctl/domctl.ts';
import { eventChannelOp, eventChannelOpCompat } from './event_channel_op/event_channel_op.ts';
import { grantTableOp } from './grant_table_op/grant_table_op.ts';
import { hvmOp } from './hvm_op/hvm_op.ts';
import { hypfsOp } from './hypfs_op/hypfs_op.ts';
import { kexecOp } from './kexec_op.ts';
import { mca } from './mca.ts';
import { memoryOp } from './memory_op/memory_op.ts';
import { mmuUpdate } from './mmu_update.ts';
import { mmuextOp } from './mmuext_op.ts';
import { multicall } from './multicall.ts';
import { nmiOp } from './nmi_op.ts';
import { physdevOp, physdevOpCompat } from './physdev_op/physdev_op.ts';
import { platformOp } from './platform_op/platform_op.ts';
import * as pv from './pv.ts';
import * as refused from './refused.ts';
import { schedOp, schedOpCompat } from './sched_op/sched_op.ts';
import { sysctl } from './sysctl/sysctl.ts';
import { vcpuOp } from './vcpu_op/vcpu_op.ts';
import { xenVersion } from './xen_version/xen_version.ts';
import { xenoprofOp } from './xenoprof_op.ts';

/** A line of the table: its name, the guests that have it (PV, HVM), its arguments (see `parameters`), and the service that answers it. */
type Line = readonly [name: string, pv: Releases, hvm: Releases, signature: string, served: Service];

/** The releases in which a kind of guest has the hypercall: all, none, from one on, or until one. */
type Releases = 'do' | '-' | `${number}-` | `-${number}`;

/**
 * Every hypercall of every release; compare with Xen's xen/include/hypercall-defs.c. A release has the hypercalls for which its ABI has a
 * number. `do`: the guest has it; `-`: ENOSYS; `4.3-`: it has it from that release on; `-4.21`: until that release. PVH is HVM here.
 */
// biome-ignore format: columns
const lines: readonly Line[] = [
  // name                         PV       HVM      arguments                                    served by
  ['set_trap_table',              'do',    '-',     'traps*',                                    pv.setTrapTable],
  ['mmu_update',                  'do',    '-',     'ureqs* count pdone* foreigndom',            mmuUpdate],
  ['set_gdt',                     'do',    '-',     'frame_list* entries',                       pv.setGdt],
  ['stack_switch',                'do',    '-',     'ss esp',                                    pv.stackSwitch],
  ['set_callbacks',               'do',    '-',     'event failsafe syscall',                    pv.setCallbacks],
  ['fpu_taskswitch',              'do',    '-',     'set',                                       pv.fpuTaskswitch],
  ['sched_op_compat',             'do',    '-',     'cmd: arg',                                  schedOpCompat],
  ['platform_op',                 'do',    '4.7-',  'op*xen_platform_op',                        platformOp],
  ['set_debugreg',                'do',    '-',     'reg value',                                 pv.setDebugreg],
  ['get_debugreg',                'do',    '-',     'reg',                                       pv.getDebugreg],
  ['update_descriptor',           'do',    '-',     'gaddr desc',                                pv.updateDescriptor],
  ['memory_op',                   'do',    'do',    'cmd: arg=',                                 memoryOp],
  ['multicall',                   'do',    '4.15-', 'call_list* nr_calls',                       multicall],
  ['update_va_mapping',           'do',    '-',     'va val64 flags',                            pv.updateVaMapping],
  ['set_timer_op',                'do',    '4.0-',  'timeout',                                   pv.setTimerOp],
  ['event_channel_op_compat',     'do',    '-',     'op*',                                       eventChannelOpCompat],
  ['xen_version',                 'do',    'do',    'cmd: arg=',                                 xenVersion],
  ['console_io',                  'do',    '4.4-',  'cmd: count buffer"1',                       consoleIo],
  ['physdev_op_compat',           'do',    '-',     'op*',                                       physdevOpCompat],
  ['grant_table_op',              'do',    'do',    'cmd: uop= count',                           grantTableOp],
  ['vm_assist',                   'do',    '4.12-', 'cmd: type',                                 pv.vmAssist],
  ['update_va_mapping_otherdomain', 'do', '-',      'va val64 flags domid',                      pv.updateVaMappingOtherdomain],
  ['iret',                        'do',    '-',     '',                                          pv.iret],
  ['vcpu_op',                     'do',    '4.0-',  'cmd: vcpuid arg=',                          vcpuOp],
  ['set_segment_base',            'do',    '-',     'which base',                                pv.setSegmentBase],
  ['mmuext_op',                   'do',    '4.7-',  'uops*mmuext_op count pdone* foreigndom',    mmuextOp],
  ['xsm_op',                      'do',    '4.3-',  'op*',                                       refused.xsmOp],
  ['nmi_op',                      'do',    '-',     'cmd: arg=',                                 nmiOp],
  ['sched_op',                    'do',    'do',    'cmd: arg=',                                 schedOp],
  ['callback_op',                 'do',    '-',     'cmd: arg=',                                 callbackOp],
  ['xenoprof_op',                 '-4.21', '-',     'op: arg*',                                  xenoprofOp],
  ['event_channel_op',            'do',    'do',    'cmd: arg=',                                 eventChannelOp],
  ['physdev_op',                  'do',    '4.1-',  'cmd: arg=',                                 physdevOp],
  ['hvm_op',                      'do',    'do',    'op: arg=',                                  hvmOp],
  ['sysctl',                      'do',    '4.1-',  'op*xen_sysctl',                             sysctl],
  ['domctl',                      'do',    '4.3-',  'op*xen_domctl',                             domctl],
  ['kexec_op',                    'do',    '-',     'op: uarg=',                                 kexecOp],
  ['tmem_op',                     '-4.12', '-4.12', 'uops*',                                     refused.tmemOp],
  ['xc_reserved_op',              '-',     '-',     'arg1 arg2 arg3 arg4 arg5',                  refused.reserved],
  ['argo_op',                     'do',    'do',    'cmd: arg1* arg2* arg3 arg4',                refused.argoOp],
  ['xenpmu_op',                   'do',    '4.7-',  'op: arg*',                                  refused.xenpmuOp],
  ['dm_op',                       'do',    'do',    'domid nr_bufs bufs*',                       dmOp],
  ['hypfs_op',                    'do',    'do',    'cmd: arg1* arg2 arg3* arg4',                hypfsOp],
  ['mca',                         '4.0-',  '-',     'u_xen_mc*xen_mc',                           mca],
  ['paging_domctl_cont',          '4.2-',  '4.2-',  'u_domctl*xen_domctl',                       refused.pagingDomctlCont],
  ['arch_2',                      '-',     '-',     'arg1 arg2 arg3 arg4 arg5',                  refused.noSuchArch],
  ['arch_3',                      '-',     '-',     'arg1 arg2 arg3 arg4 arg5',                  refused.noSuchArch],
  ['arch_4',                      '-',     '-',     'arg1 arg2 arg3 arg4 arg5',                  refused.noSuchArch],
  ['arch_5',                      '-',     '-',     'arg1 arg2 arg3 arg4 arg5',                  refused.noSuchArch],
  ['arch_6',                      '-',     '-',     'arg1 arg2 arg3 arg4 arg5',                  refused.noSuchArch],
  ['arch_7',                      '-',     '-',     'arg1 arg2 arg3 arg4 arg5',                  refused.noSuchArch],
];

/** What serves each hypercall, by name. */
export const services: ReadonlyMap<string, Service> = new Map(lines.map(([name, , , , served]) => [name, served]));

/** The public headers name these only by their index among the architecture's own. */
const inHeaders: Readonly<Record<string, string>> = { mca: 'arch_0', paging_domctl_cont: 'arch_1' };

/** The hypercall table of a release. `others`: releases whose interface versions it also serves. */
export function hypercallTable(abi: Abi, others: readonly Abi[] = []): ReadonlyMap<number, Hypercall> {
  const table = new Map<number, Hypercall>();
  for (const [name, inPv, inHvm, signature, { status, place, bind }] of lines) {
    const number = abi.hypercalls[inHeaders[name] ?? name];
    if (number === undefined) continue;
    const row: Hypercall = {
      number,
      name,
      pv: column(inPv, abi),
      hvm: column(inHvm, abi),
      parameters: parameters(signature),
      status,
      place,
    };
    // Not by spreading: that would read the sub-operations, which are bound when they are first read.
    table.set(number, Object.defineProperties(row, Object.getOwnPropertyDescriptors(bind(abi, others))));
  }
  return table;
}

function column(releases: Releases, { version }: Abi): Column {
  if (releases === 'do' || releases === '-') return releases;
  const [first = '', last = ''] = releases.split('-');
  const has = first === '' ? order(version) <= order(last) : order(version) >= order(first);
  return has ? 'do' : '-';
}

/** Releases as numbers that compare: 4.2 comes before 4.10. */
function order(version: string): number {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return 100 * major + minor;
}
