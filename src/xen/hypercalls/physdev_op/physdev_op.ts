import type { Abi } from '../../abi/abi.ts';
import type { Struct } from '../../abi/layout.ts';
import { stableLayout } from '../../abi/stable-layout.ts';
import type { Call } from '../../call/call.ts';
import {
  partial,
  type Status,
  subOperationRows,
  supported,
  type UnlistedRow,
  unsupported,
} from '../../call/hypercall.ts';
import type { Domain } from '../../domain/domain.ts';
import { pirqsOf } from '../../domain/event-channels.ts';
import { GSIS } from '../../domain/pirqs.ts';
import { errno } from '../../errno.ts';
import { addDevice, EXTENDED_FUNCTION, removeDevice, VIRTUAL_FUNCTION } from './pci.ts';
import { mapPirq, mapTypes, performMapPirq, performUnmapPirq, pirqs, unmapPirq } from './pirqs.ts';

/** The machine's only IO-APIC. */
const IOAPIC_BASE = 0xfec00000;
/** Its register 1: version 0x20 with 24 entries. */
const IOAPIC_VERSION = 0x00170020;
const IRQSTAT_NEEDS_EOI = 1;

/** One PHYSDEVOP_*. `view` holds its struct; the order of its checks is pointer, privilege, arguments, as in Xen. */
interface Operation {
  readonly struct?: Struct;
  readonly privileged?: boolean;
  readonly status: Status;
  perform(call: Call, view: DataView, address: number): number;
}

const irqStatus = stableLayout('physdev_irq_status_query', 'irq:u32 flags:u32');
const eoi = stableLayout('physdev_eoi', 'irq:u32');
const iopl = stableLayout('physdev_set_iopl', 'iopl:u32');
const iobitmap = stableLayout('physdev_set_iobitmap', 'bitmap:u64 nr_ports:u32');
const apic = stableLayout('physdev_apic', 'apic_physbase:u64 reg:u32 value:u32');
const irq = stableLayout('physdev_irq', 'irq:u32 vector:u32');
const pci = stableLayout('physdev_manage_pci', 'bus:u8 devfn:u8');
const pciExtended = stableLayout(
  'physdev_manage_pci_ext',
  'bus:u8 devfn:u8 is_extfn:u32 is_virtfn:u32 physfn_bus:u8 physfn_devfn:u8',
);
const pciDevice = stableLayout('physdev_pci_device', 'seg:u16 bus:u8 devfn:u8');
const pciAdd = stableLayout(
  'physdev_pci_device_add',
  'seg:u16 bus:u8 devfn:u8 flags:u32 physfn_bus:u8 physfn_devfn:u8',
);
const mmcfg = stableLayout('physdev_pci_mmcfg_reserved', 'address:u64 segment:u16 start_bus:u8 end_bus:u8 flags:u32');
const setupGsi = stableLayout('physdev_setup_gsi', 'gsi:u32 triggering:u8 polarity:u8');
const freePirq = stableLayout('physdev_get_free_pirq', 'type:u32 pirq:u32');
const eoiGmfn = stableLayout('physdev_pirq_eoi_gmfn', 'gmfn:u64');
const dbgp = stableLayout('physdev_dbgp_op', 'op:u8 bus:u8 seg:u16 pci_bus:u8 pci_devfn:u8');

const noDevices = partial('no device interrupts, and none is passed through');

/** PCI_MMCFG_RESERVED. */
const MMCFG_RESERVED = 1;
/** The first line of the IO-APIC, masked: its register 16. */
const REDIRECTION_0 = 0x10;
const MASKED = 0x10000;

const known = (call: Call, segment: number, bus: number, devfn: number) =>
  call.hypervisor.hardware.pciDevice(segment, bus, devfn) === undefined ? -errno.ENODEV : 0;

const operations: Record<string, Operation> = {
  irq_status_query: {
    struct: irqStatus,
    status: supported,
    perform(call, view, address) {
      if (irqStatus.field('irq').get(view) >= pirqsOf(call.domain)) return -errno.EINVAL;
      irqStatus.field('flags').set(view, IRQSTAT_NEEDS_EOI);
      return call.structToGuest(address, view);
    },
  },
  eoi: { struct: eoi, status: noDevices, perform: () => -errno.EINVAL },
  pirq_eoi_gmfn_v1: { struct: eoiGmfn, status: noDevices, perform: () => -errno.EINVAL },
  pirq_eoi_gmfn_v2: { struct: eoiGmfn, status: noDevices, perform: () => -errno.EINVAL },
  set_iopl: {
    struct: iopl,
    status: partial('has no effect on the caller'),
    perform: (_call, view) => (iopl.field('iopl').get(view) > 3 ? -errno.EINVAL : 0),
  },
  set_iobitmap: {
    struct: iobitmap,
    status: partial('has no effect on the caller'),
    perform: (_call, view) => (iobitmap.field('nr_ports').get(view) > 65536 ? -errno.EINVAL : 0),
  },
  apic_read: {
    struct: apic,
    privileged: true,
    status: partial('of the lines, only the first says something'),
    perform(call, view, address) {
      if (apic.field('apic_physbase').get(view) !== IOAPIC_BASE) return -errno.EINVAL;
      const register = apic.field('reg').get(view);
      apic.field('value').set(view, register === 1 ? IOAPIC_VERSION : register === REDIRECTION_0 ? MASKED : 0);
      return call.structToGuest(address, view);
    },
  },
  apic_write: {
    struct: apic,
    privileged: true,
    status: partial('keeps nothing'),
    perform: (_call, view) => (apic.field('apic_physbase').get(view) === IOAPIC_BASE ? 0 : -errno.EINVAL),
  },
  alloc_irq_vector: {
    struct: irq,
    privileged: true,
    status: supported,
    perform(call, view, address) {
      irq.field('vector').set(view, irq.field('irq').get(view));
      return call.structToGuest(address, view);
    },
  },
  map_pirq: { struct: mapPirq, status: noDevices, perform: performMapPirq },
  unmap_pirq: { struct: unmapPirq, status: noDevices, perform: performUnmapPirq },
  manage_pci_add: {
    struct: pci,
    privileged: true,
    status: supported,
    perform(call, view) {
      return addDevice(call, { segment: 0, bus: pci.field('bus').get(view), devfn: pci.field('devfn').get(view) });
    },
  },
  manage_pci_remove: {
    struct: pci,
    privileged: true,
    status: supported,
    perform: (call, view) => removeDevice(call, 0, pci.field('bus').get(view), pci.field('devfn').get(view)),
  },
  manage_pci_add_ext: {
    struct: pciExtended,
    privileged: true,
    status: supported,
    perform(call, view) {
      const field = (name: string) => pciExtended.field(name).get(view);
      if (field('is_extfn') > 1 || field('is_virtfn') > 1) return -errno.EINVAL;
      const flags = field('is_extfn') * EXTENDED_FUNCTION + field('is_virtfn') * VIRTUAL_FUNCTION;
      const physical = { bus: field('physfn_bus'), devfn: field('physfn_devfn') };
      return addDevice(call, { segment: 0, bus: field('bus'), devfn: field('devfn'), flags, physical });
    },
  },
  restore_msi: {
    struct: pci,
    privileged: true,
    status: noDevices,
    perform: (call, view) => known(call, 0, pci.field('bus').get(view), pci.field('devfn').get(view)),
  },
  setup_gsi: {
    struct: setupGsi,
    privileged: true,
    status: noDevices,
    perform(call, view) {
      const line = setupGsi.field('gsi').get(view);
      const { programmedLines } = call.hypervisor.hardware;
      if (line >= GSIS) return -errno.EINVAL;
      if (programmedLines.has(line)) return -errno.EEXIST;
      programmedLines.add(line);
      return 0;
    },
  },
  get_free_pirq: {
    struct: freePirq,
    status: noDevices,
    perform(call, view, address) {
      const pirq = pirqs(call.domain).reserve(freePirq.field('type').get(view) === mapTypes.gsi);
      if (pirq < 0) return pirq;
      freePirq.field('pirq').set(view, pirq);
      return call.structToGuest(address, view);
    },
  },
  pci_mmcfg_reserved: {
    struct: mmcfg,
    privileged: true,
    status: noDevices,
    perform: (_call, view) =>
      (mmcfg.field('flags').get(view) & ~MMCFG_RESERVED) !== 0 ? -errno.EINVAL : -errno.ENODEV,
  },
  pci_device_add: {
    struct: pciAdd,
    privileged: true,
    status: supported,
    perform(call, view) {
      const field = (name: string) => pciAdd.field(name).get(view);
      const physical = { bus: field('physfn_bus'), devfn: field('physfn_devfn') };
      return addDevice(call, {
        segment: field('seg'),
        bus: field('bus'),
        devfn: field('devfn'),
        flags: field('flags'),
        physical,
      });
    },
  },
  pci_device_remove: pciOperation(removeDevice, supported),
  restore_msi_ext: pciOperation(known, noDevices),
  prepare_msix: pciOperation(known, noDevices),
  release_msix: pciOperation(known, noDevices),
  pci_device_reset: pciOperation(known, noDevices),
  dbgp_op: { struct: dbgp, privileged: true, status: partial('there is no debug port'), perform: () => 0 },
};

function pciOperation(act: typeof known, status: Status): Operation {
  return {
    struct: pciDevice,
    privileged: true,
    status,
    perform(call, view) {
      const field = (name: string) => pciDevice.field(name).get(view);
      return act(call, field('seg'), field('bus'), field('devfn'));
    },
  };
}

/** What an HVM guest may ask whose interrupts can be event channels (XEN_X86_EMU_USE_PIRQ): a PVH guest's cannot. */
const hvmOperations: ReadonlySet<string> = new Set([
  'map_pirq',
  'unmap_pirq',
  'eoi',
  'irq_status_query',
  'get_free_pirq',
]);
const EMU_USE_PIRQ = 0x200;

function mayHvm(domain: Domain, operation: string | undefined): boolean {
  return operation !== undefined && hvmOperations.has(operation) && (domain.emulationFlags & EMU_USE_PIRQ) !== 0;
}

/** PHYSDEVOP_IRQ_UNMASK_NOTIFY of old kernels, whose number has no name in the header any more. */
const IRQ_UNMASK_NOTIFY = 4;

function performOperation(call: Call, operation: Operation | undefined, address: number): number {
  if (operation === undefined) return -errno.ENOSYS;
  const bytes = new Uint8Array(operation.struct?.size ?? 0);
  if (!call.copyFromGuest(address, bytes)) return -errno.EFAULT;
  if (operation.privileged && !call.domain.privileged) return -errno.EPERM;
  return operation.perform(call, new DataView(bytes.buffer), address);
}

/** physdev_op(cmd, arg): interrupts, IO-APICs and PCI functions. */
export function physdevOp(abi: Abi): UnlistedRow {
  const numbers = Object.entries(abi.subOperations('PHYSDEVOP'));
  const byNumber = new Map(numbers.map(([name, number]) => [number, operations[name]]));
  const byName = new Map(numbers.map(([name, number]) => [number, name]));
  return {
    number: 33,
    name: 'physdev_op',
    argumentAt: { argument: 1, offset: 0 },
    status: noDevices,
    subOperations: subOperationRows(
      numbers,
      (name) => operations[name]?.status ?? unsupported('ENOSYS', 'has been removed from Xen'),
    ),
    handler(call) {
      const command = call.u32(0);
      if (call.domain.isHvm && !mayHvm(call.domain, byName.get(command))) return -errno.ENOSYS;
      if (command === IRQ_UNMASK_NOTIFY) return 0;
      return performOperation(call, byNumber.get(command), call.address(1));
    },
  };
}

/** Sub-operations that the old hypercall knows: those from 4 to 10. */
const COMPAT_LAST = 10;
/** struct physdev_op: u32 cmd, and the operation's own struct at the next multiple of eight. */
const COMPAT_UNION = 8;

/** physdev_op_compat(struct physdev_op *): the same with the command in the struct. */
export function physdevOpCompat(abi: Abi): UnlistedRow {
  const byNumber = new Map(
    Object.entries(abi.subOperations('PHYSDEVOP')).map(([name, number]) => [number, operations[name]]),
  );
  return {
    number: 19,
    name: 'physdev_op_compat',
    status: noDevices,
    handler(call) {
      const bytes = new Uint8Array(4);
      const address = call.address(0);
      if (!call.copyFromGuest(address, bytes)) return -errno.EFAULT;
      const command = new DataView(bytes.buffer).getUint32(0, true);
      if (command === IRQ_UNMASK_NOTIFY) return 0;
      if (command > COMPAT_LAST) return -errno.ENOSYS;
      return performOperation(call, byNumber.get(command), address + COMPAT_UNION);
    },
  };
}
