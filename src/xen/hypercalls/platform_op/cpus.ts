import { stableLayout } from '../../abi/stable-layout.ts';
import { partial, supported } from '../../call/hypercall.ts';
import { errno } from '../../errno.ts';
import { getCpuPolicy } from '../../machine/cpu-policy.ts';
import type { PlatformOperation } from './platform_op.ts';

const PCPU_ONLINE = 1;
const PCPU_INVALID = 2;
const NO_SUBLEAF = 0xffffffff;

const cpuInfo = stableLayout('xenpf_pcpuinfo', 'xen_cpuid:u32 max_present:u32 flags:u32 apic_id:u32 acpi_id:u32');
const infoId = cpuInfo.field('xen_cpuid');
const infoFlags = cpuInfo.field('flags');

/** XENPF_get_cpuinfo: APIC and ACPI numbers of a CPU; ours count as the CPUs do. */
export const getCpuinfo: PlatformOperation = {
  name: 'get_cpuinfo',
  status: supported,
  perform(call, view, union, address) {
    const { hardware, machine } = call.hypervisor;
    const cpu = infoId.get(view, union);
    let flags = infoFlags.get(view, union);
    if (cpu >= machine.cpus) {
      flags |= PCPU_INVALID;
    } else {
      cpuInfo.field('apic_id').set(view, cpu, union);
      cpuInfo.field('acpi_id').set(view, cpu, union);
      if (hardware.onlineCpus.has(cpu)) flags |= PCPU_ONLINE;
    }
    infoFlags.set(view, flags, union);
    cpuInfo.field('max_present').set(view, machine.cpus - 1, union);
    return call.structToGuest(address, view);
  },
};

const cpuVersion = stableLayout(
  'xenpf_pcpu_version',
  'xen_cpuid:u32 max_present:u32 vendor_id:u8[12] family:u32 model:u32 stepping:u32',
);

/** XENPF_get_cpu_version: vendor, family, model and stepping of a CPU; zeroes if it is not online. */
export const getCpuVersion: PlatformOperation = {
  name: 'get_cpu_version',
  status: supported,
  perform(call, view, union, address) {
    const { hardware, machine } = call.hypervisor;
    const set = (name: string, value: number) => cpuVersion.field(name).set(view, value, union);
    const vendor = union + cpuVersion.field('vendor_id').offset;
    const leaves = getCpuPolicy(machine, 1)?.leaves ?? [];
    const leaf = (number: number) => leaves.find(([id, sub]) => id === number && sub === NO_SUBLEAF);
    const [, , , b = 0, c = 0, d = 0] = leaf(0) ?? [];
    const [, , signature = 0] = leaf(1) ?? [];
    if (hardware.onlineCpus.has(cpuVersion.field('xen_cpuid').get(view, union))) {
      for (const [index, word] of [b, d, c].entries()) view.setUint32(vendor + 4 * index, word, true);
      const family = (signature >>> 8) & 0xf;
      set('family', family === 0xf ? family + ((signature >>> 20) & 0xff) : family);
      set('model', (((signature >>> 16) & 0xf) << 4) | ((signature >>> 4) & 0xf));
      set('stepping', signature & 0xf);
    } else {
      for (let word = 0; word < 3; word += 1) view.setUint32(vendor + 4 * word, 0, true);
      for (const name of ['family', 'model', 'stepping']) set(name, 0);
    }
    set('max_present', machine.cpus - 1);
    return call.structToGuest(address, view);
  },
};

/** XENPF_cpu_online. */
export const cpuOnline: PlatformOperation = {
  name: 'cpu_online',
  status: supported,
  perform(call, view, union) {
    const cpu = view.getUint32(union, true);
    if (cpu >= call.hypervisor.machine.cpus) return -errno.EINVAL;
    call.hypervisor.hardware.onlineCpus.add(cpu);
    return 0;
  },
};

/** XENPF_cpu_offline: never the first one. */
export const cpuOffline: PlatformOperation = {
  name: 'cpu_offline',
  status: partial('vcpus are not moved from a CPU that goes offline'),
  perform(call, view, union) {
    const cpu = view.getUint32(union, true);
    if (cpu === 0) return -errno.EOPNOTSUPP;
    if (cpu >= call.hypervisor.machine.cpus) return -errno.EINVAL;
    call.hypervisor.hardware.onlineCpus.delete(cpu);
    return 0;
  },
};

const parking = stableLayout('xenpf_core_parking', 'type:u32 idle_nums:u32');

/** XENPF_core_parking: 1 set, 2 get the number of idled CPUs. */
export const coreParking: PlatformOperation = {
  name: 'core_parking',
  status: partial('no CPU is ever parked'),
  perform(call, view, union, address) {
    switch (parking.field('type').get(view, union)) {
      case 1:
        return parking.field('idle_nums').get(view, union) < call.hypervisor.machine.cpus ? 0 : -errno.EINVAL;
      case 2:
        parking.field('idle_nums').set(view, 0, union);
        return call.structToGuest(address, view);
      default:
        return -errno.EINVAL;
    }
  },
};
