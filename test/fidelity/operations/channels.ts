import type { Row } from '../table.ts';

const MAX = 0xffffffffffffffffn;
/** Ports that dom0's kernel does not use; the walk makes and closes others. */
const ports = [4000, 0, 131071, 131072, 0xffffffff];

export const channelOps: readonly Row[] = [
  { name: 'alloc_unbound', to: 'pv', set: { remote_dom: [0, 999, 0x7ff0, 0x7ff2, 0xffff], port: [0, 5] }, random: 15 },
  {
    name: 'bind_interdomain',
    set: { remote_dom: [999, 0x7ff1, 0x7ff2, 0xffff], remote_port: [1, 0], local_port: [0] },
    odd: false,
  },
  { name: 'bind_virq', set: { virq: [24, 25, 100, 0xffffffff], port: [0] }, odd: false },
  { name: 'bind_ipi', set: { vcpu: [2, 3, 255, 0xffffffff], port: [0] }, odd: false },
  { name: 'close', set: { port: ports } },
  { name: 'send', set: { port: ports } },
  { name: 'bind_vcpu', set: { port: ports } },
  { name: 'unmask', set: { port: [131072, 0x7fffffff, 0xffffffff] } },
  {
    name: 'status',
    to: 'pv',
    only: /^(dom|port|status|vcpu)$/,
    set: { port: [1, 0, 2, 1023, 1024, 4095, 131072, 0xffffffff] },
    out: 'status vcpu',
    random: 12,
  },
  { name: 'reset', to: 'pv', set: { dom: [999, 0x7ff2, 0xffff] } },
  { name: 'set_priority', set: { port: ports, priority: [7, 0, 15, 16, 0xffffffff] } },
  {
    name: 'init_control',
    set: {
      control_gfn: [0xffffffffffn, MAX],
      offset: [0, 4, 4080, 0xffffffff],
      vcpu: [2, 99, 0xffffffff],
      link_bits: [0],
    },
  },
  { name: 'expand_array', set: { array_gfn: [0xffffffffffn, MAX] } },
];

export const unknownChannelOps = [14, 15, 16, 99, 0x7fffffff];

const frames = { kinds: { frame_list: 'any' }, bytes: { frame_list: 512 } } as const;

export const grantOps: readonly Row[] = [
  { name: 'query_size', to: 'pv', out: 'nr_frames max_nr_frames status' },
  { name: 'setup_table', to: 'pv', ...frames, set: { nr_frames: [1, 0, 2, 8, 9, 1000, 0xffffffff] }, out: 'status' },
  { name: 'get_status_frames', to: 'pv', ...frames, set: { nr_frames: [1, 0, 2, 100] }, out: 'status' },
  { name: 'get_version', to: 'pv', dom0: true, out: 'version' },
  { name: 'set_version', set: { version: [1, 0, 3, 0xffffffff] } },
  {
    name: 'map_grant_ref',
    to: 'pv',
    set: {
      host_addr: [0],
      flags: [1, 5, 0, 2, 4, 0x21, 0x40, 0x80000000],
      ref: [0, 1, 8, 9, 511, 512, 4096, 0xffffffff],
    },
    out: 'status handle dev_bus_addr',
    random: 15,
  },
  {
    name: 'unmap_grant_ref',
    set: { host_addr: [0], dev_bus_addr: [0, 0x1000], handle: [0x7000, 0xffff, 0xffffffff] },
    out: 'status',
  },
  { name: 'unmap_and_replace', set: { host_addr: [0], new_addr: [0], handle: [0x7000, 0xffffffff] }, out: 'status' },
  { name: 'transfer', to: 'pv', set: { mfn: [0xfffffffffffn, MAX], ref: [0, 1000] }, out: 'status', random: 4 },
  { name: 'swap_grant_ref', set: { ref_a: [100000, 0xffffffff], ref_b: [100000, 0xffffffff] }, out: 'status' },
  {
    name: 'cache_flush',
    only: /^(a\.ref|offset|length|op)$/,
    set: {
      'a.ref': [100000],
      op: [1, 0, 2, 3, 4, 0x80000001, 0x80000000],
      offset: [0, 4095, 4096],
      length: [0, 1, 4096, 4097],
    },
  },
  {
    name: 'copy',
    only: /^(source\.(u\.ref|domid|offset)|dest\.(u\.gmfn|domid|offset)|len|flags|status)$/,
    set: {
      flags: [1, 3, 2, 0, 4, 0xffff],
      'source.domid': [999, 0x7ff0, 0x7ff2, 0xffff],
      'source.u.ref': [0, 1, 8, 100, 4096, 0xffffffff],
      'source.offset': [0, 1, 4095, 4096],
      'dest.domid': [0x7ff0, 999],
      'dest.u.gmfn': [0xfffffffffffn],
      'dest.offset': [0, 4095, 4096],
      len: [16, 0, 4096, 4097, 0xffff],
    },
    out: 'status',
    random: 50,
  },
];

export const unknownGrantOps = [13, 14, 15, 99, 0x7fffffff];
