import { stableLayout } from '../abi/stable-layout.ts';
import type { Family } from '../call/family.ts';
import { partial, supported, unsupported } from '../call/hypercall.ts';
import { operation } from '../call/operation.ts';
import { OperationRequest } from '../call/operation-request.ts';
import { serve } from '../call/serve.ts';
import { errno } from '../errno.ts';
import { getCpuPolicy, getFeatureset } from '../machine/cpu-policy.ts';
import type { Machine } from '../machine/machine.ts';

/** XEN_MCA_INTERFACE_VERSION. */
const INTERFACE_VERSION = 0x01ecc003;
/** XEN_MC_NONURGENT and XEN_MC_URGENT, one of which a fetch must name; XEN_MC_ACK; XEN_MC_NODATA's place in the flags. */
const KINDS = 3;
const FLAG_ACK = 4;
const FLAG_NODATA = 2;

const mcaFamily: Family = {
  name: 'mca',
  status: partial('no machine check ever happens, and none can be injected'),
  prefix: 'XEN_MC',
  carriage: {
    struct: stableLayout('xen_mc', 'cmd:u32 interface_version:u32 u:u64[18]'),
    union: 'u',
    version: () => INTERFACE_VERSION,
  },
  Request: OperationRequest,
  first: ({ domain }) => (domain.privileged ? 0 : -errno.EPERM),
  unknown: 'EINVAL',
};

/** struct mcinfo_logical_cpu: a CPU's place, its CPUID in short, and its first machine check MSRs. */
const logical = stableLayout(
  'mcinfo_logical_cpu',
  'number:u32 chip:u32 core:u16 thread:u16 apic:u32 cluster:u32 cores:u32 active:u32 threads:u32 level:u32 ' +
    'family:u32 vendor:u32 model:u32 stepping:u32 vendor_id:u8[16] brand:u8[64] caps:u32[7] cache_size:u32 ' +
    'cache_alignment:u32 msrs:u32 msr:u64[16]',
);
/** X86_VENDOR_*: 1 Intel, 2 AMD. */
const VENDORS: Readonly<Record<string, number>> = { GenuineIntel: 1, AuthenticAMD: 2 };
/** Features of leaf 1's edx that AMD's leaf 0x80000001 has as well. */
const SHARED_WITH_LEAF_1 = 0x0183f3ff;
const MCG_CAP = 0x179n;
/** Banks of such a CPU. */
const BANKS = 2n;
const NO_SUBLEAF = 0xffffffff;

function logicalCpu(machine: Machine, cpu: number): Uint8Array {
  const bytes = new Uint8Array(logical.size);
  const view = new DataView(bytes.buffer);
  const leaves = getCpuPolicy(machine, 1)?.leaves ?? [];
  const leaf = (number: number) => leaves.find(([each, sub]) => each === number && sub === NO_SUBLEAF) ?? [];
  const [, , level = 0, b = 0, c = 0, d = 0] = leaf(0);
  const [, , signature = 0] = leaf(1);
  const family = (signature >>> 8) & 0xf;
  const name = logical.field('vendor_id').offset;
  for (const [index, word] of [b, d, c].entries()) view.setUint32(name + 4 * index, word, true);
  const vendor = VENDORS[new TextDecoder().decode(bytes.subarray(name, name + 12))] ?? 0;
  const values: Readonly<Record<string, number>> = {
    number: cpu,
    core: cpu,
    apic: cpu,
    cores: machine.cpus,
    active: machine.cpus,
    threads: 1,
    level,
    family: family === 0xf ? family + ((signature >>> 20) & 0xff) : family,
    vendor,
    model: (((signature >>> 16) & 0xf) << 4) | ((signature >>> 4) & 0xf),
    stepping: signature & 0xf,
    msrs: 1,
  };
  for (const [field, value] of Object.entries(values)) logical.field(field).set(view, value);
  const words = [...(getFeatureset(machine, 1) ?? [])].slice(0, 4);
  // AMD's CPUs report some features twice; Xen keeps only the first.
  words[2] = (words[2] ?? 0) & ~SHARED_WITH_LEAF_1;
  for (const [index, word] of words.entries()) view.setUint32(logical.field('caps').offset + 4 * index, word, true);
  view.setBigUint64(logical.field('msr').offset, MCG_CAP, true);
  view.setBigUint64(logical.field('msr').offset + 8, BANKS, true);
  return bytes;
}

const operations = [
  operation({
    family: mcaFamily,
    name: 'fetch',
    status: supported,
    argument: stableLayout('xen_mc_fetch', 'flags:u32 pad:u32 fetch_id:u64 data:u64'),
    copies: 'both',
    bind({ field }) {
      const [flagsField, id, data] = [field('flags'), field('fetch_id'), field('data')];
      return ({ view }) => {
        const flags = flagsField.get(view);
        // A fetch must name the kind of check. It needs a buffer for the data unless it acknowledges.
        if ((flags & KINDS) === 0 || (flags & KINDS) === KINDS) return -errno.EINVAL;
        if ((flags & FLAG_ACK) === 0 && data.get(view) === 0) return -errno.EINVAL;
        flagsField.set(view, FLAG_NODATA);
        id.set(view, 0);
        return 0;
      };
    },
  }),
  operation({
    family: mcaFamily,
    name: 'physcpuinfo',
    status: partial('only the MSR MCG_CAP'),
    argument: stableLayout('xen_mc_physcpuinfo', 'ncpus:u32 pad:u32 info:u64'),
    copies: 'both',
    bind({ field }) {
      const [cpus, info] = [field('ncpus'), field('info')];
      return ({ call, hypervisor, view }) => {
        const online = [...hypervisor.hardware.onlineCpus].sort((one, other) => one - other);
        const address = info.get(view);
        if (address !== 0) {
          const room = cpus.get(view) | 0;
          if (room <= 0) return -errno.EINVAL;
          for (const [index, cpu] of online.slice(0, room).entries()) {
            const bytes = logicalCpu(hypervisor.machine, cpu);
            if (!call.copyToGuest(address + index * bytes.length, bytes)) return -errno.EFAULT;
          }
        }
        cpus.set(view, online.length);
        return 0;
      };
    },
  }),
  operation({
    family: mcaFamily,
    name: 'msrinject',
    status: partial('nothing can be injected: only an empty list is accepted'),
    argument: stableLayout('xen_mc_msrinject', 'cpu:u32 flags:u32 count:u32'),
    bind({ field }) {
      const [cpu, count] = [field('cpu'), field('count')];
      return ({ hypervisor, view }) =>
        hypervisor.hardware.onlineCpus.has(cpu.get(view)) && count.get(view) === 0 ? 0 : -errno.EINVAL;
    },
  }),
  ...(
    [
      ['notifydomain', 'EINVAL', 'only Xen sends it'],
      ['mceinject', 'EINVAL', 'the simulated CPU raises no machine checks'],
      ['inject_v2', 'EINVAL', 'the simulated CPU raises no machine checks'],
    ] as const
  ).map(([name, answer, why]) => operation({ family: mcaFamily, name, status: unsupported(answer, why) })),
];

/** mca (arch_0): machine checks. None ever happens. */
export const mca = serve(mcaFamily, operations);
