import type { Abi } from '../../abi/abi.ts';
import { behaves } from '../../abi/behaviour.ts';
import type { Call } from '../../call/call.ts';
import { anyDomain, mayTarget } from '../../call/domid.ts';
import { supported } from '../../call/hypercall.ts';
import { errno } from '../../errno.ts';
import { decodeE820, E820_ENTRY_BYTES, E820_MAX, encodeE820, machineMap } from '../../memory/e820.ts';
import { m2pExtents, m2pFrame } from '../../memory/machine-to-phys.ts';
import type { MemoryOperation } from './memory_op.ts';

/** Xen's machine-to-phys table as a 64-bit PV guest sees it (arch-x86/xen-x86_64.h). */
const M2P_START = 0xffff800000000000n;
const M2P_END = 0xffff804000000000n;
const M2P_LAST_MFN = 0x7ffffffffn;

/** Of 32-bit guests: entries are half as large, and the table is smaller. */
const COMPAT_EXTENTS = 2;
/** Bytes that the memory map reserves for local APICs. */
const APIC_RANGE = 0x100000;
const SMALL_APIC_RANGE = 0x1000;

/** Memory maps: of the firmware, of a domain, and of Xen's machine-to-phys table. */
export function mapOperations(abi: Abi): readonly MemoryOperation[] {
  const map = abi.struct('xen_memory_map');
  const count = map.field('nr_entries');
  const buffer = map.field('buffer');
  const compatList = behaves(abi, 'compatMachphysList') ? machphysList(abi, COMPAT_EXTENTS) : undefined;
  const apicSize = behaves(abi, 'smallApicRange') ? SMALL_APIC_RANGE : APIC_RANGE;
  return [
    {
      name: 'memory_map',
      status: supported,
      noStartExtent: true,
      perform(call, address) {
        const entries = call.domain.memory.map;
        const view = call.structFromGuest(address, map);
        if (view === undefined) return -errno.EFAULT;
        if (entries.length === 0) return -errno.ENOSYS;
        const fitting = entries.slice(0, count.get(view));
        if (!call.copyToGuest(buffer.get(view), encodeE820(fitting))) return -errno.EFAULT;
        count.set(view, fitting.length);
        return call.structToGuest(address, view);
      },
    },
    {
      name: 'machine_memory_map',
      status: supported,
      noStartExtent: true,
      perform(call, address) {
        if (call.domain.type !== 'pv') return -errno.ENOSYS;
        if (!call.domain.privileged) return -errno.EPERM;
        const view = call.structFromGuest(address, map);
        if (view === undefined) return -errno.EFAULT;
        const entries = machineMap(call.hypervisor.machine.memory, apicSize);
        // Without a buffer the question is how many there are.
        if (buffer.get(view) !== 0) {
          if (count.get(view) < entries.length) return -errno.EINVAL;
          if (!call.copyToGuest(buffer.get(view), encodeE820(entries))) return -errno.EFAULT;
        }
        count.set(view, entries.length);
        return call.structToGuest(address, view);
      },
    },
    setMemoryMap(abi),
    machphysMapping(abi),
    machphysList(abi),
    {
      name: 'machphys_compat_mfn_list',
      status: supported,
      noStartExtent: true,
      // Since then Debian's build runs no 32-bit PV guests.
      perform: (call, address) => compatList?.perform(call, address, 0) ?? -errno.EOPNOTSUPP,
    },
    reservedDeviceMemory(abi),
  ];
}

function setMemoryMap(abi: Abi): MemoryOperation {
  const struct = abi.struct('xen_foreign_memory_map');
  const domid = struct.field('domid');
  const count = struct.field('map.nr_entries');
  const buffer = struct.field('map.buffer');
  return {
    name: 'set_memory_map',
    status: supported,
    noStartExtent: true,
    perform(call, address) {
      const view = call.structFromGuest(address, struct);
      if (view === undefined) return -errno.EFAULT;
      const entries = count.get(view);
      if (entries > E820_MAX) return -errno.EINVAL;
      const domain = anyDomain(call, domid.get(view));
      if (domain === undefined) return -errno.ESRCH;
      if (!mayTarget(call.domain, domain)) return -errno.EPERM;
      const bytes = new Uint8Array(entries * E820_ENTRY_BYTES);
      if (!call.copyFromGuest(buffer.get(view), bytes)) return -errno.EFAULT;
      domain.memory.map = decodeE820(bytes);
      return 0;
    },
  };
}

function machphysMapping(abi: Abi): MemoryOperation {
  const struct = abi.struct('xen_machphys_mapping');
  return {
    name: 'machphys_mapping',
    status: supported,
    noStartExtent: true,
    perform(call, address) {
      if (call.domain.type !== 'pv') return -errno.ENOSYS;
      const view = new DataView(new ArrayBuffer(struct.size));
      struct.field('v_start').setBig(view, M2P_START);
      struct.field('v_end').setBig(view, M2P_END);
      struct.field('max_mfn').setBig(view, M2P_LAST_MFN);
      return call.structToGuest(address, view);
    },
  };
}

function machphysList(abi: Abi, limit = Number.POSITIVE_INFINITY): MemoryOperation {
  const struct = abi.struct('xen_machphys_mfn_list');
  const max = struct.field('max_extents');
  const list = struct.field('extent_start');
  const count = struct.field('nr_extents');
  const mfn = new DataView(new ArrayBuffer(8));
  return {
    name: 'machphys_mfn_list',
    status: supported,
    noStartExtent: true,
    perform(call: Call, address: number): number {
      const view = call.structFromGuest(address, struct);
      if (view === undefined) return -errno.EFAULT;
      const extents = Math.min(m2pExtents(call.hypervisor), limit, max.get(view));
      for (let index = 0; index < extents; index += 1) {
        mfn.setBigUint64(0, BigInt(m2pFrame(index)), true);
        if (call.structToGuest(list.get(view) + 8 * index, mfn) !== 0) return -errno.EFAULT;
      }
      count.set(view, extents);
      return call.structToGuest(address, view);
    },
  };
}

/** Memory that devices' firmware keeps for itself: this machine has no IOMMU, and so none. */
function reservedDeviceMemory(abi: Abi): MemoryOperation {
  const struct = abi.struct('xen_reserved_device_memory_map');
  const flags = struct.field('flags');
  const count = struct.field('nr_entries');
  const ALL = 1;
  return {
    name: 'reserved_device_memory_map',
    status: supported,
    perform(call, address, start) {
      if (start !== 0) return -errno.EINVAL;
      const view = call.structFromGuest(address, struct);
      if (view === undefined) return -errno.EFAULT;
      if (flags.get(view) > ALL) return -errno.EINVAL;
      count.set(view, 0);
      return call.structToGuest(address, view);
    },
  };
}
