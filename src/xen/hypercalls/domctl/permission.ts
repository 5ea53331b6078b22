import { behaves } from '../../abi/behaviour.ts';
import { partial } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { pirqsOf } from '../../domain/pirqs-of.ts';
import { errno } from '../../errno.ts';
import { domctlFamily } from './family.ts';

const MAX_PORTS = 0x10000;
/** Number of ISA interrupt lines, which belong to dom0. */
const ISA_IRQS = 16;
/** Frames of a 40-bit physical address space; no device lies beyond it. */
const MAX_FRAME = 2 ** 28;
const SPACE = 2 ** 64;
/** Frames of the local APIC and of message-signalled interrupts, which Xen reserves for itself. */
const FIRST_MSI = 0xfee00;
const LAST_MSI = 0xfeeff;

/** Ports that dom0 may not use either: interrupt controllers, timers, Xen's serial console, PCI's configuration data. */
const ownPorts = [
  [0x20, 0x21],
  [0x40, 0x43],
  [0x61, 0x61],
  [0xa0, 0xa1],
  [0x3f8, 0x3ff],
  [0x608, 0x60b],
  [0xcfc, 0xcff],
] as const;

/** The same since 4.20: those of the system's reset and gates, the FPU's error, the kind of each ISA interrupt. */
const morePorts = [
  [0x92, 0x92],
  [0xf0, 0xf0],
  [0x4d0, 0x4d1],
  [0xcf9, 0xcf9],
] as const;

const notPassed = partial('accepted; no simulated guest uses a device');

const irq_permission = operation({
  family: domctlFamily,
  name: 'irq_permission',
  status: notPassed,
  argument: 'irq_permission',
  bind({ field }) {
    const pirqField = field('pirq');
    return ({ view, call }) => {
      const pirq = pirqField.get(view);
      if (pirq >= pirqsOf(call.domain)) return -errno.EINVAL;
      return pirq === 0 || pirq >= ISA_IRQS ? -errno.EPERM : 0;
    };
  },
});

const iomem_permission = operation({
  family: domctlFamily,
  name: 'iomem_permission',
  status: notPassed,
  argument: 'iomem_permission',
  bind({ field }) {
    const first = field('first_mfn');
    const count = field('nr_mfns');
    return ({ view }) => {
      const start = first.get(view);
      const frames = count.get(view);
      // Numbers this large are doubles: only a range from frame 0 on, or of one frame, can end at the end of the address space.
      const wraps = start + frames > SPACE || (start + frames === SPACE && start > 0 && frames !== 1);
      if (wraps || (frames === 0 && start !== 0)) return -errno.EINVAL;
      const last = start + frames - 1;
      const ofMsi = start <= LAST_MSI && last >= FIRST_MSI;
      return frames === 0 || ofMsi || start + frames > MAX_FRAME ? -errno.EPERM : 0;
    };
  },
});

const ioport_permission = operation({
  family: domctlFamily,
  name: 'ioport_permission',
  status: notPassed,
  argument: 'ioport_permission',
  bind({ abi, field }) {
    const first = field('first_port');
    const count = field('nr_ports');
    const own = behaves(abi, 'morePortsReserved') ? [...ownPorts, ...morePorts] : ownPorts;
    return ({ view }) => {
      const start = first.get(view);
      const end = (start + count.get(view)) >>> 0;
      if (end <= start || end > MAX_PORTS) return -errno.EINVAL;
      return own.some(([first, last]) => start <= last && end > first) ? -errno.EPERM : 0;
    };
  },
});

const ioport_mapping = operation({
  family: domctlFamily,
  name: 'ioport_mapping',
  status: notPassed,
  argument: 'ioport_mapping',
  bind({ field }) {
    const guestPort = field('first_gport');
    const machinePort = field('first_mport');
    const count = field('nr_ports');
    const add = field('add_mapping');
    const hex = (number: number) => number.toString(16);
    return ({ domain, view, hypervisor }) => {
      const { console } = hypervisor;
      const gport = guestPort.get(view);
      const mport = machinePort.get(view);
      const np = count.get(view);
      const range = `gport=${hex(gport)} mport=${hex(mport)} nr=${hex(np)}`;
      if (!domain.isHvm) {
        console.printk('<G><0>ioport_map against non-HVM domain\n');
        return -errno.EOPNOTSUPP;
      }
      if (np === 0 || gport + np > MAX_PORTS || mport + np > MAX_PORTS) {
        console.printk(`<G><0>ioport_map:invalid:dom${domain.id} ${range}\n`);
        return -errno.EINVAL;
      }
      console.printk(`<G><2>ioport_map:${add.get(view) !== 0 ? 'add' : 'remove'}: dom${domain.id} ${range}\n`);
      return 0;
    };
  },
});

const memory_mapping = operation({
  family: domctlFamily,
  name: 'memory_mapping',
  status: notPassed,
  argument: 'memory_mapping',
  bind({ abi, field }) {
    const guestFrame = field('first_gfn');
    const machineFrame = field('first_mfn');
    const count = field('nr_mfns');
    const pvIgnored = behaves(abi, 'memoryMappingOfPvIgnored');
    return ({ domain, view }) => {
      const frames = count.get(view);
      const end = machineFrame.get(view) + frames;
      if (frames === 0 || end > MAX_FRAME) return -errno.EINVAL;
      if (guestFrame.getBig(view) + BigInt(frames) > BigInt(SPACE)) return -errno.EINVAL;
      if (pvIgnored && !domain.isHvm) return 0;
      // The domain would need iomem_permission, which the model does not keep.
      return -errno.EPERM;
    };
  },
});

/** bind_pt_irq and unbind_pt_irq: only an HVM domain with a line of its own, and no domain has one. */
const ptIrq = (name: string) =>
  operation({
    family: domctlFamily,
    name,
    status: partial('no domain has a device'),
    handler: ({ domain }) => (domain.isHvm ? -errno.EPERM : -errno.EINVAL),
  });
const bind_pt_irq = ptIrq('bind_pt_irq');
const unbind_pt_irq = ptIrq('unbind_pt_irq');

export const permissionOperations = [
  irq_permission,
  iomem_permission,
  ioport_permission,
  ioport_mapping,
  memory_mapping,
  bind_pt_irq,
  unbind_pt_irq,
];
