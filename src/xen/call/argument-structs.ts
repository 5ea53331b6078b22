import type { Abi } from '../abi/abi.ts';
import type { Struct } from '../abi/layout.ts';
import { stableLayout } from '../abi/stable-layout.ts';

const reservation = 'xen_memory_reservation_t';
const domid = 'domid:u16';
const parameter = 'domid:u16 pad:u16 index:u32 value:u64';
const area = 'addr:u64';

/**
 * What the argument of a hypercall points to, by the name of its sub-operation: the name of a struct, or the members of one that
 * no release changed. Sources: xen/{memory,version,event_channel,grant_table,sched,physdev,vcpu,callback,nmi,kexec}.h,
 * xen/hvm/hvm_op.h.
 */
const structs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  memory_op: {
    increase_reservation: reservation,
    decrease_reservation: reservation,
    populate_physmap: reservation,
    claim_pages: reservation,
    exchange: 'xen_memory_exchange',
    current_reservation: domid,
    maximum_reservation: domid,
    maximum_gpfn: domid,
    machphys_mfn_list: 'xen_machphys_mfn_list',
    machphys_compat_mfn_list: 'xen_machphys_mfn_list',
    machphys_mapping: 'xen_machphys_mapping',
    add_to_physmap: 'xen_add_to_physmap',
    add_to_physmap_batch: 'xen_add_to_physmap_batch',
    remove_from_physmap: 'xen_remove_from_physmap',
    memory_map: 'xen_memory_map',
    machine_memory_map: 'xen_memory_map',
    set_memory_map: 'xen_foreign_memory_map',
    set_pod_target: 'xen_pod_target',
    get_pod_target: 'xen_pod_target',
    access_op: 'xen_mem_access_op',
    reserved_device_memory_map: 'xen_reserved_device_memory_map',
    acquire_resource: 'xen_mem_acquire_resource',
    get_vnumainfo: 'xen_vnuma_topology_info',
  },
  xen_version: {
    extraversion: 'extraversion:u8[16]',
    compile_info: 'compiler:u8[64] compile_by:u8[16] compile_domain:u8[32] compile_date:u8[32]',
    capabilities: 'capabilities:u8[1024]',
    changeset: 'changeset:u8[64]',
    platform_parameters: 'virt_start:u64',
    get_features: 'submap_idx:u32 submap:u32',
    commandline: 'commandline:u8[1024]',
    build_id: 'len:u32',
  },
  sched_op: {
    shutdown: 'reason:u32',
    poll: 'ports:u64 nr_ports:u32 timeout:u64',
    remote_shutdown: 'domain_id:u16 reason:u32',
    shutdown_code: 'reason:u32',
    watchdog: 'id:u32 timeout:u32',
    pin_override: 'pcpu:u32',
  },
  vcpu_op: {
    get_runstate_info: 'state:u32 state_entry_time:u64 running:u64 runnable:u64 blocked:u64 offline:u64',
    register_runstate_memory_area: area,
    register_vcpu_time_memory_area: area,
    set_periodic_timer: 'period_ns:u64',
    set_singleshot_timer: 'timeout_abs_ns:u64 flags:u32',
    register_vcpu_info: 'mfn:u64 offset:u32 rsvd:u32',
    get_physid: 'phys_id:u64',
  },
  hvm_op: {
    set_param: parameter,
    get_param: parameter,
    pagetable_dying: 'domid:u16 gpa:u64',
    get_time: 'now:u64',
    xentrace: 'event:u16 extra_bytes:u16',
    get_mem_type: 'domid:u16 mem_type:u16 pad:u16[2] pfn:u64',
    set_evtchn_upcall_vector: 'vcpu:u32 vector:u8',
  },
  callback_op: { register: 'callback_register', unregister: 'callback_unregister' },
  nmi_op: { register_callback: 'xennmi_callback' },
  kexec_op: { kexec_get_range: 'range:u32 nr:u32 size:u64 start:u64' },
};

const made = new Map<string, Struct>();

/** The struct that a sub-operation of a hypercall takes by pointer; undefined where nobody says. */
export function argumentStruct(abi: Abi, hypercall: string, subOperation: string): Struct | undefined {
  const prefix = named[hypercall];
  const found = prefix === undefined ? structs[hypercall]?.[subOperation] : prefix + subOperation.replace(/_cont$/, '');
  if (found === undefined) return undefined;
  if (found.includes(':')) {
    let struct = made.get(found);
    if (struct === undefined) {
      struct = stableLayout(subOperation, found);
      made.set(found, struct);
    }
    return struct;
  }
  try {
    return abi.struct(found);
  } catch {
    return undefined; // this release has none
  }
}
