import { stableLayout } from '../../abi/stable-layout.ts';
import { partial, supported, unsupported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { GSIS } from '../../domain/pirqs.ts';
import { pirqsOf } from '../../domain/pirqs-of.ts';
import { errno } from '../../errno.ts';
import { noDevices, physdevFamily } from './family.ts';

// Interrupt lines, the IO-APIC, and the I/O privileges of a PV kernel.

/** The machine's only IO-APIC. */
const IOAPIC_BASE = 0xfec00000;
/** Its register 1: version 0x20 with 24 entries. */
const IOAPIC_VERSION = 0x00170020;
/** The first line of the IO-APIC, masked: its register 16. */
const REDIRECTION_0 = 0x10;
const MASKED = 0x10000;
const IRQSTAT_NEEDS_EOI = 1;
/** Number of I/O ports. */
const PORTS = 65536;

const apic = stableLayout('physdev_apic', 'apic_physbase:u64 reg:u32 value:u32');
const irq = stableLayout('physdev_irq', 'irq:u32 vector:u32');
const eoiGmfn = stableLayout('physdev_pirq_eoi_gmfn', 'gmfn:u64');
const removed = unsupported('ENOSYS', 'has been removed from Xen');

const irqStatusQuery = operation({
  family: physdevFamily,
  name: 'irq_status_query',
  status: supported,
  forHvm: true,
  argument: stableLayout('physdev_irq_status_query', 'irq:u32 flags:u32'),
  copies: 'both',
  bind({ field }) {
    const [pirq, flags] = [field('irq'), field('flags')];
    return ({ caller, view }) => {
      if (pirq.get(view) >= pirqsOf(caller)) return -errno.EINVAL;
      flags.set(view, IRQSTAT_NEEDS_EOI);
      return 0;
    };
  },
});

const eoi = operation({
  family: physdevFamily,
  name: 'eoi',
  status: noDevices,
  forHvm: true,
  argument: stableLayout('physdev_eoi', 'irq:u32'),
  handler: () => -errno.EINVAL,
});

const pirqEoiGmfn = (name: 'pirq_eoi_gmfn_v1' | 'pirq_eoi_gmfn_v2') =>
  operation({ family: physdevFamily, name, status: noDevices, argument: eoiGmfn, handler: () => -errno.EINVAL });

/** The name of the first of them in Xen 4.0. */
const firstPirqEoiGmfn = operation({ family: physdevFamily, name: 'pirq_eoi_gmfn', status: removed, copies: 'itself' });

/** Used by old kernels. */
const irqUnmaskNotify = operation({
  family: physdevFamily,
  name: 'IRQ_UNMASK_NOTIFY',
  status: supported,
  handler: () => 0,
});

const setIopl = operation({
  family: physdevFamily,
  name: 'set_iopl',
  status: partial('has no effect on the caller'),
  argument: stableLayout('physdev_set_iopl', 'iopl:u32'),
  bind({ field }) {
    const iopl = field('iopl');
    return ({ view }) => (iopl.get(view) > 3 ? -errno.EINVAL : 0);
  },
});

const setIobitmap = operation({
  family: physdevFamily,
  name: 'set_iobitmap',
  status: partial('has no effect on the caller'),
  argument: stableLayout('physdev_set_iobitmap', 'bitmap:u64 nr_ports:u32'),
  bind({ field }) {
    const ports = field('nr_ports');
    return ({ view }) => (ports.get(view) > PORTS ? -errno.EINVAL : 0);
  },
});

const apicRead = operation({
  family: physdevFamily,
  name: 'apic_read',
  status: partial('only the first line has content'),
  privileged: true,
  argument: apic,
  copies: 'both',
  bind({ field }) {
    const [base, register, value] = [field('apic_physbase'), field('reg'), field('value')];
    return ({ view }) => {
      if (base.get(view) !== IOAPIC_BASE) return -errno.EINVAL;
      const asked = register.get(view);
      value.set(view, asked === 1 ? IOAPIC_VERSION : asked === REDIRECTION_0 ? MASKED : 0);
      return 0;
    };
  },
});

const apicWrite = operation({
  family: physdevFamily,
  name: 'apic_write',
  status: partial('stores nothing'),
  privileged: true,
  argument: apic,
  bind({ field }) {
    const base = field('apic_physbase');
    return ({ view }) => (base.get(view) === IOAPIC_BASE ? 0 : -errno.EINVAL);
  },
});

const allocIrqVector = operation({
  family: physdevFamily,
  name: 'alloc_irq_vector',
  status: supported,
  privileged: true,
  argument: irq,
  copies: 'both',
  bind({ field }) {
    const [line, vector] = [field('irq'), field('vector')];
    return ({ view }) => {
      vector.set(view, line.get(view));
      return 0;
    };
  },
});

const freeIrqVector = operation({
  family: physdevFamily,
  name: 'free_irq_vector',
  status: removed,
  argument: irq,
  copies: 'itself',
});

const setupGsi = operation({
  family: physdevFamily,
  name: 'setup_gsi',
  status: noDevices,
  argument: stableLayout('physdev_setup_gsi', 'gsi:u32 triggering:u8 polarity:u8'),
  bind({ field }) {
    const gsi = field('gsi');
    return ({ caller, hypervisor, view }) => {
      const line = gsi.get(view);
      const { programmedLines } = hypervisor.hardware;
      if (line >= GSIS) return -errno.EINVAL;
      if (!caller.privileged) return -errno.EPERM;
      if (programmedLines.has(line)) return -errno.EEXIST;
      programmedLines.add(line);
      return 0;
    };
  },
});

export const interruptOperations = [
  irqStatusQuery,
  eoi,
  pirqEoiGmfn('pirq_eoi_gmfn_v1'),
  pirqEoiGmfn('pirq_eoi_gmfn_v2'),
  firstPirqEoiGmfn,
  irqUnmaskNotify,
  setIopl,
  setIobitmap,
  apicRead,
  apicWrite,
  allocIrqVector,
  freeIrqVector,
  setupGsi,
];
