import { behaves } from '../../abi/behaviour.ts';
import type { Call } from '../../call/call.ts';
import { errno } from '../../errno.ts';
import { pciName } from '../../machine/pci-name.ts';

// PCI functions that dom0's kernel reports to Xen.

/** XEN_PCI_DEV_EXTFN and XEN_PCI_DEV_VIRTFN. */
export const EXTENDED_FUNCTION = 1;
export const VIRTUAL_FUNCTION = 2;

interface Addition {
  readonly segment: number;
  readonly bus: number;
  readonly devfn: number;
  readonly flags?: number;
  /** For a virtual function: its physical function. */
  readonly physical?: { readonly bus: number; readonly devfn: number };
}

/** Adds a PCI function to those that Xen knows, and prints Xen's lines. For a virtual function the physical one is added first. */
export function addDevice(call: Call, { segment, bus, devfn, flags = 0, physical }: Addition): number {
  const { hardware, console } = call.hypervisor;
  const virtual = (flags & VIRTUAL_FUNCTION) !== 0;
  const name = pciName(segment, bus, devfn);
  if (virtual && physical !== undefined && hardware.pciDevice(segment, physical.bus, physical.devfn) === undefined) {
    if (behaves(call.hypervisor.abi, 'virtualFunctions')) {
      const without = pciName(segment, physical.bus, physical.devfn);
      console.printk(`<2>Attempted to add SR-IOV VF ${name} without PF ${without}\n`);
      forget(call, segment, bus, devfn);
      return -errno.ENODEV;
    }
    addDevice(call, { segment, ...physical });
  }
  if (hardware.pciDevice(segment, bus, devfn) === undefined) {
    hardware.pciDevices.push({ segment, bus, devfn });
    // Nothing answers in its configuration space.
    console.printk(`<2>${name}: unknown type 0\n`);
  }
  const added = hardware.pciDevice(segment, bus, devfn);
  if (added !== undefined && (virtual || added.virtual !== undefined)) added.virtual = virtual;
  const kind = virtual ? 'virtual function' : (flags & EXTENDED_FUNCTION) !== 0 ? 'extended function' : 'device';
  console.printk(`<2>PCI add ${kind} ${name}\n`);
  return 0;
}

export function removeDevice(call: Call, segment: number, bus: number, devfn: number): number {
  const { hardware, console } = call.hypervisor;
  if (hardware.pciDevice(segment, bus, devfn)?.virtual === false && behaves(call.hypervisor.abi, 'virtualFunctions')) {
    console.printk(`<2>Attempted to remove PCI SR-IOV PF ${pciName(segment, bus, devfn)} with VFs still present\n`);
    return -errno.EBUSY;
  }
  if (!forget(call, segment, bus, devfn)) return -errno.ENODEV;
  console.printk(`<2>PCI remove device ${pciName(segment, bus, devfn)}\n`);
  return 0;
}

/** Returns whether Xen knew it. */
function forget(call: Call, segment: number, bus: number, devfn: number): boolean {
  const { hardware } = call.hypervisor;
  const found = hardware.pciDevice(segment, bus, devfn);
  if (found !== undefined) hardware.pciDevices.splice(hardware.pciDevices.indexOf(found), 1);
  return found !== undefined;
}
