import type { StructData } from './layout.ts';

/**
 * Structs of the stable interface that the generated data lacks fields of: offsets and sizes as a C program compiled against
 * libxen-dev 4.17 printed them. Sources: xen/memory.h, xen/event_channel.h, xen/grant_table.h, xen/nmi.h, xen/callback.h,
 * xen/xen.h.
 */
export const extraStructs: Readonly<Record<string, StructData>> = {
  xen_foreign_memory_map: {
    size: 24,
    fields: {
      domid: [0, 2, ''],
      'map.nr_entries': [8, 4, ''],
      'map.buffer': [16, 8, ''],
    },
  },
  xen_memory_map: {
    size: 16,
    fields: {
      nr_entries: [0, 4, ''],
      buffer: [8, 8, ''],
    },
  },
  xen_memory_exchange: {
    size: 72,
    fields: {
      'in.extent_start': [0, 8, ''],
      'in.nr_extents': [8, 8, ''],
      'in.extent_order': [16, 4, ''],
      'in.mem_flags': [20, 4, ''],
      'in.domid': [24, 2, ''],
      'out.extent_start': [32, 8, ''],
      'out.nr_extents': [40, 8, ''],
      'out.extent_order': [48, 4, ''],
      'out.mem_flags': [52, 4, ''],
      'out.domid': [56, 2, ''],
      nr_exchanged: [64, 8, ''],
    },
  },
  xen_machphys_mfn_list: {
    size: 24,
    fields: {
      max_extents: [0, 4, ''],
      extent_start: [8, 8, ''],
      nr_extents: [16, 4, ''],
    },
  },
  xen_machphys_mapping: {
    size: 24,
    fields: {
      v_start: [0, 8, ''],
      v_end: [8, 8, ''],
      max_mfn: [16, 8, ''],
    },
  },
  xen_add_to_physmap: {
    size: 24,
    fields: {
      domid: [0, 2, ''],
      size: [2, 2, ''],
      space: [4, 4, ''],
      idx: [8, 8, ''],
      gpfn: [16, 8, ''],
    },
  },
  xen_add_to_physmap_batch: {
    size: 32,
    fields: {
      domid: [0, 2, ''],
      space: [2, 2, ''],
      size: [4, 2, ''],
      u: [6, 2, ''],
      idxs: [8, 8, ''],
      gpfns: [16, 8, ''],
      errs: [24, 8, ''],
    },
  },
  xen_remove_from_physmap: {
    size: 16,
    fields: {
      domid: [0, 2, ''],
      gpfn: [8, 8, ''],
    },
  },
  xen_pod_target: {
    size: 40,
    fields: {
      target_pages: [0, 8, ''],
      tot_pages: [8, 8, ''],
      pod_cache_pages: [16, 8, ''],
      pod_entries: [24, 8, ''],
      domid: [32, 2, ''],
    },
  },
  xen_mem_access_op: {
    size: 32,
    fields: {
      op: [0, 1, ''],
      access: [1, 1, ''],
      domid: [2, 2, ''],
      nr: [4, 4, ''],
      pfn: [8, 8, ''],
      pfn_list: [16, 8, ''],
      access_list: [24, 8, ''],
    },
  },
  xen_reserved_device_memory_map: {
    size: 24,
    fields: {
      flags: [0, 4, ''],
      nr_entries: [4, 4, ''],
      buffer: [8, 8, ''],
      dev: [16, 4, ''],
    },
  },
  xen_vnuma_topology_info: {
    size: 40,
    fields: {
      domid: [0, 2, ''],
      pad: [2, 2, ''],
      nr_vnodes: [4, 4, ''],
      nr_vcpus: [8, 4, ''],
      nr_vmemranges: [12, 4, ''],
      vdistance: [16, 8, ''],
      vcpu_to_vnode: [24, 8, ''],
      vmemrange: [32, 8, ''],
    },
  },
  evtchn_op: {
    size: 28,
    fields: {
      cmd: [0, 4, ''],
      u: [4, 24, ''],
    },
  },
  evtchn_alloc_unbound: {
    size: 8,
    fields: {
      dom: [0, 2, ''],
      remote_dom: [2, 2, ''],
      port: [4, 4, ''],
    },
  },
  evtchn_bind_interdomain: {
    size: 12,
    fields: {
      remote_dom: [0, 2, ''],
      remote_port: [4, 4, ''],
      local_port: [8, 4, ''],
    },
  },
  evtchn_bind_virq: {
    size: 12,
    fields: {
      virq: [0, 4, ''],
      vcpu: [4, 4, ''],
      port: [8, 4, ''],
    },
  },
  evtchn_bind_pirq: {
    size: 12,
    fields: {
      pirq: [0, 4, ''],
      flags: [4, 4, ''],
      port: [8, 4, ''],
    },
  },
  evtchn_bind_ipi: {
    size: 8,
    fields: {
      vcpu: [0, 4, ''],
      port: [4, 4, ''],
    },
  },
  evtchn_close: {
    size: 4,
    fields: {
      port: [0, 4, ''],
    },
  },
  evtchn_send: {
    size: 4,
    fields: {
      port: [0, 4, ''],
    },
  },
  evtchn_unmask: {
    size: 4,
    fields: {
      port: [0, 4, ''],
    },
  },
  evtchn_status: {
    size: 24,
    fields: {
      dom: [0, 2, ''],
      port: [4, 4, ''],
      status: [8, 4, ''],
      vcpu: [12, 4, ''],
      'u.unbound.dom': [16, 2, ''],
      'u.interdomain.dom': [16, 2, ''],
      'u.interdomain.port': [20, 4, ''],
      'u.pirq': [16, 4, ''],
      'u.virq': [16, 4, ''],
    },
  },
  evtchn_bind_vcpu: {
    size: 8,
    fields: {
      port: [0, 4, ''],
      vcpu: [4, 4, ''],
    },
  },
  evtchn_reset: {
    size: 2,
    fields: {
      dom: [0, 2, ''],
    },
  },
  evtchn_init_control: {
    size: 24,
    fields: {
      control_gfn: [0, 8, ''],
      offset: [8, 4, ''],
      vcpu: [12, 4, ''],
      link_bits: [16, 1, ''],
    },
  },
  evtchn_expand_array: {
    size: 8,
    fields: {
      array_gfn: [0, 8, ''],
    },
  },
  evtchn_set_priority: {
    size: 8,
    fields: {
      port: [0, 4, ''],
      priority: [4, 4, ''],
    },
  },
  gnttab_map_grant_ref: {
    size: 32,
    fields: {
      host_addr: [0, 8, ''],
      flags: [8, 4, ''],
      ref: [12, 4, ''],
      dom: [16, 2, ''],
      status: [18, 2, ''],
      handle: [20, 4, ''],
      dev_bus_addr: [24, 8, ''],
    },
  },
  gnttab_unmap_grant_ref: {
    size: 24,
    fields: {
      host_addr: [0, 8, ''],
      dev_bus_addr: [8, 8, ''],
      handle: [16, 4, ''],
      status: [20, 2, ''],
    },
  },
  gnttab_unmap_and_replace: {
    size: 24,
    fields: {
      host_addr: [0, 8, ''],
      new_addr: [8, 8, ''],
      handle: [16, 4, ''],
      status: [20, 2, ''],
    },
  },
  gnttab_setup_table: {
    size: 24,
    fields: {
      dom: [0, 2, ''],
      nr_frames: [4, 4, ''],
      status: [8, 2, ''],
      frame_list: [16, 8, ''],
    },
  },
  gnttab_dump_table: {
    size: 4,
    fields: {
      dom: [0, 2, ''],
      status: [2, 2, ''],
    },
  },
  gnttab_transfer: {
    size: 24,
    fields: {
      mfn: [0, 8, ''],
      domid: [8, 2, ''],
      ref: [12, 4, ''],
      status: [16, 2, ''],
    },
  },
  gnttab_copy: {
    size: 40,
    fields: {
      'source.u.ref': [0, 4, ''],
      'source.u.gmfn': [0, 8, ''],
      'source.domid': [8, 2, ''],
      'source.offset': [10, 2, ''],
      'dest.u.ref': [16, 4, ''],
      'dest.u.gmfn': [16, 8, ''],
      'dest.domid': [24, 2, ''],
      'dest.offset': [26, 2, ''],
      len: [32, 2, ''],
      flags: [34, 2, ''],
      status: [36, 2, ''],
    },
  },
  gnttab_query_size: {
    size: 16,
    fields: {
      dom: [0, 2, ''],
      nr_frames: [4, 4, ''],
      max_nr_frames: [8, 4, ''],
      status: [12, 2, ''],
    },
  },
  gnttab_set_version: {
    size: 4,
    fields: {
      version: [0, 4, ''],
    },
  },
  gnttab_get_version: {
    size: 8,
    fields: {
      dom: [0, 2, ''],
      version: [4, 4, ''],
    },
  },
  gnttab_get_status_frames: {
    size: 16,
    fields: {
      nr_frames: [0, 4, ''],
      status: [6, 2, ''],
      dom: [4, 2, ''],
      frame_list: [8, 8, ''],
    },
  },
  gnttab_swap_grant_ref: {
    size: 12,
    fields: {
      ref_a: [0, 4, ''],
      ref_b: [4, 4, ''],
      status: [8, 2, ''],
    },
  },
  gnttab_cache_flush: {
    size: 16,
    fields: {
      'a.dev_bus_addr': [0, 8, ''],
      'a.ref': [0, 4, ''],
      offset: [8, 2, ''],
      length: [10, 2, ''],
      op: [12, 4, ''],
    },
  },
  grant_entry_v1: {
    size: 8,
    fields: {
      flags: [0, 2, ''],
      domid: [2, 2, ''],
      frame: [4, 4, ''],
    },
  },
  mmu_update: {
    size: 16,
    fields: {
      ptr: [0, 8, ''],
      val: [8, 8, ''],
    },
  },
  mmuext_op: {
    size: 24,
    fields: {
      cmd: [0, 4, ''],
      'arg1.mfn': [8, 8, ''],
      'arg1.linear_addr': [8, 8, ''],
      'arg2.nr_ents': [16, 4, ''],
      'arg2.vcpumask': [16, 8, ''],
    },
  },
  xennmi_callback: {
    size: 16,
    fields: {
      handler_address: [0, 8, ''],
      pad: [8, 8, ''],
    },
  },
  callback_register: {
    size: 16,
    fields: {
      type: [0, 2, ''],
      flags: [2, 2, ''],
      address: [8, 8, ''],
    },
  },
  callback_unregister: {
    size: 4,
    fields: {
      type: [0, 2, ''],
    },
  },
};
