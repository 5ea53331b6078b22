import { stableLayout } from '../../abi/stable-layout.ts';
import { partial, supported, unsupported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import type { DeviceModel } from '../../domain/device-model.ts';
import type { Domain } from '../../domain/domain.ts';
import { shutdownDomain } from '../../domain/lifecycle.ts';
import { pirqsOf } from '../../domain/pirqs-of.ts';
import { errno } from '../../errno.ts';
import { dmFamily, zeroes } from './family.ts';

const nobodyHears = partial('checked, but no interrupt controller receives it');
const LAST_ISA_IRQ = 15;
const LAST_DEVICE = 31;
const LAST_INTX = 3;
const LINKS = 4;

const setPciIntx = operation({
  family: dmFamily,
  name: 'set_pci_intx_level',
  status: nobodyHears,
  argument: stableLayout('xen_dm_op_set_pci_intx_level', 'domain:u16 bus:u8 device:u8 intx:u8 level:u8'),
  bind({ field, struct }) {
    const [device, intx, level] = [field('device'), field('intx'), field('level')];
    const firstBus = zeroes(struct, 'domain', 'bus');
    return ({ view }) => {
      const fits = device.get(view) <= LAST_DEVICE && intx.get(view) <= LAST_INTX && level.get(view) <= 1;
      return firstBus(view) && fits ? 0 : -errno.EINVAL;
    };
  },
});

const setIsaIrq = operation({
  family: dmFamily,
  name: 'set_isa_irq_level',
  status: nobodyHears,
  argument: stableLayout('xen_dm_op_set_isa_irq_level', 'isa_irq:u8 level:u8'),
  bind({ field }) {
    const [irq, level] = [field('isa_irq'), field('level')];
    return ({ view }) => (irq.get(view) > LAST_ISA_IRQ || level.get(view) > 1 ? -errno.EINVAL : 0);
  },
});

const setPciLink = operation({
  family: dmFamily,
  name: 'set_pci_link_route',
  status: nobodyHears,
  argument: stableLayout('xen_dm_op_set_pci_link_route', 'link:u8 isa_irq:u8'),
  bind({ field }) {
    const [link, irq] = [field('link'), field('isa_irq')];
    return ({ view }) => (link.get(view) >= LINKS || irq.get(view) > LAST_ISA_IRQ ? -errno.EINVAL : 0);
  },
});

/** At most one event waits for each virtual CPU. The virtual CPU would take it when it runs, which it does not here. */
const injectEvent = operation({
  family: dmFamily,
  name: 'inject_event',
  status: partial('the event stays pending: no virtual CPU executes'),
  argument: stableLayout(
    'xen_dm_op_inject_event',
    'vcpuid:u32 vector:u8 type:u8 insn_len:u8 pad0:u8 error_code:u32 pad1:u32 cr2:u64',
  ),
  bind({ field, struct }) {
    const vcpuid = field('vcpuid');
    const padded = zeroes(struct, 'pad0', 'pad1');
    return ({ domain, model, view }) => {
      const id = vcpuid.get(view);
      if (!padded(view) || domain.vcpus[id] === undefined) return -errno.EINVAL;
      if (model.injected.has(id)) return -errno.EBUSY;
      model.injected.add(id);
      return 0;
    };
  },
});

/** Delivery modes of a message (PCI, message data). */
const FIXED = 0;
const LOWEST_PRIORITY = 1;

/** The number of the emulated interrupt that a message without a vector is for: bits 12 to 19 of its address and 40 to 63 of it. */
const pirqIn = (low: number, high: number): number => (high & 0xffffff00) | ((low >>> 12) & 0xff);

const injectMsi = operation({
  family: dmFamily,
  name: 'inject_msi',
  status: nobodyHears,
  argument: stableLayout('xen_dm_op_inject_msi', 'data:u32 pad:u32 addr:u64'),
  bind({ field, struct }) {
    const [data, address] = [field('data'), field('addr')];
    const padded = zeroes(struct, 'pad');

    /** A domain's messages without a vector have one number: the first that is used. */
    const toPirq = (domain: Domain, model: DeviceModel, pirq: number): number => {
      if (pirq <= 0) return -errno.ERANGE;
      if (pirq >= pirqsOf(domain)) return -errno.EINVAL;
      model.messagePirq ??= pirq;
      return model.messagePirq === pirq ? 0 : -errno.EBUSY;
    };

    return ({ domain, model, view }) => {
      if (!padded(view)) return -errno.EINVAL;
      const message = data.get(view);
      if ((message & 0xff) === 0) {
        const at = address.getBig(view);
        return toPirq(domain, model, pirqIn(Number(at & 0xffffffffn), Number(at >> 32n)));
      }
      const mode = (message >> 8) & 7;
      if (mode === LOWEST_PRIORITY) return -errno.ESRCH; // no virtual CPU has its interrupt controller on
      return mode === FIXED ? 0 : -errno.EINVAL;
    };
  },
});

const remoteShutdown = operation({
  family: dmFamily,
  name: 'remote_shutdown',
  status: supported,
  argument: stableLayout('xen_dm_op_remote_shutdown', 'reason:u32'),
  bind({ field }) {
    const reason = field('reason');
    return ({ hypervisor, domain, view }) => {
      shutdownDomain(hypervisor, domain, reason.get(view));
      return 0;
    };
  },
});

const nrVcpus = operation({
  family: dmFamily,
  name: 'nr_vcpus',
  status: supported,
  argument: stableLayout('xen_dm_op_nr_vcpus', 'vcpus:u32'),
  copies: 'both',
  bind({ field }) {
    const vcpus = field('vcpus');
    return ({ domain, view }) => {
      vcpus.set(view, domain.maxVcpus);
      return 0;
    };
  },
});

const setIrqLevel = operation({
  family: dmFamily,
  name: 'set_irq_level',
  status: unsupported('EOPNOTSUPP', 'of Arm'),
});

export const interruptOperations = [
  setPciIntx,
  setIsaIrq,
  setPciLink,
  injectEvent,
  injectMsi,
  remoteShutdown,
  nrVcpus,
  setIrqLevel,
];
