import { stableLayout } from '../../abi/stable-layout.ts';
import type { Call } from '../../call/call.ts';
import { partial, type Status, supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { errno } from '../../errno.ts';
import { noDevices, physdevFamily } from './family.ts';
import { addDevice, EXTENDED_FUNCTION, removeDevice, VIRTUAL_FUNCTION } from './pci.ts';

// Operations on PCI functions: the older ones of segment 0, and those of any segment.

const inSegment0 = stableLayout('physdev_manage_pci', 'bus:u8 devfn:u8');
const inAnySegment = stableLayout('physdev_pci_device', 'seg:u16 bus:u8 devfn:u8');
/** PCI_MMCFG_RESERVED. */
const MMCFG_RESERVED = 1;

type Act = (call: Call, segment: number, bus: number, devfn: number) => number;

/** Whether Xen knows the function, and the caller may use it. */
const find: Act = (call, segment, bus, devfn) => {
  if (call.hypervisor.hardware.pciDevice(segment, bus, devfn) === undefined) return -errno.ENODEV;
  return call.domain.privileged ? 0 : -errno.EPERM;
};
const add: Act = (call, segment, bus, devfn) => addDevice(call, { segment, bus, devfn });

/** An operation on a function of segment 0. */
const ofSegment0 = (name: string, act: Act, status: Status) =>
  operation({
    family: physdevFamily,
    name,
    status,
    privileged: !name.startsWith('restore_msi'),
    argument: inSegment0,
    bind({ field }) {
      const [bus, devfn] = [field('bus'), field('devfn')];
      return ({ call, view }) => act(call, 0, bus.get(view), devfn.get(view));
    },
  });

/** An operation on a function of any segment. */
const ofAnySegment = (name: string, act: Act, status: Status) =>
  operation({
    family: physdevFamily,
    name,
    status,
    privileged: !name.startsWith('restore_msi'),
    argument: inAnySegment,
    bind({ field }) {
      const [segment, bus, devfn] = [field('seg'), field('bus'), field('devfn')];
      return ({ call, view }) => act(call, segment.get(view), bus.get(view), devfn.get(view));
    },
  });

const managePciAddExt = operation({
  family: physdevFamily,
  name: 'manage_pci_add_ext',
  status: supported,
  privileged: true,
  argument: stableLayout(
    'physdev_manage_pci_ext',
    'bus:u8 devfn:u8 is_extfn:u32 is_virtfn:u32 physfn_bus:u8 physfn_devfn:u8',
  ),
  bind({ field }) {
    const [bus, devfn] = [field('bus'), field('devfn')];
    const [extended, virtual] = [field('is_extfn'), field('is_virtfn')];
    const [physicalBus, physicalDevfn] = [field('physfn_bus'), field('physfn_devfn')];
    return ({ call, view }) => {
      if (extended.get(view) > 1 || virtual.get(view) > 1) return -errno.EINVAL;
      return addDevice(call, {
        segment: 0,
        bus: bus.get(view),
        devfn: devfn.get(view),
        flags: extended.get(view) * EXTENDED_FUNCTION + virtual.get(view) * VIRTUAL_FUNCTION,
        physical: { bus: physicalBus.get(view), devfn: physicalDevfn.get(view) },
      });
    };
  },
});

const pciDeviceAdd = operation({
  family: physdevFamily,
  name: 'pci_device_add',
  status: supported,
  privileged: true,
  argument: stableLayout('physdev_pci_device_add', 'seg:u16 bus:u8 devfn:u8 flags:u32 physfn_bus:u8 physfn_devfn:u8'),
  bind({ field }) {
    const [segment, bus, devfn, flags] = [field('seg'), field('bus'), field('devfn'), field('flags')];
    const [physicalBus, physicalDevfn] = [field('physfn_bus'), field('physfn_devfn')];
    return ({ call, view }) =>
      addDevice(call, {
        segment: segment.get(view),
        bus: bus.get(view),
        devfn: devfn.get(view),
        flags: flags.get(view),
        physical: { bus: physicalBus.get(view), devfn: physicalDevfn.get(view) },
      });
  },
});

/** PCI_DEVICE_RESET_MASK: cold, warm, hot, and a function's own. */
const RESET_KINDS = 3;

/** From 4.20 on: dom0 tells Xen that it has reset a device. Recorded on 4.20.4: the kind of reset is checked before the device. */
const pciDeviceReset = operation({
  family: physdevFamily,
  name: 'pci_device_reset',
  status: noDevices,
  privileged: true,
  argument: stableLayout('pci_device_reset', 'seg:u16 bus:u8 devfn:u8 flags:u32'),
  bind({ field }) {
    const [segment, bus, devfn, flags] = [field('seg'), field('bus'), field('devfn'), field('flags')];
    return ({ call, view }) =>
      (flags.get(view) & ~RESET_KINDS) !== 0
        ? -errno.EINVAL
        : find(call, segment.get(view), bus.get(view), devfn.get(view));
  },
});

const pciMmcfgReserved = operation({
  family: physdevFamily,
  name: 'pci_mmcfg_reserved',
  status: noDevices,
  privileged: true,
  privilegeFirst: true,
  argument: stableLayout('physdev_pci_mmcfg_reserved', 'address:u64 segment:u16 start_bus:u8 end_bus:u8 flags:u32'),
  bind({ field }) {
    const flags = field('flags');
    return ({ view }) => ((flags.get(view) & ~MMCFG_RESERVED) !== 0 ? -errno.EINVAL : -errno.ENODEV);
  },
});

const dbgpOp = operation({
  family: physdevFamily,
  name: 'dbgp_op',
  status: partial('there is no debug port'),
  privileged: true,
  privilegeFirst: true,
  argument: stableLayout('physdev_dbgp_op', 'op:u8 bus:u8 pci_seg:u16 pci_bus:u8 pci_devfn:u8'),
  handler: () => 0,
});

export const functionOperations = [
  ofSegment0('manage_pci_add', add, supported),
  ofSegment0('manage_pci_remove', removeDevice, supported),
  ofSegment0('restore_msi', find, noDevices),
  managePciAddExt,
  pciDeviceAdd,
  ofAnySegment('pci_device_remove', removeDevice, supported),
  ofAnySegment('restore_msi_ext', find, noDevices),
  ofAnySegment('prepare_msix', find, noDevices),
  ofAnySegment('release_msix', find, noDevices),
  pciDeviceReset,
  pciMmcfgReserved,
  dbgpOp,
];
