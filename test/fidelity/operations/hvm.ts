import type { Row } from '../table.ts';

const MAX = 0xffffffffffffffffn;
const parameter = 'domid:u16 pad:u16 index:u32 value:u64';

export const hvmOps: readonly Row[] = [
  {
    name: 'get_param',
    layout: parameter,
    dom0: true,
    set: { index: [1, 39, 40, 0x7fffffff, 0xffffffff], value: [0, 5] },
  },
  { name: 'set_param', layout: parameter, dom0: true, set: { index: [1, 39, 40, 0xffffffff], value: [0, 5] } },
  { name: 'flush_tlbs', layout: 'value:u64', set: { value: [0] }, odd: false },
  { name: 'pagetable_dying', layout: 'domid:u16 gpa:u64', set: { gpa: [0, 0x1000] } },
  { name: 'get_time', layout: 'now:u64', any: 'now', out: 'now' },
  {
    name: 'xentrace',
    layout: 'event:u16 extra_bytes:u16 extra:u8[28]',
    set: { event: [1, 0, 0xffff], extra_bytes: [4, 0, 28, 29, 0xffff], extra: [0] },
  },
  {
    name: 'get_mem_type',
    layout: 'domid:u16 mem_type:u16 pad0:u16 pad1:u16 pfn:u64',
    dom0: true,
    set: { mem_type: [0, 7], pfn: [0, 31, 32, 0xfffff, MAX] },
  },
  {
    name: 'set_evtchn_upcall_vector',
    layout: 'vcpu:u32 vector:u8',
    set: { vcpu: [0, 1, 2, 99], vector: [0x20, 0, 15, 16, 255] },
    // The vector by which Linux gets a PVH guest's events, its timer's among them. It crashes when it gets them by vector 16.
    undo: [0, 0xf3],
  },
  { name: 'guest_request_vm_event', layout: '', odd: false },
  {
    name: 'altp2m',
    layout: 'version:u32 cmd:u32 domain:u16 pad1:u16 pad2:u32 state:u8',
    dom0: true,
    set: { version: [1, 0, 2], cmd: [1, 0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 99], state: [0, 1, 2] },
    random: 25,
  },
];

export const unknownHvmOps = [2, 3, 4, 6, 7, 8, 12, 13, 14, 16, 17, 18, 19, 20, 21, 22, 26, 27, 99, 0x7fffffff];

const id = [0, 1, 2, 7, 8, 0xffff];
const range = 'id:u16 pad:u16 type:u32 start:u64 end:u64';

/**
 * dm_op by chapter. No server is enabled: disabling one whose pages are not mapped crashes Xen 4.17 (a null pointer), so
 * set_ioreq_server_state runs only where there is no server.
 */
export const dmOps: Readonly<Record<string, readonly Row[]>> = {
  servers: [
    {
      name: 'create_ioreq_server',
      layout: 'handle_bufioreq:u8 pad0:u8 pad1:u8 pad2:u8 id:u16',
      set: { handle_bufioreq: [0, 1, 2, 3, 255], id: [0, 5] },
    },
    {
      name: 'get_ioreq_server_info',
      layout: 'id:u16 flags:u16 bufioreq_port:u32 ioreq_gfn:u64 bufioreq_gfn:u64',
      set: { id, flags: [1, 0, 2, 3] },
      out: 'bufioreq_port ioreq_gfn bufioreq_gfn',
    },
    {
      name: 'map_io_range_to_ioreq_server',
      layout: range,
      set: { id, type: [0, 1, 2, 3], start: [0x300, 0, 0x400], end: [0x30f, 0, 0xffffffff] },
    },
    {
      name: 'unmap_io_range_from_ioreq_server',
      layout: range,
      set: { id, type: [0, 1, 2, 3], start: [0x300, 0], end: [0x30f, 0x40f] },
    },
    {
      name: 'map_mem_type_to_ioreq_server',
      layout: 'id:u16 type:u16 flags:u32 opaque:u64',
      set: { id, type: [4, 0, 5], flags: [2, 0, 1, 3, 4], opaque: [0, 1] },
    },
    { name: 'destroy_ioreq_server', layout: 'id:u16 pad:u16', set: { id } },
  ],
  devices: [
    { name: 'set_ioreq_server_state', layout: 'id:u16 enabled:u8 pad:u8', set: { id, enabled: [0, 1, 2] } },
    {
      name: 'track_dirty_vram',
      layout: 'nr:u32 pad:u32 first_pfn:u64',
      set: { nr: [0, 1, 64, 0x7fffffff], first_pfn: [0, 16, MAX] },
    },
    {
      name: 'set_pci_intx_level',
      layout: 'pci_domain:u16 bus:u8 device:u8 intx:u8 level:u8',
      set: { pci_domain: [0, 1], bus: [0, 1], device: [3, 31, 32], intx: [0, 3, 4], level: [0, 1, 2] },
    },
    {
      name: 'set_isa_irq_level',
      layout: 'isa_irq:u8 level:u8',
      set: { isa_irq: [4, 0, 15, 16, 255], level: [0, 1, 2] },
    },
    {
      name: 'set_pci_link_route',
      layout: 'link:u8 isa_irq:u8',
      set: { link: [0, 3, 4], isa_irq: [5, 0, 15, 16] },
    },
    {
      name: 'modified_memory',
      layout: 'nr_extents:u32 opaque:u32',
      set: { nr_extents: [0, 1, 0xffffffff], opaque: [0, 1] },
    },
    {
      name: 'set_mem_type',
      layout: 'nr:u32 mem_type:u16 pad:u16 first_pfn:u64',
      set: { nr: [1, 0, 4, 0xffffffff], mem_type: [0, 1, 2, 3, 4, 5, 0xffff], first_pfn: [0, 31, 32, 0xfffff, MAX] },
    },
    {
      name: 'inject_event',
      layout: 'vcpuid:u32 vector:u8 type:u8 insn_len:u8 pad0:u8 error_code:u32 pad1:u32 cr2:u64',
      set: {
        vcpuid: [0, 1, 2, 99],
        vector: [0x30, 0, 14, 255],
        type: [0, 1, 2, 3, 4, 5, 6, 7],
        insn_len: [0, 2, 15, 16],
        error_code: [0, 0xffffffff],
        cr2: [0],
      },
    },
    {
      name: 'inject_msi',
      layout: 'data:u32 pad:u32 addr:u64',
      set: { data: [0x30, 0, 0x10, 0x700], addr: [0xfee00000, 0xfee01000, 0, 0xfee00008] },
    },
    {
      name: 'relocate_memory',
      layout: 'size:u32 pad:u32 src_gfn:u64 dst_gfn:u64',
      set: { size: [1, 0, 4], src_gfn: [5, 100, MAX], dst_gfn: [0x700, 0, MAX] },
    },
    {
      name: 'pin_memory_cacheattr',
      layout: 'start:u64 end:u64 type:u32 pad:u32',
      set: { start: [0, 5, MAX], end: [10, 0, 4, 0xffffffffffn, MAX], type: [0, 1, 2, 4, 5, 6, 7, 8, 0xffffffff] },
    },
    {
      name: 'set_irq_level',
      number: 19,
      layout: 'irq:u32 level:u8 pad0:u8 pad1:u8 pad2:u8',
      set: { irq: [4, 99], level: [0, 1] },
    },
    { name: 'nr_vcpus', number: 20, layout: 'vcpus:u32', set: { vcpus: [0, 7] } },
    { name: 'remote_shutdown', layout: 'reason:u32', set: { reason: [2, 0, 255, 0xffffffff] } },
  ],
};

export const unknownDmOps = [0, 21, 22, 99, 0x7fffffff];
