import { behaves } from '../../abi/behaviour.ts';
import { partial, supported } from '../../call/hypercall.ts';
import { type Layout, operation, type Perform } from '../../call/operation.ts';
import { errno } from '../../errno.ts';
import { getFeatureset } from '../../machine/cpu-policy.ts';
import { PAGE_SIZE } from '../../memory/heap.ts';
import { freePages, outstandingPages } from '../../memory/memory-figures.ts';
import { writeSizes, writeWords } from '../copy.ts';
import { sysctlFamily } from './family.ts';

/** Nodes that this build of Xen can have (CONFIG_NR_NUMA_NODES 64, numbered from 0). */
const MAX_NODE_ID = 63;
/** XEN_SYSCTL_PHYSCAP_*: hvm, pv, hap. */
const PHYSCAPS = 0x1 | 0x2 | 0x8;
const PHYSCAP_SHADOW = 0x10;
/** gnttab_v1, gnttab_v2. */
const PHYSCAP_GRANTS = 0x100 | 0x200;
/** On Intel CPUs, since 4.15. */
const PHYSCAP_VMTRACE = 0x40;
/** Before 4.13 only hvm, pv and directio had bits. */
const OLD_PHYSCAPS = 0x1 | 0x2;
/** XEN_SYSCTL_cpu_featureset_host, and how many of its words physinfo shows. */
const HOST_FEATURESET = 1;
const HW_CAP_WORDS = 8;
/** Bits of 0x80000001 edx that AMD repeats from leaf 1 edx. */
const COMMON_E1D = 0x0183f3ff;
/** Distance of a node to itself. */
const LOCAL_DISTANCE = 10;
const INVALID_NODE = 0xffffffff;
const INVALID_DEVICE = 0xfffffffe;
/** struct physdev_pci_device: u16 seg; u8 bus; u8 devfn. */
const PCI_DEVICE_BYTES = 4;
/** There is no memory above this address width, so a range that starts there is empty. */
const MAX_ADDRESS_BITS = 52;

/** XEN_SYSCTL_physinfo: CPUs, memory, capabilities. */
const physinfo = operation({
  family: sysctlFamily,
  name: 'physinfo',
  status: supported,
  argument: 'physinfo',
  copies: 'both',
  bind({ abi, optional, struct }) {
    const whole = struct.field('u.physinfo');
    const put = (name: string) => {
      const found = optional(name);
      return (view: DataView, value: number) => found?.set(view, value);
    };
    const [threads, cores, cpus] = [put('threads_per_core'), put('cores_per_socket'), put('nr_cpus')];
    const [maxCpu, nodes, maxNode] = [put('max_cpu_id'), put('nr_nodes'), put('max_node_id')];
    const [khz, capabilities, maxMfn] = [put('cpu_khz'), put('capabilities'), put('max_mfn')];
    const [total, free, outstanding] = [put('total_pages'), put('free_pages'), put('outstanding_pages')];
    const hwCap = optional('hw_cap');
    return ({ bytes, hypervisor, view }) => {
      const { hardware, machine } = hypervisor;
      bytes.fill(0, whole.offset, whole.offset + whole.size);
      threads(view, 1);
      cores(view, machine.cpus);
      cpus(view, hardware.onlineCpus.size);
      maxCpu(view, machine.cpus - 1);
      nodes(view, 1);
      maxNode(view, MAX_NODE_ID);
      khz(view, machine.cpuKhz);
      const vmtrace = machine.vendor === 'intel' && behaves(abi, 'vmtraceCapabilityBit') ? PHYSCAP_VMTRACE : 0;
      const more =
        (behaves(abi, 'shadowPaging') ? PHYSCAP_SHADOW : 0) | (behaves(abi, 'grantVersionBits') ? PHYSCAP_GRANTS : 0);
      capabilities(view, behaves(abi, 'pagingCapabilityBits') ? PHYSCAPS | more | vmtrace : OLD_PHYSCAPS);
      total(view, hardware.totalPages);
      free(view, freePages(hypervisor));
      outstanding(view, outstandingPages(hypervisor));
      maxMfn(view, hardware.maxMfn);
      if (hwCap !== undefined) {
        // words 1d, 1c, e1d, e1c, ... of what Xen uses; e1d without those bits that a guest sees from 1d
        const words = (getFeatureset(machine, HOST_FEATURESET) ?? []).slice(0, HW_CAP_WORDS);
        words[2] = ((words[2] ?? 0) & ~COMMON_E1D) >>> 0;
        for (const [index, word] of words.entries()) view.setUint32(hwCap.offset + 4 * index, word, true);
      }
      return 0;
    };
  },
});

/** XEN_SYSCTL_cputopoinfo (4.6 and later): core, socket and node of each CPU; a NULL buffer asks how many. */
const cputopoinfo = operation({
  family: sysctlFamily,
  name: 'cputopoinfo',
  status: supported,
  argument: 'cputopoinfo',
  bind({ field }) {
    const [count, bufferField] = [field('num_cpus'), field('cputopo')];
    return (request) => {
      const { call, hypervisor, view } = request;
      const buffer = bufferField.get(view);
      const asked = count.get(view);
      let cpus = hypervisor.hardware.lastOnlineCpu + 1;
      if (buffer !== 0) {
        cpus = Math.min(cpus, asked);
        for (let cpu = 0; cpu < cpus; cpu += 1) {
          if (!writeWords(call, buffer + 12 * cpu, [cpu, 0, 0])) return -errno.EFAULT;
        }
      }
      return cpus === asked ? 0 : request.fieldToGuest(count, cpus);
    };
  },
});

/** XEN_SYSCTL_topologyinfo (until 4.5): three arrays with the highest index in and out. */
const topologyinfo = operation({
  family: sysctlFamily,
  name: 'topologyinfo',
  status: supported,
  argument: 'topologyinfo',
  copies: 'both',
  bind({ field }) {
    const limit = field('max_cpu_index');
    const [core, socket, node] = [field('cpu_to_core'), field('cpu_to_socket'), field('cpu_to_node')];
    return ({ call, hypervisor, view }) => {
      const last = hypervisor.hardware.lastOnlineCpu;
      const until = Math.min(limit.get(view), last);
      for (let cpu = 0; cpu <= until; cpu += 1) {
        for (const [array, value] of [
          [core, cpu],
          [socket, 0],
          [node, 0],
        ] as const) {
          const address = array.get(view);
          if (address !== 0 && !writeWords(call, address + 4 * cpu, [value])) return -errno.EFAULT;
        }
      }
      limit.set(view, last);
      return 0;
    };
  },
});

/** XEN_SYSCTL_numainfo: the machine has one node. Until 4.5 the struct has three arrays, with the highest index in and out. */
const numainfo = operation({
  family: sysctlFamily,
  name: 'numainfo',
  status: supported,
  argument: 'numainfo',
  bind(layout) {
    const count = layout.optional('num_nodes');
    if (count === undefined) return oldNumainfo(layout);
    const [meminfoField, distanceField] = [layout.field('meminfo'), layout.field('distance')];
    return (request) => {
      const { call, hypervisor, view } = request;
      const meminfo = meminfoField.get(view);
      const distance = distanceField.get(view);
      const asked = count.get(view);
      let nodes = 1;
      if (meminfo !== 0 || distance !== 0) {
        nodes = Math.min(nodes, asked);
        if (nodes > 0) {
          const sizes = [hypervisor.hardware.topOfRam, freePages(hypervisor) * PAGE_SIZE];
          if (meminfo !== 0 && !writeSizes(call, meminfo, sizes)) return -errno.EFAULT;
          if (distance !== 0 && !writeWords(call, distance, [LOCAL_DISTANCE])) return -errno.EFAULT;
        }
      }
      return nodes === asked ? 0 : request.fieldToGuest(count, nodes);
    };
  },
});

function oldNumainfo({ field }: Layout): Perform {
  const [sizes, free, distance] = [field('node_to_memsize'), field('node_to_memfree'), field('node_to_node_distance')];
  const maxNode = field('max_node_index');
  return (request) => {
    const { call, hypervisor, view } = request;
    for (const [array, value] of [
      [sizes, hypervisor.hardware.topOfRam],
      [free, freePages(hypervisor) * PAGE_SIZE],
    ] as const) {
      const address = array.get(view);
      if (address !== 0 && !writeSizes(call, address, [value])) return -errno.EFAULT;
    }
    const address = distance.get(view);
    if (address !== 0 && !writeWords(call, address, [LOCAL_DISTANCE])) return -errno.EFAULT;
    maxNode.set(view, 0);
    request.copyBack = true;
    return 0;
  };
}

/** XEN_SYSCTL_pcitopoinfo: the node of each PCI function. No function of this machine reports one. */
const pcitopoinfo = operation({
  family: sysctlFamily,
  name: 'pcitopoinfo',
  status: supported,
  argument: 'pcitopoinfo',
  bind({ field }) {
    const [count, devicesField, nodesField] = [field('num_devs'), field('devs'), field('nodes')];
    const bytes = new Uint8Array(PCI_DEVICE_BYTES);
    const device = new DataView(bytes.buffer);
    return (request) => {
      const { call, hypervisor, view } = request;
      const devices = devicesField.get(view);
      const nodes = nodesField.get(view);
      if (devices === 0 || nodes === 0) return -errno.EINVAL;
      const total = count.get(view);
      for (let index = 0; index < total; index += 1) {
        if (!call.copyFromGuest(devices + PCI_DEVICE_BYTES * index, bytes)) return -errno.EFAULT;
        const [segment, bus, devfn] = [device.getUint16(0, true), device.getUint8(2), device.getUint8(3)];
        const known = hypervisor.hardware.pciDevice(segment, bus, devfn) !== undefined;
        if (!writeWords(call, nodes + 4 * index, [known ? INVALID_NODE : INVALID_DEVICE])) return -errno.EFAULT;
      }
      return request.fieldToGuest(count, total);
    };
  },
});

/** XEN_SYSCTL_getcpuinfo: idle time of each CPU in ns. */
const getcpuinfo = operation({
  family: sysctlFamily,
  name: 'getcpuinfo',
  status: supported,
  argument: 'getcpuinfo',
  copies: 'both',
  bind({ field }) {
    const [info, max, count] = [field('info'), field('max_cpus'), field('nr_cpus')];
    return ({ call, hypervisor, view }) => {
      const cpus = Math.min(max.get(view), hypervisor.machine.cpus);
      const idle = hypervisor.cpuTimes.idle(hypervisor.domains, hypervisor.now());
      for (let cpu = 0; cpu < cpus; cpu += 1) {
        if (!writeSizes(call, info.get(view) + 8 * cpu, [idle[cpu] ?? 0])) return -errno.EFAULT;
      }
      count.set(view, cpus);
      return 0;
    };
  },
});

/** XEN_SYSCTL_availheap: free bytes of a node (-1: of all) within a range of address widths. */
const availheap = operation({
  family: sysctlFamily,
  name: 'availheap',
  status: partial('a range of address widths covers all of the memory or nothing'),
  argument: 'availheap',
  copies: 'both',
  bind({ field }) {
    const [nodeField, min, max] = [field('node'), field('min_bitwidth'), field('max_bitwidth')];
    const available = field('avail_bytes');
    return ({ hypervisor, view }) => {
      const node = nodeField.get(view) | 0;
      const lowest = min.get(view);
      const highest = max.get(view);
      const empty = lowest > MAX_ADDRESS_BITS || (highest !== 0 && lowest > highest);
      const here = (node === -1 || node === 0) && !empty;
      available.set(view, here ? freePages(hypervisor) * PAGE_SIZE : 0);
      return 0;
    };
  },
});

export const hardwareOperations = [physinfo, cputopoinfo, topologyinfo, numainfo, pcitopoinfo, getcpuinfo, availheap];
