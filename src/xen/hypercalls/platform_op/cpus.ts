import { stableLayout } from '../../abi/stable-layout.ts';
import { partial, supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { errno } from '../../errno.ts';
import { getCpuPolicy } from '../../machine/cpu-policy.ts';
import { platformFamily } from './family.ts';

const PCPU_ONLINE = 1;
const PCPU_INVALID = 2;
const NO_SUBLEAF = 0xffffffff;

/** XENPF_get_cpuinfo: APIC and ACPI numbers of a CPU; ours count as the CPUs do. */
const getCpuinfo = operation({
  family: platformFamily,
  name: 'get_cpuinfo',
  status: supported,
  argument: stableLayout('xenpf_pcpuinfo', 'xen_cpuid:u32 max_present:u32 flags:u32 apic_id:u32 acpi_id:u32'),
  copies: 'both',
  bind({ field }) {
    const [id, maxPresent, flagsField] = [field('xen_cpuid'), field('max_present'), field('flags')];
    const [apicId, acpiId] = [field('apic_id'), field('acpi_id')];
    return ({ hypervisor, view }) => {
      const { hardware, machine } = hypervisor;
      const cpu = id.get(view);
      let flags = flagsField.get(view);
      if (cpu >= machine.cpus) {
        flags |= PCPU_INVALID;
      } else {
        apicId.set(view, cpu);
        acpiId.set(view, cpu);
        if (hardware.onlineCpus.has(cpu)) flags |= PCPU_ONLINE;
      }
      flagsField.set(view, flags);
      maxPresent.set(view, machine.cpus - 1);
      return 0;
    };
  },
});

/** XENPF_get_cpu_version: vendor, family, model and stepping of a CPU; zeroes if it is not online. */
const getCpuVersion = operation({
  family: platformFamily,
  name: 'get_cpu_version',
  status: supported,
  argument: stableLayout(
    'xenpf_pcpu_version',
    'xen_cpuid:u32 max_present:u32 vendor_id:u8[12] family:u32 model:u32 stepping:u32',
  ),
  copies: 'both',
  bind({ field }) {
    const [id, maxPresent, vendor] = [field('xen_cpuid'), field('max_present'), field('vendor_id')];
    const [familyField, model, stepping] = [field('family'), field('model'), field('stepping')];
    return ({ hypervisor, view }) => {
      const { hardware, machine } = hypervisor;
      const online = hardware.onlineCpus.has(id.get(view));
      const leaves = (online && getCpuPolicy(machine, 1)?.leaves) || [];
      const leaf = (number: number) => leaves.find(([each, sub]) => each === number && sub === NO_SUBLEAF);
      const [, , , b = 0, c = 0, d = 0] = leaf(0) ?? [];
      const [, , signature = 0] = leaf(1) ?? [];
      for (const [index, word] of [b, d, c].entries()) view.setUint32(vendor.offset + 4 * index, word, true);
      const family = (signature >>> 8) & 0xf;
      familyField.set(view, family === 0xf ? family + ((signature >>> 20) & 0xff) : family);
      model.set(view, (((signature >>> 16) & 0xf) << 4) | ((signature >>> 4) & 0xf));
      stepping.set(view, signature & 0xf);
      maxPresent.set(view, machine.cpus - 1);
      return 0;
    };
  },
});

const cpuOnlining = stableLayout('xenpf_cpu_ol', 'cpuid:u32');

/** XENPF_cpu_online. */
const cpuOnline = operation({
  family: platformFamily,
  name: 'cpu_online',
  status: supported,
  argument: cpuOnlining,
  bind({ field }) {
    const id = field('cpuid');
    return ({ hypervisor, view }) => {
      const cpu = id.get(view);
      if (cpu >= hypervisor.machine.cpus) return -errno.EINVAL;
      hypervisor.hardware.onlineCpus.add(cpu);
      return 0;
    };
  },
});

/** XENPF_cpu_offline: never the first one. */
const cpuOffline = operation({
  family: platformFamily,
  name: 'cpu_offline',
  status: partial('vcpus are not moved from a CPU that goes offline'),
  argument: cpuOnlining,
  bind({ field }) {
    const id = field('cpuid');
    return ({ hypervisor, view }) => {
      const cpu = id.get(view);
      if (cpu === 0) return -errno.EOPNOTSUPP;
      if (cpu >= hypervisor.machine.cpus) return -errno.EINVAL;
      hypervisor.hardware.onlineCpus.delete(cpu);
      return 0;
    };
  },
});

/** XEN_CORE_PARKING_*. */
const parking = { set: 1, get: 2 } as const;

/** XENPF_core_parking: sets or gets the number of idled CPUs. */
const coreParking = operation({
  family: platformFamily,
  name: 'core_parking',
  status: partial('no CPU is ever parked'),
  argument: stableLayout('xenpf_core_parking', 'type:u32 idle_nums:u32'),
  bind({ field }) {
    const [type, idle] = [field('type'), field('idle_nums')];
    return (request) => {
      const { hypervisor, view } = request;
      switch (type.get(view)) {
        case parking.set:
          return idle.get(view) < hypervisor.machine.cpus ? 0 : -errno.EINVAL;
        case parking.get:
          idle.set(view, 0);
          request.copyBack = true;
          return 0;
        default:
          return -errno.EINVAL;
      }
    };
  },
});

export const cpuOperations = [getCpuinfo, getCpuVersion, cpuOnline, cpuOffline, coreParking];
