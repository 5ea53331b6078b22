import type { Row } from '../table.ts';

const MAX = 0xffffffffffffffffn;

export const leftOut: Readonly<Record<string, string>> = {
  tbuf_op: 'a walk turns tracing on and off',
  debug_keys: 'some keys reboot the machine, others halt it or dump for seconds',
  psr_cat_op: 'no release that is asked has it',
  get_cpu_policy: 'the group policies asks it',
};

const list = 'u.list.';
const name = 'u.get.name.';

export const sysctls: readonly Row[] = [
  {
    name: 'readconsole',
    set: { clear: [0], index: [0x7fffffff, 0xffffffff], incremental: [1, 2, 255], count: [0, 1] },
    any: 'index',
    kinds: { buffer: 'any' },
  },
  {
    name: 'physinfo',
    out: 'threads_per_core cores_per_socket nr_cpus max_cpu_id nr_nodes max_node_id cpu_khz capabilities arch_capabilities total_pages free_pages scrub_pages outstanding_pages max_mfn hw_cap',
    any: 'cpu_khz free_pages scrub_pages',
  },
  { name: 'sched_id', out: 'sched_id' },
  { name: 'perfc_op', set: { cmd: [2, 1, 0, 3] } },
  { name: 'lockprof_op', set: { cmd: [2, 1, 0, 3] }, bytes: { data: 128 } },
  {
    name: 'getdomaininfolist',
    set: { first_domain: [0, 1, 32751, 32752, 65535], max_domains: [10, 0, 1, 2, 1000, 0xffffffff] },
    out: 'num_domains',
    bytes: { buffer: 2048 },
    kinds: { buffer: 'any' },
  },
  { name: 'getcpuinfo', set: { max_cpus: [8, 0, 1, 2, 0xffffffff] }, kinds: { info: 'any' }, out: 'nr_cpus' },
  {
    name: 'availheap',
    set: {
      min_bitwidth: [0, 1, 12, 32, 64, 65],
      max_bitwidth: [0, 12, 13, 32, 64, 65],
      node: [0xffffffff, 0, 1, 63, 64, 0xfffffffe],
    },
    out: 'avail_bytes',
    any: 'avail_bytes',
  },
  {
    name: 'get_pmstat',
    only: /^(type|cpuid)$/,
    set: { type: [0x21, 0x11, 0x12, 0x13, 0x22, 0x23, 0x24, 0x10, 0x20, 0, 0x31] },
  },
  {
    name: 'pm_op',
    only: /^(cmd|cpuid|u\.set_max_cstate)$/,
    set: { cmd: [0x22, 0x11, 0x12, 0x13, 0x14, 0x15, 0x10, 0x20, 0x24, 0x25, 0x26, 0x27, 0x28, 0, 0x31] },
  },
  {
    name: 'page_offline_op',
    set: {
      cmd: [3, 0, 4],
      start: [0xfffff, 0, 0xa0, 0x100, 0xbffff, 0xfffff000, 0xffffffff],
      end: [0xfffff, 0xffffe, 0x100000, 0xffffffff],
    },
  },
  { name: 'cputopoinfo', set: { num_cpus: [8, 0, 1, 2, 3, 256, 0xffffffff] }, bytes: { cputopo: 128 } },
  { name: 'numainfo', set: { num_nodes: [4, 0, 1, 2, 64, 0xffffffff] }, kinds: { meminfo: 'any' } },
  { name: 'pcitopoinfo', set: { num_devs: [4, 0, 1, 0xffffffff] }, fill: { nodes: 'aa' } },
  {
    name: 'scheduler_op',
    only: /^(cpupool_id|sched_id|cmd|u\.sched_credit2)/,
    set: {
      cpupool_id: [0, 1, 0xffffffff],
      sched_id: [6, 5, 7, 8, 9, 0],
      cmd: [1, 0, 2, 3],
      'u.sched_credit2.ratelimit_us': [0, 99, 100, 1000, 500000, 500001],
    },
    random: 30,
  },
  { name: 'coverage_op', set: { cmd: [0, 1, 2, 3] } },
  { name: 'psr_cmt_op', set: { cmd: [0, 1, 2, 3, 4, 5] } },
  { name: 'psr_alloc', set: { cmd: [0, 1, 2, 3, 0xffffffff], target: [0, 1, 99] } },
  { name: 'get_cpu_levelling_caps', out: 'caps' },
  {
    name: 'get_cpu_featureset',
    set: { index: [0, 1, 2, 3, 4, 5, 6, 99], nr_features: [32, 0, 1, 17, 0xffffffff] },
    bytes: { features: 256 },
  },
  {
    name: 'livepatch_op',
    variant: 'list',
    only: /^(cmd|pad|flags|u\.list\.)/,
    set: { cmd: [2], [`${list}idx`]: [0, 1, 1024], [`${list}nr`]: [4, 0, 1024, 1025, 0xffffffff] },
    bytes: { [`${list}name`]: 512 },
    random: 8,
  },
  {
    name: 'livepatch_op',
    variant: 'get',
    only: /^(cmd|pad|flags|u\.get\.)/,
    set: { cmd: [1], [`${name}size`]: [7, 0, 1, 8, 128, 129] },
    fill: { [`${name}name`]: 'aa' },
    random: 8,
    odd: false,
  },
  { name: 'cpu_hotplug', variant: 'op', set: { cpu: [0], op: [2, 3, 4, 0xffffffff] }, random: 0, odd: false },
  { name: 'cpu_hotplug', variant: 'offline', set: { op: [1], cpu: [0, 99, 256, 0xffffffff] }, random: 0, odd: false },
  {
    name: 'cpupool_op',
    set: {
      op: [3, 0, 8, 0xffffffff],
      cpupool_id: [0, 1, 99, 0xffffffff],
      sched_id: [0],
      domid: [0],
      cpu: [0],
      'cpumap.nr_bits': [64, 0, 1, 2, 4096],
    },
    bytes: { 'cpumap.bitmap': 512 },
    out: 'n_dom',
  },
];

/** Numbers that no release assigns. */
export const unknown = [0, 13, 24, 28, 30, 31, 32, 40, 100, 0x7fffffff];

export const policies: readonly Row[] = [
  {
    name: 'get_cpu_policy',
    set: { index: [0, 1, 2, 3, 4, 5, 6, 99], nr_leaves: [128, 0, 1, 2, 0xffffffff], nr_msrs: [16, 0, 1, 0xffffffff] },
    bytes: { leaves: 4096, msrs: 512 },
  },
];

const sixtyFour = [0, 1, 0x10000000000n, MAX] as const;

export const platformOps: readonly Row[] = [
  {
    name: 'get_cpuinfo',
    layout: 'xen_cpuid:u32 max_present:u32 flags:u32 apic_id:u32 acpi_id:u32',
    out: 'max_present flags apic_id acpi_id',
  },
  {
    name: 'get_cpu_version',
    layout: 'xen_cpuid:u32 max_present:u32 vendor_id:u8[12] family:u32 model:u32 stepping:u32',
    out: 'max_present vendor_id family model stepping',
  },
  {
    name: 'add_memtype',
    layout: 'mfn:u64 nr_mfns:u64 type:u32 handle:u32 reg:u32',
    set: { mfn: [0xfd000, 0, 0x100, 0xfffffffffffffn], nr_mfns: [3, 0, 0x1000], type: [99, 0xffffffff] },
    out: 'handle reg',
  },
  { name: 'del_memtype', layout: 'handle:u32 reg:u32', set: { handle: [0, 1, 5], reg: [99, 8, 0xffffffff] } },
  {
    name: 'read_memtype',
    layout: 'reg:u32 mfn:u64 nr_mfns:u64 type:u32',
    set: { reg: [0, 1, 2, 3, 7, 8, 9, 255, 0xffffffff] },
    out: 'mfn nr_mfns type',
  },
  {
    name: 'microcode_update',
    layout: 'data:ptr length:u32',
    set: { length: [64, 0, 1, 2048] },
    bytes: { data: 4096 },
    fill: { data: 'aa' },
  },
  { name: 'platform_quirk', layout: 'quirk_id:u32', set: { quirk_id: [3, 2, 0, 4, 99] } },
  {
    name: 'efi_runtime_call',
    layout: 'function:u32 misc:u32 status:u64',
    set: { function: [1, 0, 2, 6, 9, 10, 11, 12, 99], misc: [0, 1] },
    out: 'status',
  },
  {
    name: 'firmware_info',
    layout: 'type:u32 index:u32',
    set: { type: [1, 2, 4, 5, 0, 6, 99], index: [0, 1, 2, 3, 4, 5, 6, 100, 0xffffffff] },
  },
  {
    name: 'enter_acpi_sleep',
    layout: 'val_a:u16 val_b:u16 sleep_state:u32 flags:u32',
    set: { val_a: [0], val_b: [0], sleep_state: [99, 0], flags: [0, 2, 0xffffffff] },
    random: 0,
    odd: false,
  },
  {
    name: 'change_freq',
    layout: 'flags:u32 cpu:u32 freq:u64',
    set: { flags: [0, 1], cpu: [0, 1, 99], freq: [0, 1000000000] },
  },
  {
    name: 'getidletime',
    layout: 'cpumap_bitmap:ptr cpumap_nr_cpus:u32 idletime:ptr now:u64',
    set: { cpumap_nr_cpus: [8, 0, 1, 2] },
    bytes: { cpumap_bitmap: 8 },
    fill: { cpumap_bitmap: 'ones' },
    out: 'now',
    any: 'now',
    kinds: { idletime: 'any' },
  },
  {
    name: 'set_processor_pminfo',
    layout: 'id:u32 type:u32 count:u32',
    set: { id: [0, 1, 2, 99, 0xffffffff], type: [99, 2, 0xffffffff], count: [0, 1, 100] },
  },
  { name: 'cpu_online', layout: 'cpuid:u32', set: { cpuid: [0, 1, 99, 256, 0xffffffff] }, odd: false },
  { name: 'cpu_offline', layout: 'cpuid:u32', set: { cpuid: [0, 99, 256, 0xffffffff] }, odd: false },
  {
    name: 'cpu_hotadd',
    layout: 'apic_id:u32 acpi_id:u32 pxm:u32',
    set: { apic_id: [0xffffffff, 0, 1, 65536], acpi_id: [0xffffffff, 0, 256], pxm: [256, 1000] },
  },
  {
    name: 'mem_hotadd',
    layout: 'spfn:u64 epfn:u64 pxm:u32 flags:u32',
    set: { spfn: [0x100, 0, 0xffffffffffffn], epfn: [0x100, 0x50, 0], pxm: [0, 256], flags: [0, 1] },
  },
  { name: 'core_parking', layout: 'type:u32 idle_nums:u32', set: { type: [2, 0, 3, 99], idle_nums: [0] } },
  {
    name: 'resource_op',
    layout: 'nr_entries:u32 cpu:u32 entries:ptr',
    set: { nr_entries: [1, 0, 2, 3, 4, 5, 0xffffffff], cpu: [0, 1, 2, 99, 0xffffffff] },
    bytes: { entries: 128 },
    kinds: { entries: 'any' },
  },
  {
    name: 'get_symbol',
    layout: 'namelen:u32 symnum:u32 name:ptr address:u64 type:u8',
    set: { namelen: [128, 0, 1, 4], symnum: [0, 1, 100, 0xffffffff] },
    bytes: { name: 128 },
    any: 'address',
  },
  {
    name: 'settime64',
    layout: 'secs:u64 nsecs:u32 mbz:u32 system_time:u64',
    set: { secs: [0x60000000], nsecs: [1000000000, 0xffffffff], mbz: [0, 1], system_time: sixtyFour },
    odd: false,
  },
];

export const unknownPlatformOps = [0, 1, 16, 18, 30, 34, 36, 38, 40, 46, 47, 64, 65, 66, 100, 0x7fffffff];
