import type { Row } from '../table.ts';

const MAX = 0xffffffffffffffffn;
const kinds = { to: 'pv' } as const;
const reads = { dom0: true } as const;

/** What is left out, and why. */
export const leftOut: Readonly<Record<string, string>> = {
  createdomain: 'the group create asks it with all its fields',
  destroydomain: 'the walks destroy domains; a sweep would leave none to ask',
  getmemlist: 'gone long ago',
  soft_reset_cont: 'only Xen itself calls it',
  set_virq_handler: 'the handlers of dom0 would be taken away',
};

/** Domctls by chapter. Each chapter has its own guests: a PV, an HVM and a PVH guest, each with two vcpus and 32 pages. */
export const domctls: Readonly<Record<string, readonly Row[]>> = {
  life: [
    { name: 'pausedomain', of: '', ...kinds, ...reads },
    { name: 'unpausedomain', of: '', ...kinds, ...reads },
    {
      name: 'getdomaininfo',
      ...kinds,
      out: 'domain pad1 flags tot_pages max_pages outstanding_pages shr_pages paged_pages shared_info_frame cpu_time nr_online_vcpus max_vcpu_id ssidref handle cpupool gpaddr_bits pad2 arch_config.emulation_flags arch_config.misc_flags',
      any: 'cpu_time',
      kinds: { shared_info_frame: 'any' },
    },
    { name: 'max_vcpus', ...kinds, set: { max: [2, 0, 1, 3, 128, 8192, 0xffffffff] } },
    { name: 'setdomainhandle', ...kinds },
    { name: 'setdebugging', ...kinds, ...reads, set: { enable: [0, 1, 2, 255] } },
    { name: 'settimeoffset', ...kinds },
    { name: 'set_access_required', ...reads },
    { name: 'set_target', set: { target: [0, 999, 0x7ff0, 0xffff] } },
    { name: 'subscribe', ...kinds },
    { name: 'resumedomain', of: '', ...kinds, ...reads },
    { name: 'soft_reset', of: '', ...kinds },
  ],
  cpus: [
    {
      name: 'setvcpuaffinity',
      ...kinds,
      set: { flags: [1, 2, 3, 0, 4, 5, 7, 8, 0x80000000] },
      bytes: { 'cpumap_hard.bitmap': 512, 'cpumap_soft.bitmap': 512 },
      fill: { 'cpumap_hard.bitmap': 'ones', 'cpumap_soft.bitmap': 'one' },
    },
    {
      name: 'getvcpuaffinity',
      ...kinds,
      ...reads,
      set: { flags: [1, 2, 3, 0, 4, 5, 7, 8] },
      bytes: { 'cpumap_hard.bitmap': 512, 'cpumap_soft.bitmap': 512 },
    },
    { name: 'setnodeaffinity', ...kinds, fill: { 'nodemap.bitmap': 'one' }, bytes: { 'nodemap.bitmap': 512 } },
    { name: 'getnodeaffinity', ...kinds, ...reads, bytes: { 'nodemap.bitmap': 512 } },
    { name: 'getvcpuinfo', ...kinds, out: 'online blocked running cpu_time cpu', any: 'cpu_time cpu' },
    {
      name: 'scheduler_op',
      ...kinds,
      only: /^(sched_id|cmd|u\.credit2\.)/,
      set: {
        sched_id: [6, 5, 7, 8, 9, 0, 0xffffffff],
        cmd: [1, 0, 2, 3, 4],
        'u.credit2.cap': [0, 1, 50, 100, 200, 201, 65535],
      },
      random: 30,
    },
    {
      name: 'scheduler_op',
      variant: 'vcpus',
      ...kinds,
      only: /^(sched_id|cmd|u\.v\.)/,
      set: { sched_id: [6, 5, 8], cmd: [3, 2], 'u.v.nr_vcpus': [2, 0, 1, 3, 1000] },
      fill: { 'u.v.vcpus': 'indices32' },
    },
    { name: 'sendtrigger', set: { trigger: [3, 0, 1, 2, 4, 5, 6, 0xffffffff] } },
    { name: 'debug_op', ...reads, set: { op: [0, 1, 2, 3, 4, 0xffffffff] } },
    { name: 'gdbsx_pausevcpu', ...kinds },
    { name: 'gdbsx_unpausevcpu', ...kinds },
    { name: 'gdbsx_domstatus', ...kinds, out: 'paused vcpu_id vcpu_ev' },
  ],
  contexts: [
    { name: 'getvcpucontext', ...kinds, ...reads, bytes: { ctxt: 5168 } },
    { name: 'setvcpucontext', bytes: { ctxt: 5168 } },
    {
      name: 'get_ext_vcpucontext',
      ...reads,
      set: { size: [0, 8, 1000] },
      out: 'syscall32_callback_eip sysenter_callback_eip syscall32_callback_cs sysenter_callback_cs syscall32_disables_events sysenter_disables_events mcg_cap vmce.caps vmce.mci_ctl2_bank0 vmce.mci_ctl2_bank1 vmce.mcg_ext_ctl',
    },
    { name: 'set_ext_vcpucontext', set: { size: [64, 0, 8, 32, 40, 1000] }, random: 12 },
    { name: 'set_ext_vcpucontext', variant: 'pv', ...kinds, set: { size: [64, 0, 8, 40] }, odd: false },
    {
      name: 'getvcpuextstate',
      ...reads,
      bytes: { buffer: 4096 },
      set: { size: [0, 8, 16, 576, 4096, MAX], xfeature_mask: [0, 1, 3, MAX] },
    },
    {
      name: 'setvcpuextstate',
      bytes: { buffer: 4096 },
      set: { size: [0, 8, 16, 17, 576, 4096, MAX], xfeature_mask: [0, 1, 3, MAX] },
    },
    { name: 'get_vcpu_msrs', ...kinds, set: { msr_count: [0, 1, 4, 64, 0xffffffff] }, bytes: { msrs: 1024 } },
    { name: 'set_vcpu_msrs', ...kinds, set: { msr_count: [1, 0, 2, 64, 0xffffffff] }, bytes: { msrs: 1024 } },
    { name: 'gethvmcontext', bytes: { buffer: 8192 }, set: { size: [8192, 0, 8, 64, 1024] }, kinds: { buffer: 'any' } },
    { name: 'sethvmcontext', bytes: { buffer: 8192 }, set: { size: [8192, 0, 8, 64, 1024] } },
    {
      name: 'gethvmcontext_partial',
      bytes: { buffer: 4096 },
      set: {
        type: [2, 0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 99],
        instance: [0, 1, 2, 99],
        bufsz: [4096, 0, 8, 64, MAX],
      },
    },
    {
      name: 'settscinfo',
      ...reads,
      set: { tsc_mode: [0, 1, 2, 3, 4, 0xffffffff], gtsc_khz: [0, 1, 1000000, 2000000] },
      random: 30,
      dom0: false,
    },
    {
      name: 'gettscinfo',
      ...reads,
      out: 'tsc_mode gtsc_khz incarnation pad elapsed_nsec',
      any: 'elapsed_nsec gtsc_khz',
    },
  ],
  memory: [
    {
      name: 'max_mem',
      ...kinds,
      set: { max_memkb: [65536, 0, 1, 4, 100, 128, 0xffffffff, 0x100000000n, 0x40000000000n, MAX] },
    },
    {
      name: 'shadow_op',
      set: {
        op: [30, 0, 1, 2, 3, 4, 10, 11, 12, 13, 31, 32, 33, 0xffffffff],
        mode: [0, 1, 2, 4, 8, 0x10, 0x1c],
        mb: [1, 0, 2, 4, 0x100000],
        pages: [32, 0, 1, 63, 64, 65, 512, MAX],
      },
      out: 'stats.fault_count stats.dirty_count',
      fill: { dirty_bitmap: 'aa' },
      random: 40,
    },
    { name: 'get_paging_mempool_size', ...reads, set: { size: [0, 1] } },
    {
      name: 'set_paging_mempool_size',
      ...reads,
      set: { size: [0x100000, 0, 1, 4095, 4096, 4097, 0x200000, 0x10000000000n, MAX - 4095n] },
      dom0: false,
    },
    { name: 'set_address_size', ...kinds, set: { size: [64, 32, 0, 16, 33, 0xffffffff] } },
    { name: 'get_address_size', ...kinds, ...reads },
    {
      name: 'getpageframeinfo3',
      set: { num: [4, 0, 1, 32, 33, 512, 1024, 1025, 0xffffffff, MAX] },
      bytes: { array: 512 },
      fill: { array: 'indices' },
    },
    {
      name: 'memory_mapping',
      set: {
        first_gfn: [0x1000, 0, 5, 0xffffffffff, MAX],
        first_mfn: [0xfd000, 0, 0xa0, 0x100, 0x200000, MAX],
        nr_mfns: [1, 0, 2, 64, 65, 0x10000, MAX],
      },
    },
    { name: 'hypercall_init' },
    { name: 'audit_p2m', ...reads },
    { name: 'cacheflush' },
    { name: 'mem_sharing_op', ...reads, set: { op: [0, 1, 255] } },
    { name: 'set_broken_page_p2m', set: { pfn: [31, 32, 0xfffff, MAX] } },
    {
      name: 'vm_event_op',
      since: 15,
      living: true,
      random: 0, // resuming or disabling what was never enabled crashes a real Xen in some modes
      set: { op: [3, 0, 1, 2, 4], mode: [2, 0, 1, 3, 4] },
      only: /^(op|mode|u\.version)$/,
    },
    {
      name: 'vm_event_op',
      variant: 'version',
      ...reads,
      set: { op: [3], mode: [2, 0, 1] },
      only: /^(op|mode|u\.version)$/,
    },
    {
      name: 'monitor_op',
      ...reads,
      only: /^(op|event|u\.mov_to_cr\.)/,
      set: { op: [2, 0, 1, 3, 4, 5], event: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 31, 32, 0xffffffff] },
      random: 40,
    },
    {
      name: 'setvnumainfo',
      ...kinds,
      set: { nr_vnodes: [1, 0, 2, 64], nr_vmemranges: [1, 0, 2, 128], nr_vcpus: [2, 0, 1, 3] },
      bytes: { vmemrange: 256 },
      fill: { vdistance: 'indices32' },
    },
    { name: 'vmtrace_op', ...reads },
    {
      name: 'get_cpu_policy',
      ...reads,
      set: { nr_leaves: [64, 0, 1, 2, 0xffffffff], nr_msrs: [8, 0, 1, 0xffffffff] },
      bytes: { leaves: 4096, msrs: 512 },
    },
    {
      name: 'set_cpu_policy',
      set: { nr_leaves: [1, 0, 2, 0xffffffff], nr_msrs: [1, 0, 2, 0xffffffff] },
      bytes: { leaves: 48, msrs: 32 },
      random: 30,
    },
  ],
  devices: [
    { name: 'irq_permission', ...kinds },
    {
      name: 'iomem_permission',
      ...kinds,
      set: {
        first_mfn: [0xfd000, 0, 0xa0, 0xfee00, 0xfec00, 0x100, MAX],
        nr_mfns: [1, 0, 2, 16, 0x8000000000000n, MAX],
      },
    },
    {
      name: 'ioport_permission',
      ...kinds,
      set: {
        first_port: [0x3f0, 0, 0x60, 0xcf8, 0xffff, 0x10000, 0xffffffff],
        nr_ports: [1, 0, 2, 16, 0xffff, 0x10000, 0x10001, 0xffffffff],
      },
    },
    {
      name: 'ioport_mapping',
      set: {
        first_gport: [0x300, 0, 0xffff, 0x10000],
        first_mport: [0x300, 0, 0x60, 0xffff, 0x10000],
        nr_ports: [1, 0, 2, 8, 0xffff, 0x10000, 0x10001, 0xffffffff],
      },
    },
    { name: 'gsi_permission', ...kinds },
    {
      name: 'assign_device',
      only: /^(dev|flags|u\.pci)/,
      set: { dev: [0, 1, 2], 'u.pci.machine_sbdf': [0x300, 0, 8, 0xffff, 0x10000, 0xffffffff] },
    },
    {
      name: 'test_assign_device',
      living: true,
      only: /^(dev|flags|u\.pci)/,
      set: { dev: [0, 1, 2], 'u.pci.machine_sbdf': [0x300, 0, 8, 0xffff, 0xffffffff] },
    },
    {
      name: 'deassign_device',
      only: /^(dev|flags|u\.pci)/,
      set: { dev: [0, 1, 2], 'u.pci.machine_sbdf': [0x300, 0, 8, 0xffff] },
    },
    { name: 'get_device_group', out: 'num_sdevs' },
    {
      name: 'bind_pt_irq',
      only: /^(machine_irq|irq_type|u\.pci\.|hvm_domid)/,
      set: {
        irq_type: [0, 1, 2, 3, 4, 5, 0xffffffff],
        machine_irq: [20, 0, 5, 16, 255, 256, 0xffffffff],
        'u.pci.device': [3, 31, 32],
        'u.pci.intx': [0, 3, 4],
        'u.pci.bus': [0, 1],
      },
    },
    {
      name: 'unbind_pt_irq',
      only: /^(machine_irq|irq_type|u\.pci\.|hvm_domid)/,
      set: {
        irq_type: [0, 1, 2, 3, 4, 5],
        machine_irq: [20, 0, 5, 16, 255, 256, 0xffffffff],
        'u.pci.device': [3, 31, 32],
        'u.pci.intx': [0, 3, 4],
        'u.pci.bus': [0, 1],
      },
    },
    { name: 'psr_cmt_op', set: { cmd: [0, 1, 2, 3] } },
    { name: 'psr_alloc', set: { cmd: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0xffffffff] } },
    { name: 'vuart_op', set: { cmd: [0, 1], type: [0, 1] }, random: 4 },
    { name: 'set_llc_colors', ...kinds },
    { name: 'disable_migrate', ...kinds },
  ],
};
