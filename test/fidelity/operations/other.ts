import type { Row } from '../table.ts';

const device = 'seg:u16 bus:u8 devfn:u8';
const somewhere = { seg: [0, 5, 9], bus: [0xf9, 0xf8], devfn: [0, 8, 0xff] } as const;
const irqs = [0, 1, 4, 9, 15, 16, 23, 24, 47, 48, 255, 256, 1000, 0xffffffff];

/** Missing devices and unused interrupts only, so that dom0 keeps working. */
export const physdevOps: readonly Row[] = [
  { name: 'irq_status_query', layout: 'irq:u32 flags:u32', set: { irq: irqs, flags: [0, 7] } },
  { name: 'set_iopl', layout: 'iopl:u32', set: { iopl: [1, 4, 255] } },
  {
    name: 'set_iobitmap',
    layout: 'bitmap:ptr nr_ports:u32',
    set: { bitmap: ['null'], nr_ports: [0, 65537, 0xffffffff] },
  },
  {
    name: 'apic_read',
    layout: 'apic_physbase:u64 reg:u32 value:u32',
    set: { apic_physbase: [0xfec00000, 0, 0xfee00000, 0x1000], reg: [1, 0, 2, 0x10, 0x3f, 0x40, 0xff] },
    out: 'value',
  },
  {
    name: 'apic_write',
    layout: 'apic_physbase:u64 reg:u32 value:u32',
    set: { apic_physbase: [0x1000, 0], reg: [0], value: [0] },
  },
  {
    name: 'alloc_irq_vector',
    layout: 'irq:u32 vector:u32',
    set: { irq: [5, 0, 15, 16, 23, 24, 255, 256, 0xffffffff] },
    out: 'vector',
  },
  { name: 'free_irq_vector', layout: 'irq:u32 vector:u32', set: { irq: [5, 300], vector: [0] } },
  { name: 'eoi', layout: 'irq:u32', set: { irq: [20, 22, 23, 48, 256, 1000, 0xffffffff] } },
  {
    name: 'map_pirq',
    layout: 'domid:u16 type:u32 index:u32 pirq:u32 bus:u32 devfn:u32 entry_nr:u32 table_base:u64',
    set: {
      type: [1, 0, 2, 3, 4, 5, 0xffffffff],
      index: [20, 0, 5, 22, 23, 24, 256, 0xffffffff],
      pirq: [0xffffffff, 20, 0, 5, 47, 48, 255, 256, 0x7fffffff],
      bus: [0, 0xff],
      devfn: [0x18, 0xff],
      entry_nr: [0, 1, 1000],
      table_base: [0],
    },
    random: 25,
    odd: false,
  },
  {
    name: 'unmap_pirq',
    layout: 'domid:u16 pirq:u32',
    set: { pirq: [20, 0, 16, 22, 255, 256, 0xffffffff] },
    odd: false,
  },
  { name: 'restore_msi', layout: 'bus:u8 devfn:u8', set: { bus: [0xff, 7], devfn: [0, 0xff] } },
  {
    name: 'setup_gsi',
    layout: 'gsi:u32 triggering:u8 polarity:u8',
    set: { gsi: [22, 23, 24, 47, 48, 256, 0xffffffff], triggering: [1, 0, 2], polarity: [1, 0, 2] },
  },
  {
    name: 'get_free_pirq',
    layout: 'type:u32 pirq:u32',
    set: { type: [99, 2, 4, 0xffffffff] },
    out: 'pirq',
    odd: false,
  },
  {
    name: 'pci_mmcfg_reserved',
    layout: 'address:u64 segment:u16 start_bus:u8 end_bus:u8 flags:u32',
    set: { address: [0xe0000000, 0, 1], segment: [5, 0], start_bus: [0, 10], end_bus: [255, 5], flags: [0, 1, 2] },
  },
  { name: 'manage_pci_add', layout: 'bus:u8 devfn:u8', set: { bus: [0xf0], devfn: [0, 0xff] } },
  { name: 'manage_pci_remove', layout: 'bus:u8 devfn:u8', set: { bus: [0xf0, 0xf1], devfn: [0, 0xff] } },
  {
    name: 'pci_device_add',
    layout: 'seg:u16 bus:u8 devfn:u8 flags:u32',
    set: { seg: [0, 5], bus: [0xf3], devfn: [0, 8], flags: [0, 1, 2, 4, 8] },
  },
  { name: 'pci_device_remove', layout: device, set: { seg: [0, 5, 9], bus: [0xf3, 0xf2, 0xf9], devfn: [0, 8, 0xff] } },
  { name: 'restore_msi_ext', layout: device, set: somewhere },
  { name: 'prepare_msix', layout: device, set: somewhere },
  { name: 'release_msix', layout: device, set: somewhere },
  { name: 'dbgp_op', layout: 'op:u8 bus:u8', set: { op: [99, 1, 2], bus: [1, 2] } },
];

export const unknownPhysdevOps = [0, 1, 2, 3, 4, 18, 22, 32, 33, 34, 99, 0x7fffffff];

export const schedOps: readonly Row[] = [
  {
    name: 'remote_shutdown',
    layout: 'domain:u16 reason:u32',
    to: 'pv',
    set: { reason: [2, 0, 1, 3, 4, 5, 6, 255, 256, 0xffffffff] },
  },
  {
    name: 'poll',
    layout: 'ports:ptr nr_ports:u32 timeout:u64',
    set: { nr_ports: [0, 1, 128, 129, 0xffffffff], timeout: [1, 2] },
    bytes: { ports: 512 },
  },
  { name: 'shutdown_code', layout: 'reason:u32', set: { reason: [0] } },
  { name: 'watchdog', layout: 'id:u32 timeout:u32', set: { id: [3, 5, 99, 0xffffffff], timeout: [0] } },
  {
    name: 'pin_override',
    layout: 'pcpu:u32',
    set: { pcpu: [0xffffffff, 2, 99, 256, 0x7fffffff, 0xfffffffe] },
    odd: false,
  },
];

export const unknownSchedOps = [8, 9, 16, 99, 0x7fffffff];

export const vcpuOps: readonly Row[] = [
  { name: 'is_up', layout: '' },
  {
    name: 'get_runstate_info',
    layout: 'state:u32 state_entry_time:u64 times:u8[32]',
    out: 'state state_entry_time times',
    any: 'state state_entry_time times',
  },
  { name: 'get_physid', layout: 'phys_id:u64', out: 'phys_id', any: 'phys_id' },
  {
    name: 'set_periodic_timer',
    layout: 'period_ns:u64',
    set: { period_ns: [1, 999999, 0x8000000000000000n] },
    random: 0,
  },
  {
    name: 'register_vcpu_info',
    layout: 'mfn:u64 offset:u32 rsvd:u32',
    set: { mfn: [0xfffffffffffn], offset: [0, 4090], rsvd: [0] },
    random: 0,
  },
];

export const versionOps: readonly Row[] = [
  { name: 'extraversion', layout: 'text:u8[16]', set: { text: [0] }, kinds: { text: 'text' } },
  { name: 'capabilities', layout: 'text:u8[1024]', set: { text: [0] }, kinds: { text: 'text' } },
  { name: 'changeset', layout: 'text:u8[64]', set: { text: [0] }, kinds: { text: 'any' } },
  { name: 'platform_parameters', layout: 'virt_start:u64', set: { virt_start: [0] } },
  {
    name: 'get_features',
    layout: 'submap_idx:u32 submap:u32',
    set: { submap_idx: [0, 1, 2, 0xffffffff] },
    out: 'submap',
  },
  { name: 'guest_handle', layout: 'handle:u8[16]', set: { handle: [0] } },
  { name: 'commandline', layout: 'text:u8[1024]', set: { text: [0] }, kinds: { text: 'any' } },
];
