import type { Abi } from '../../abi/abi.ts';
import { behaves } from '../../abi/behaviour.ts';
import { valueOfRelease } from '../../abi/value-of-release.ts';
import { partial } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { crashDomain } from '../../domain/lifecycle.ts';
import { pirqsOf } from '../../domain/pirqs-of.ts';
import { errno } from '../../errno.ts';
import { MAX_GFN } from '../../memory/domain-memory.ts';
import { type DomctlRequest, domctlFamily } from './family.ts';

const MAX_PORTS = 0x10000;
/** Number of ISA interrupt lines, which belong to dom0. */
const ISA_IRQS = 16;
/** Frames of a 40-bit physical address space; no device lies beyond it. */
const MAX_FRAME = 2 ** 28;
const SPACE = 2 ** 64;
/** memory_mapping maps or unmaps as many frames, and returns their number if there are more. */
const MAPPED_AT_ONCE = 64;

type Ranges = readonly (readonly [first: number, last: number])[];
const isAmong = (ranges: Ranges, start: number, end: number): boolean =>
  ranges.some(([first, last]) => start <= last && end >= first);

const hex = (number: number | bigint) => number.toString(16);

/** Frames that dom0 may not use either: of the local APIC, and of message-signalled interrupts; AMD's HyperTransport. */
const ownFramesOf = (abi: Abi): Ranges => [
  [0xfee00, behaves(abi, 'interruptFramesPermitted') ? 0xfee00 : 0xfeeff],
  [0xfd00000, 0xfffffff],
];

/** Ports that dom0 may not use either: interrupt controllers, timers, Xen's serial console, PCI's configuration data. */
const ownPorts: Ranges = [
  [0x20, 0x21],
  [0x40, 0x43],
  [0x61, 0x61],
  [0xa0, 0xa1],
  [0x3f8, 0x3ff],
  [0x608, 0x60b],
  [0xcfc, 0xcff],
];

/** The same since 4.20: those of the system's reset and gates, the FPU's error, the kind of each ISA interrupt. */
const morePorts: Ranges = [
  [0x92, 0x92],
  [0xf0, 0xf0],
  [0x4d0, 0x4d1],
  [0xcf9, 0xcf9],
];

const portsOf = (abi: Abi) => (behaves(abi, 'morePortsReserved') ? [...ownPorts, ...morePorts] : ownPorts);

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
  bind({ abi, field }) {
    const first = field('first_mfn');
    const count = field('nr_mfns');
    const allow = field('allow_access');
    const own = ownFramesOf(abi);
    return ({ domain, view }) => {
      const start = first.get(view);
      const frames = count.get(view);
      // Numbers this large are doubles: only a range from frame 0 on, or of one frame, can end at the end of the address space.
      const wraps = start + frames > SPACE || (start + frames === SPACE && start > 0 && frames !== 1);
      if (wraps || (frames === 0 && start !== 0)) return -errno.EINVAL;
      const last = start + frames - 1;
      if (frames === 0 || start + frames > MAX_FRAME || isAmong(own, start, last)) return -errno.EPERM;
      domain.memory.properties.devices.frames.set(start, last, allow.get(view) !== 0);
      return 0;
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
    const allow = field('allow_access');
    const own = portsOf(abi);
    return ({ domain, view }) => {
      const start = first.get(view);
      const end = (start + count.get(view)) >>> 0;
      if (end <= start || end > MAX_PORTS) return -errno.EINVAL;
      if (isAmong(own, start, end - 1)) return -errno.EPERM;
      domain.memory.properties.devices.ports.set(start, end - 1, allow.get(view) !== 0);
      return 0;
    };
  },
});

const ioport_mapping = operation({
  family: domctlFamily,
  name: 'ioport_mapping',
  status: notPassed,
  argument: 'ioport_mapping',
  bind({ abi, field }) {
    const own = portsOf(abi);
    const guestPort = field('first_gport');
    const machinePort = field('first_mport');
    const count = field('nr_ports');
    const add = field('add_mapping');
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
      if (isAmong(own, mport, mport + np - 1)) return -errno.EPERM;
      const adds = add.get(view) !== 0;
      console.printk(`<G><2>ioport_map:${adds ? 'add' : 'remove'}: dom${domain.id} ${range}\n`);
      domain.memory.properties.devices.ports.set(mport, mport + np - 1, adds);
      return 0;
    };
  },
});

/** The guest frame `gfn` shows a device's frame: 0 or -errno. If the frame shows another device already, the domain crashes. */
function showDevice({ domain, hypervisor, call }: DomctlRequest, gfn: number, mfn: number): number {
  if (gfn > MAX_GFN) return -errno.ENOENT;
  const before = domain.memory.properties.device(gfn);
  if (before !== undefined && before !== mfn) {
    const change = `(0x${hex(before)},0,5,7) -> (0x${hex(mfn)},0,5,7)`;
    hypervisor.console.printk(`<G><0>d${domain.id}: GFN 0x${hex(gfn)} ${change} not permitted\n`);
    crashDomain(hypervisor, domain, call.domain, valueOfRelease(hypervisor.abi, 'deviceFrameCrash'));
    return -errno.EPERM;
  }
  domain.memory.showDevice(gfn, mfn);
  return 0;
}

const memory_mapping = operation({
  family: domctlFamily,
  name: 'memory_mapping',
  status: partial('a device has no registers'),
  argument: 'memory_mapping',
  bind({ abi, field }) {
    const guestFrame = field('first_gfn');
    const machineFrame = field('first_mfn');
    const count = field('nr_mfns');
    const add = field('add_mapping');
    const pvIgnored = behaves(abi, 'memoryMappingOfPvIgnored');
    const own = ownFramesOf(abi);
    return (request) => {
      const { domain, view, hypervisor } = request;
      const frames = count.get(view);
      const mfn = machineFrame.get(view);
      if (frames === 0 || mfn + frames > MAX_FRAME) return -errno.EINVAL;
      if (guestFrame.getBig(view) + BigInt(frames) > BigInt(SPACE)) return -errno.EINVAL;
      if (pvIgnored && !domain.isHvm) return 0;
      const last = mfn + frames - 1;
      const { devices } = domain.memory.properties;
      if (isAmong(own, mfn, last)) return -errno.EPERM;
      if (!domain.privileged && !devices.frames.contains(mfn, last)) return -errno.EPERM;
      const adds = add.get(view) !== 0;
      const who = `${pvIgnored ? 'd' : 'dom'}${domain.id}`;
      const range = `${who} gfn=${hex(guestFrame.getBig(view))} mfn=${hex(mfn)} nr=${hex(frames)}`;
      const { console } = hypervisor;
      console.printk(`<G><2>memory_map:${adds ? 'add' : 'remove'}: ${range}\n`);
      if (!domain.isHvm) return 0;
      const gfn = guestFrame.get(view);
      let failure = 0;
      let done = 0;
      while (done < Math.min(frames, MAPPED_AT_ONCE) && failure === 0) {
        if (adds) failure = showDevice(request, gfn + done, mfn + done);
        else if (!devices.shown.delete(gfn + done)) failure = -errno.EINVAL;
        if (failure === 0) done += 1;
      }
      if (done > 0) return done === frames ? 0 : done;
      if (adds) console.printk(`<G><1>memory_map:fail: ${range} ret:${failure}\n`);
      else console.printk(`<0>memory_map: error ${failure} removing ${who} access to [${hex(mfn)},${hex(last)}]\n`);
      return failure;
    };
  },
});

/** bind_pt_irq and unbind_pt_irq: of an HVM domain's line. Without an IOMMU, nothing can be bound. */
const ptIrq = (name: string, without: number, says: string | undefined) =>
  operation({
    family: domctlFamily,
    name,
    status: partial('the machine has no IOMMU'),
    argument: 'bind_pt_irq',
    bind({ abi, field }) {
      const irq = field('machine_irq');
      const prints = says !== undefined && behaves(abi, 'failedBindPrinted');
      return ({ domain, view, hypervisor }) => {
        if (!domain.isHvm) return -errno.EINVAL;
        if (domain.pirqs?.isLine(irq.get(view)) !== true) return -errno.EPERM;
        if (prints) hypervisor.console.printk(`<G><0>${says} (${without}) for dom${domain.id}\n`);
        return without;
      };
    },
  });
const bind_pt_irq = ptIrq('bind_pt_irq', -errno.ESRCH, 'pt_irq_create_bind failed');
const unbind_pt_irq = ptIrq('unbind_pt_irq', 0, undefined);

export const permissionOperations = [
  irq_permission,
  iomem_permission,
  ioport_permission,
  ioport_mapping,
  memory_mapping,
  bind_pt_irq,
  unbind_pt_irq,
];
