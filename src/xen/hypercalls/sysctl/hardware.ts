import type { Field, Struct } from '../../abi/layout.ts';
import type { Call } from '../../call/call.ts';
import { partial, supported } from '../../call/hypercall.ts';
import { errno } from '../../errno.ts';
import { getFeatureset } from '../../machine/cpu-policy.ts';
import { freePages, outstandingPages } from '../../memory/memory-figures.ts';
import { writeWords } from '../copy.ts';
import type { SysctlOperation } from './sysctl.ts';

const PAGE_SIZE = 4096;
/** Nodes that this build of Xen can have (CONFIG_NR_NUMA_NODES 64, numbered from 0). */
const MAX_NODE_ID = 63;
/** XEN_SYSCTL_PHYSCAP_*: hvm, pv, hap, gnttab_v1, gnttab_v2. */
const PHYSCAPS = 0x1 | 0x2 | 0x8 | 0x100 | 0x200;
/** On Intel's CPUs, since 4.15. */
const PHYSCAP_VMTRACE = 0x40;
/** Before 4.13 only hvm, pv and directio had bits. */
const OLD_PHYSCAPS = 0x1 | 0x2;
/** Distance of a node to itself. */
const LOCAL_DISTANCE = 10;
const INVALID_NODE = 0xffffffff;
const INVALID_DEVICE = 0xfffffffe;
/** struct physdev_pci_device: u16 seg; u8 bus; u8 devfn. */
const PCI_DEVICE_BYTES = 4;
/** No memory lies above this address width, so a range that starts there is empty. */
const MAX_ADDRESS_BITS = 52;

/** Writes `field` alone back to the caller's struct: 0 or -EFAULT. */
function fieldBack(call: Call, address: number, field: Field, value: number): number {
  return call.fieldToGuest(address, field, value) ? 0 : -errno.EFAULT;
}

/** XEN_SYSCTL_physinfo: CPUs, memory, capabilities. */
export const physinfo: SysctlOperation = {
  name: 'physinfo',
  status: supported,
  perform(call, view, struct, address) {
    const { hypervisor } = call;
    const { hardware, machine, abi } = hypervisor;
    const at = struct.field('u.physinfo');
    new Uint8Array(view.buffer, view.byteOffset + at.offset, at.size).fill(0);
    const set = (name: string, value: number) => {
      if (struct.has(`u.physinfo.${name}`)) struct.field(`u.physinfo.${name}`).set(view, value);
    };
    set('threads_per_core', 1);
    set('cores_per_socket', machine.cpus);
    set('nr_cpus', hardware.onlineCpus.size);
    set('max_cpu_id', machine.cpus - 1);
    set('nr_nodes', 1);
    set('max_node_id', MAX_NODE_ID);
    set('cpu_khz', machine.cpuKhz);
    const vmtrace = machine.vendor === 'intel' && abi.minor >= 15 ? PHYSCAP_VMTRACE : 0;
    set('capabilities', abi.major > 4 || abi.minor >= 13 ? PHYSCAPS | vmtrace : OLD_PHYSCAPS);
    set('total_pages', hardware.totalPages);
    set('free_pages', freePages(hypervisor));
    set('outstanding_pages', outstandingPages(hypervisor));
    set('max_mfn', hardware.maxMfn);
    if (struct.has('u.physinfo.hw_cap')) {
      // words 1d, 1c, e1d, e1c, ... of what Xen uses; e1d without those bits that a guest sees from 1d
      const capabilities = [...(getFeatureset(machine, 1) ?? [])].slice(0, 8);
      capabilities[2] = 0x20100800;
      const { offset } = struct.field('u.physinfo.hw_cap');
      for (const [index, word] of capabilities.slice(0, 4).entries()) view.setUint32(offset + 4 * index, word, true);
    }
    return call.structToGuest(address, view);
  },
};

/** XEN_SYSCTL_cputopoinfo (4.6 and later): core, socket and node of each CPU; a NULL buffer asks how many. */
export const cputopoinfo: SysctlOperation = {
  name: 'cputopoinfo',
  status: supported,
  perform(call, view, struct, address) {
    const count = struct.field('u.cputopoinfo.num_cpus');
    const buffer = struct.field('u.cputopoinfo.cputopo').get(view);
    const asked = count.get(view);
    let cpus = call.hypervisor.hardware.lastOnlineCpu + 1;
    if (buffer !== 0) {
      cpus = Math.min(cpus, asked);
      for (let cpu = 0; cpu < cpus; cpu += 1) {
        if (!writeWords(call, buffer + 12 * cpu, [cpu, 0, 0])) return -errno.EFAULT;
      }
    }
    return cpus === asked ? 0 : fieldBack(call, address, count, cpus);
  },
};

/** XEN_SYSCTL_topologyinfo (until 4.5): three arrays with the highest index in and out. */
export const topologyinfo: SysctlOperation = {
  name: 'topologyinfo',
  status: supported,
  perform(call, view, struct, address) {
    const limit = struct.field('u.topologyinfo.max_cpu_index');
    const last = call.hypervisor.hardware.lastOnlineCpu;
    const until = Math.min(limit.get(view), last);
    for (let cpu = 0; cpu <= until; cpu += 1) {
      for (const [name, value] of [
        ['cpu_to_core', cpu],
        ['cpu_to_socket', 0],
        ['cpu_to_node', 0],
      ] as const) {
        const array = struct.field(`u.topologyinfo.${name}`).get(view);
        if (array !== 0 && !writeWords(call, array + 4 * cpu, [value])) return -errno.EFAULT;
      }
    }
    limit.set(view, last);
    return call.structToGuest(address, view);
  },
};

/** XEN_SYSCTL_numainfo: the machine has one node. */
export const numainfo: SysctlOperation = {
  name: 'numainfo',
  status: supported,
  perform(call, view, struct, address) {
    if (!struct.has('u.numainfo.num_nodes')) return oldNumainfo(call, view, struct, address);
    const { hypervisor } = call;
    const count = struct.field('u.numainfo.num_nodes');
    const meminfo = struct.field('u.numainfo.meminfo').get(view);
    const distance = struct.field('u.numainfo.distance').get(view);
    const asked = count.get(view);
    let nodes = 1;
    if (meminfo !== 0 || distance !== 0) {
      nodes = Math.min(nodes, asked);
      if (nodes > 0) {
        if (
          meminfo !== 0 &&
          !writeSizes(call, meminfo, [hypervisor.hardware.topOfRam, freePages(hypervisor) * PAGE_SIZE])
        )
          return -errno.EFAULT;
        if (distance !== 0 && !writeWords(call, distance, [LOCAL_DISTANCE])) return -errno.EFAULT;
      }
    }
    return nodes === asked ? 0 : fieldBack(call, address, count, nodes);
  },
};

/** Until 4.5: three arrays with the highest index in and out. */
function oldNumainfo(call: Call, view: DataView, struct: Struct, address: number): number {
  const { hypervisor } = call;
  const array = (name: string) => struct.field(`u.numainfo.node_to_${name}`).get(view);
  const sizes: [number, number][] = [
    [array('memsize'), hypervisor.hardware.topOfRam],
    [array('memfree'), freePages(hypervisor) * PAGE_SIZE],
  ];
  for (const [buffer, value] of sizes) {
    if (buffer !== 0 && !writeSizes(call, buffer, [value])) return -errno.EFAULT;
  }
  const distance = array('node_distance');
  if (distance !== 0 && !writeWords(call, distance, [LOCAL_DISTANCE])) return -errno.EFAULT;
  struct.field('u.numainfo.max_node_index').set(view, 0);
  return call.structToGuest(address, view);
}

/** XEN_SYSCTL_pcitopoinfo: the node of each PCI function; none of them says to which it belongs. */
export const pcitopoinfo: SysctlOperation = {
  name: 'pcitopoinfo',
  status: supported,
  perform(call, view, struct, address) {
    const count = struct.field('u.pcitopoinfo.num_devs');
    const devices = struct.field('u.pcitopoinfo.devs').get(view);
    const nodes = struct.field('u.pcitopoinfo.nodes').get(view);
    if (devices === 0 || nodes === 0) return -errno.EINVAL;
    const bytes = new Uint8Array(PCI_DEVICE_BYTES);
    const device = new DataView(bytes.buffer);
    const total = count.get(view);
    for (let index = 0; index < total; index += 1) {
      if (!call.copyFromGuest(devices + PCI_DEVICE_BYTES * index, bytes)) return -errno.EFAULT;
      const found = call.hypervisor.hardware.pciDevice(
        device.getUint16(0, true),
        device.getUint8(2),
        device.getUint8(3),
      );
      const node = found === undefined ? INVALID_DEVICE : INVALID_NODE;
      if (!writeWords(call, nodes + 4 * index, [node])) return -errno.EFAULT;
    }
    return fieldBack(call, address, count, total);
  },
};

/** XEN_SYSCTL_getcpuinfo: idle time of each CPU in ns. The model's CPUs idle all the time. */
export const getcpuinfo: SysctlOperation = {
  name: 'getcpuinfo',
  status: partial('every CPU idles all the time'),
  perform(call, view, struct, address) {
    const { machine } = call.hypervisor;
    const buffer = struct.field('u.getcpuinfo.info').get(view);
    const cpus = Math.min(struct.field('u.getcpuinfo.max_cpus').get(view), machine.cpus);
    const idle = Number(machine.uptime());
    for (let cpu = 0; cpu < cpus; cpu += 1) {
      if (!writeSizes(call, buffer + 8 * cpu, [idle])) return -errno.EFAULT;
    }
    struct.field('u.getcpuinfo.nr_cpus').set(view, cpus);
    return call.structToGuest(address, view);
  },
};

/** XEN_SYSCTL_availheap: free bytes of a node (-1: of all) within a range of address widths. */
export const availheap: SysctlOperation = {
  name: 'availheap',
  status: partial('a range of address widths is all of the memory or nothing'),
  perform(call, view, struct, address) {
    const field = (name: string) => struct.field(`u.availheap.${name}`);
    const node = field('node').get(view) | 0;
    const lowest = field('min_bitwidth').get(view);
    const highest = field('max_bitwidth').get(view);
    const empty = lowest > MAX_ADDRESS_BITS || (highest !== 0 && lowest > highest);
    const here = (node === -1 || node === 0) && !empty;
    field('avail_bytes').set(view, here ? freePages(call.hypervisor) * PAGE_SIZE : 0);
    return call.structToGuest(address, view);
  },
};

function writeSizes(call: Call, address: number, values: readonly number[]): boolean {
  return writeWords(
    call,
    address,
    values.flatMap((value) => [value % 2 ** 32, Math.floor(value / 2 ** 32)]),
  );
}
