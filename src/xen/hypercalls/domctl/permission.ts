import { partial } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { pirqsOf } from '../../domain/pirqs-of.ts';
import { errno } from '../../errno.ts';
import { domctlFamily } from './family.ts';

const MAX_PORTS = 0x10000;
/** Interrupt lines of the ISA bus, which are dom0's. */
const ISA_IRQS = 16;
/** Frames of a 40-bit physical address space: beyond it no device is. */
const MAX_FRAME = 2 ** 28;
const SPACE = 2 ** 64;

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
      return frames === 0 ? (start === 0 ? 0 : -errno.EINVAL) : start + frames > SPACE ? -errno.EINVAL : 0;
    };
  },
});

const ioport_permission = operation({
  family: domctlFamily,
  name: 'ioport_permission',
  status: notPassed,
  argument: 'ioport_permission',
  bind({ field }) {
    const first = field('first_port');
    const count = field('nr_ports');
    return ({ view }) => {
      const start = first.get(view);
      const end = (start + count.get(view)) >>> 0;
      return end <= start || end > MAX_PORTS ? -errno.EINVAL : 0;
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
  bind({ field }) {
    const guestFrame = field('first_gfn');
    const machineFrame = field('first_mfn');
    const count = field('nr_mfns');
    return ({ view }) => {
      const frames = count.get(view);
      const end = machineFrame.get(view) + frames;
      if (frames === 0 || end > MAX_FRAME || guestFrame.get(view) + frames > SPACE) return -errno.EINVAL;
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
