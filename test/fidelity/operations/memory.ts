import type { Row } from '../table.ts';

const MAX = 0xffffffffffffffffn;
const reservation = {
  of: 'xen_memory_reservation_t',
  set: {
    nr_extents: [4, 0, 1, 64, 0x1000000000000n, MAX],
    extent_order: [0, 1, 2, 9, 10, 18, 19, 31, 32, 64, 0xffffffff],
    mem_flags: [0, 0x10, 0x20, 0x30, 0x100, 0x10000, 0x20000, 0x40000, 0xffffffff],
  },
  bytes: { extent_start: 512 },
  fill: { extent_start: 'indices' },
} as const;
const domid = { layout: 'domid:u16' } as const;

/** memory_op by chapter, each with its own guests. The caller's own memory (DOMID_SELF) is left alone: dom0 needs it. */
export const memoryOps: Readonly<Record<string, readonly Row[]>> = {
  more: [
    { name: 'populate_physmap', ...reservation, random: 40 },
    { name: 'increase_reservation', ...reservation, kinds: { extent_start: 'any' }, random: 30 },
  ],
  less: [
    { name: 'decrease_reservation', ...reservation, random: 30 },
    { name: 'remove_from_physmap', set: { gpfn: [20, 0x500, 31, 32, 0xfffff, MAX] } },
  ],
  asked: [
    { name: 'current_reservation', ...domid },
    { name: 'maximum_reservation', ...domid },
    { name: 'maximum_gpfn', ...domid },
    {
      name: 'machphys_mfn_list',
      kinds: { extent_start: 'any' },
      set: { max_extents: [8, 0, 1, 2, 0xffffffff] },
      out: 'nr_extents',
    },
    {
      name: 'machphys_compat_mfn_list',
      of: 'xen_machphys_mfn_list',
      kinds: { extent_start: 'any' },
      set: { max_extents: [8, 0, 1] },
      out: 'nr_extents',
    },
    { name: 'machphys_mapping', out: 'v_start v_end max_mfn' },
    {
      name: 'memory_map',
      set: { nr_entries: [128, 0, 1, 0xffffffff] },
      bytes: { buffer: 4096 },
      kinds: { buffer: 'any' },
    },
    {
      name: 'machine_memory_map',
      of: 'xen_memory_map',
      set: { nr_entries: [128, 0, 1, 2, 0xffffffff] },
      bytes: { buffer: 4096 },
    },
    { name: 'reserved_device_memory_map', set: { flags: [1, 0, 2], nr_entries: [4, 0] } },
    { name: 'get_sharing_freed_pages', of: '' },
    { name: 'get_sharing_shared_pages', of: '' },
    {
      name: 'get_vnumainfo',
      of: 'xen_vnuma_topology_info',
      set: { nr_vnodes: [2, 0, 1], nr_vcpus: [2, 0, 1], nr_vmemranges: [2, 0, 1] },
    },
    {
      name: 'acquire_resource',
      of: 'xen_mem_acquire_resource',
      set: {
        type: [1, 0, 2, 3, 0xffff],
        id: [0, 1, 2, 0xffffffff],
        nr_frames: [1, 0, 2, 8, 9, 32, 33, 0xffffffff],
        frame: [0, 1, 7, 8, 0xffffffff, 0x100000000n],
      },
      bytes: { frame_list: 512 },
      kinds: { frame_list: 'any' },
      random: 40,
    },
    { name: 'paging_op', layout: 'op:u8 domain:u16 buffer:ptr gfn:u64', set: { op: [0, 1, 2, 3] } },
  ],
  placed: [
    {
      name: 'add_to_physmap',
      set: {
        size: [0, 1, 16],
        space: [0, 1, 2, 3, 4, 5, 6, 0xffffffff],
        idx: [0, 1, 7, 8, 31, 32, 0x80000000, 0xffffffff, MAX],
        gpfn: [0x500, 0, 10, 31, 0xfffff, 0xffffffffffn, MAX],
      },
      random: 60,
    },
    {
      name: 'add_to_physmap_batch',
      set: { space: [1, 0, 2, 3, 4, 5, 6, 0xffff], size: [4, 0, 1, 8, 0xffff], u: [0, 1] },
      fill: { idxs: 'indices', gpfns: 'indices', errs: 'aa' },
      random: 30,
    },
    {
      name: 'set_memory_map',
      of: 'xen_foreign_memory_map',
      set: { 'map.nr_entries': [2, 0, 1, 128, 129, 0xffffffff] },
      bytes: { 'map.buffer': 4096 },
      fill: { 'map.buffer': 'indices32' },
    },
    { name: 'get_pod_target', of: 'xen_pod_target', out: 'target_pages tot_pages pod_cache_pages pod_entries' },
    {
      name: 'set_pod_target',
      of: 'xen_pod_target',
      set: { target_pages: [0, 1, 31, 32, 64, 0xffffffff, MAX] },
      out: 'tot_pages pod_cache_pages pod_entries',
    },
    {
      name: 'access_op',
      of: 'xen_mem_access_op',
      set: {
        op: [0, 1, 2, 3, 4, 5, 255],
        access: [0, 1, 7, 8, 9, 10, 11, 255],
        nr: [1, 0, 2, 32, 0xffffffff],
        pfn: [0, 31, 32, 0xfffff, MAX],
      },
      fill: { pfn_list: 'indices' },
      random: 30,
    },
    {
      name: 'claim_pages',
      of: 'xen_memory_reservation_t',
      set: {
        extent_start: [0, 0x1000],
        nr_extents: [100, 0, 1, 31, 32, 33, 200000000, MAX],
        extent_order: [0, 1, 9, 0xffffffff],
        mem_flags: [0, 1],
      },
    },
    {
      name: 'exchange',
      of: 'xen_memory_exchange',
      only: /^(in|out)\.(nr_extents|extent_order|domid)$|^nr_exchanged$/,
      set: {
        'in.domid': [999, 0x7ff2],
        'out.domid': [0],
        'in.nr_extents': [0, 1],
        'in.extent_order': [0, 9, 32],
        'out.nr_extents': [0, 1],
        'out.extent_order': [0, 9, 32],
        nr_exchanged: [0, 1],
      },
    },
  ],
};

export const unknownMemoryOps = [8, 29, 30, 31, 63];
