import { behaves } from '../../abi/behaviour.ts';
import { anyDomain, mayTarget } from '../../call/domid.ts';
import { supported } from '../../call/hypercall.ts';
import { type Layout, operation, type Perform } from '../../call/operation.ts';
import { errno } from '../../errno.ts';
import { decodeE820, E820_ENTRY_BYTES, E820_MAX, encodeE820, machineMap } from '../../memory/e820.ts';
import { m2pExtents, m2pFrame } from '../../memory/machine-to-phys.ts';
import { fromFirst, type MemoryRequest, memoryFamily } from './family.ts';

// Memory maps: of the firmware, of a domain, and of Xen's machine-to-phys table.

/** Xen's machine-to-phys table as a 64-bit PV guest sees it (arch-x86/xen-x86_64.h). */
const M2P_START = 0xffff800000000000n;
const M2P_END = 0xffff804000000000n;
const M2P_LAST_MFN = 0x7ffffffffn;

/** Of 32-bit guests: entries are half as large, and the table is smaller. */
const COMPAT_EXTENTS = 2;
/** Bytes that the memory map reserves for local APICs. */
const APIC_RANGE = 0x100000;
const SMALL_APIC_RANGE = 0x1000;

const memoryMap = operation({
  family: memoryFamily,
  name: 'memory_map',
  status: supported,
  noStartExtent: true,
  argument: 'xen_memory_map',
  copies: 'both',
  bind({ field }) {
    const [count, buffer] = [field('nr_entries'), field('buffer')];
    return ({ call, caller, view }) => {
      const entries = caller.memory.map;
      if (entries.length === 0) return -errno.ENOSYS;
      const fitting = entries.slice(0, count.get(view));
      if (!call.copyToGuest(buffer.get(view), encodeE820(fitting))) return -errno.EFAULT;
      count.set(view, fitting.length);
      return 0;
    };
  },
});

const machineMemoryMap = operation({
  family: memoryFamily,
  name: 'machine_memory_map',
  status: supported,
  noStartExtent: true,
  argument: 'xen_memory_map',
  copies: 'both',
  before({ caller }) {
    if (caller.type !== 'pv') return -errno.ENOSYS;
    return caller.privileged ? 0 : -errno.EPERM;
  },
  bind({ abi, field }) {
    const [count, buffer] = [field('nr_entries'), field('buffer')];
    const apicSize = behaves(abi, 'smallApicRange') ? SMALL_APIC_RANGE : APIC_RANGE;
    return ({ call, hypervisor, view }) => {
      const entries = machineMap(hypervisor.machine.memory, apicSize);
      // Without a buffer, the caller asks for the number of entries.
      if (buffer.get(view) !== 0) {
        if (count.get(view) < entries.length) return -errno.EINVAL;
        if (!call.copyToGuest(buffer.get(view), encodeE820(entries))) return -errno.EFAULT;
      }
      count.set(view, entries.length);
      return 0;
    };
  },
});

const setMemoryMap = operation({
  family: memoryFamily,
  name: 'set_memory_map',
  status: supported,
  noStartExtent: true,
  argument: 'xen_foreign_memory_map',
  bind({ field }) {
    const [domid, count, buffer] = [field('domid'), field('map.nr_entries'), field('map.buffer')];
    return ({ call, caller, view }) => {
      const entries = count.get(view);
      if (entries > E820_MAX) return -errno.EINVAL;
      const domain = anyDomain(call, domid.get(view));
      if (domain === undefined) return -errno.ESRCH;
      if (!mayTarget(caller, domain)) return -errno.EPERM;
      const bytes = new Uint8Array(entries * E820_ENTRY_BYTES);
      if (!call.copyFromGuest(buffer.get(view), bytes)) return -errno.EFAULT;
      domain.memory.map = decodeE820(bytes);
      return 0;
    };
  },
});

const machphysMapping = operation({
  family: memoryFamily,
  name: 'machphys_mapping',
  status: supported,
  noStartExtent: true,
  argument: 'xen_machphys_mapping',
  copies: 'out',
  before: ({ caller }) => (caller.type === 'pv' ? 0 : -errno.ENOSYS),
  bind({ field }) {
    const [start, end, max] = [field('v_start'), field('v_end'), field('max_mfn')];
    return ({ caller, hypervisor, view }) => {
      start.setBig(view, M2P_START);
      end.setBig(view, M2P_END);
      // Only dom0 may know how much memory the machine has.
      max.setBig(view, caller.privileged ? BigInt(hypervisor.memory.heap.maxPage - 1) : M2P_LAST_MFN);
      return 0;
    };
  },
});

/** Lists the addresses of the table's extents, up to a limit. */
function listExtents({ field }: Layout, limit: number): Perform<MemoryRequest> {
  const [max, list, count] = [field('max_extents'), field('extent_start'), field('nr_extents')];
  const mfn = new DataView(new ArrayBuffer(8));
  return ({ call, hypervisor, view }) => {
    const extents = Math.min(m2pExtents(hypervisor), limit, max.get(view));
    for (let index = 0; index < extents; index += 1) {
      mfn.setBigUint64(0, BigInt(m2pFrame(index)), true);
      if (call.structToGuest(list.get(view) + 8 * index, mfn) !== 0) return -errno.EFAULT;
    }
    count.set(view, extents);
    return 0;
  };
}

const machphysMfnList = operation({
  family: memoryFamily,
  name: 'machphys_mfn_list',
  status: supported,
  noStartExtent: true,
  argument: 'xen_machphys_mfn_list',
  copies: 'both',
  bind: (layout) => listExtents(layout, Number.POSITIVE_INFINITY),
});

const machphysCompatMfnList = operation({
  family: memoryFamily,
  name: 'machphys_compat_mfn_list',
  status: supported,
  noStartExtent: true,
  argument: 'xen_machphys_mfn_list',
  copies: 'both',
  // Later releases, as Debian builds them, run no 32-bit PV guests.
  before: ({ hypervisor }) => (behaves(hypervisor.abi, 'compatMachphysList') ? 0 : -errno.EOPNOTSUPP),
  bind: (layout) => listExtents(layout, COMPAT_EXTENTS),
});

/** Flag: return the reserved memory of all devices, not only that of the given device. */
const ALL_DEVICES = 1;

/** Memory that devices reserve (RMRRs). This machine has no IOMMU, and so no such memory. */
const reservedDeviceMemoryMap = operation({
  family: memoryFamily,
  name: 'reserved_device_memory_map',
  status: supported,
  argument: 'xen_reserved_device_memory_map',
  copies: 'both',
  before: fromFirst,
  bind({ field }) {
    const [flags, count, buffer] = [field('flags'), field('nr_entries'), field('buffer')];
    return ({ call, view }) => {
      if (!call.mayPointTo(buffer.get(view))) return -errno.EFAULT;
      if (flags.get(view) > ALL_DEVICES) return -errno.EINVAL;
      count.set(view, 0);
      return 0;
    };
  },
});

export const mapOperations = [
  memoryMap,
  machineMemoryMap,
  setMemoryMap,
  machphysMapping,
  machphysMfnList,
  machphysCompatMfnList,
  reservedDeviceMemoryMap,
];
