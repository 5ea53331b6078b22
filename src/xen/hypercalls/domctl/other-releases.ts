import { partial, type Status, supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import type { Domain } from '../../domain/domain.ts';
import { virqs } from '../../domain/virq.ts';
import { errno } from '../../errno.ts';
import type { Hypervisor } from '../../hypervisor.ts';
import { domctlFamily } from './family.ts';

// Sub-operations that Xen 4.17 no longer has, or does not have yet.

/** Accepts any argument: it would affect only the execution of the guest, which the model does not do. */
const accepted = (name: string, status: Status = partial('accepted, without effect')) =>
  operation({
    family: domctlFamily,
    name,
    status,
    handler: () => 0,
  });

const arch_setup = accepted('arch_setup');
const suppress_spurious_page_faults = accepted('suppress_spurious_page_faults');
const disable_migrate = accepted('disable_migrate');
const set_machine_address_size = operation({
  family: domctlFamily,
  name: 'set_machine_address_size',
  status: supported,
  argument: 'address_size',
  bind({ field }) {
    const size = field('size');
    return ({ domain, view }) => {
      if (domain.totPages > 0) return -errno.EBUSY;
      domain.machineAddressSize = size.get(view);
      return 0;
    };
  },
});

const get_machine_address_size = operation({
  family: domctlFamily,
  name: 'get_machine_address_size',
  status: supported,
  argument: 'address_size',
  copies: 'both',
  bind({ field }) {
    const size = field('size');
    return (request) => {
      size.set(request.view, request.domain.machineAddressSize);
      return 0;
    };
  },
});

/** XEN_DOMCTL_set_cpuid: sets one leaf before the domain has run. */
const set_cpuid = operation({
  family: domctlFamily,
  name: 'set_cpuid',
  status: partial('accepted, without effect'),
  handler: (request) => {
    if (request.self) return -errno.EINVAL;
    return request.domain.creationFinished ? -errno.EEXIST : 0;
  },
});

const set_max_evtchn = operation({
  family: domctlFamily,
  name: 'set_max_evtchn',
  status: supported,
  argument: 'set_max_evtchn',
  bind({ field }) {
    const port = field('max_port');
    return ({ domain, view }) => {
      domain.maxEventChannelPort = Math.min(port.get(view), 0x7fffffff);
      return 0;
    };
  },
});

const set_gnttab_limits = operation({
  family: domctlFamily,
  name: 'set_gnttab_limits',
  status: supported,
  argument: 'set_gnttab_limits',
  bind({ field }) {
    const frames = field('grant_frames');
    const maptrack = field('maptrack_frames');
    return ({ domain, view }) => {
      if (frames.get(view) < 1) return -errno.EINVAL;
      domain.maxGrantFrames = frames.get(view);
      domain.maxMaptrackFrames = maptrack.get(view);
      return 0;
    };
  },
});

/** Cache colouring, which only Arm has. */
const set_llc_colors = operation({
  family: domctlFamily,
  name: 'set_llc_colors',
  status: supported,
  argument: 'set_llc_colors',
  bind({ field }) {
    const pad = field('pad');
    return ({ view }) => (pad.get(view) !== 0 ? -errno.EINVAL : -errno.EOPNOTSUPP);
  },
});

/** Lines of the machine's IO-APIC. */
const GSIS = 24;

const gsi_permission = operation({
  family: domctlFamily,
  name: 'gsi_permission',
  status: partial('accepted; no simulated guest uses a device'),
  argument: 'gsi_permission',
  bind({ field }) {
    const gsi = field('gsi');
    const flags = field('flags');
    return ({ view }) => {
      if ((flags.get(view) & ~1) !== 0) return -errno.EINVAL;
      const line = gsi.get(view);
      if (line >= GSIS) return -errno.ERANGE;
      return line === 0 ? -errno.EINVAL : 0; // the timer's
    };
  },
});

function handlesDomainExceptions(hypervisor: Hypervisor, domain: Domain): boolean {
  const handler = hypervisor.virqHandlers.get(virqs.domExc) ?? 0;
  return domain.id === handler && domain.eventChannels.isVirqBound(virqs.domExc, 0);
}

/** XEN_DOMCTL_GETDOMSTATE_STATE_*, _CAP_*. */
const state = { exists: 1, shutdown: 2, dying: 4, dead: 8 } as const;
const CAP_CONTROL = 1;
const CAP_HARDWARE = 2;

/**
 * XEN_DOMCTL_get_domain_state (4.21): a stable operation, so its interface version is 0. For DOMID_INVALID it reports a domain that has
 * changed, each change once, and only to the domain that handles VIRQ_DOM_EXC.
 */
const get_domain_state = operation({
  family: domctlFamily,
  name: 'get_domain_state',
  status: supported,
  target: 'optional',
  interfaceVersion: 0,
  argument: 'get_domain_state',
  copies: 'both',
  bind({ field, struct }) {
    const id = struct.field('domain');
    const stateField = field('state');
    const caps = field('caps');
    const pad = field('pad0');
    const unique = field('unique_id');
    return (request) => {
      const { view, hypervisor, caller } = request;
      if (!caller.privileged) return -errno.EPERM;
      if (pad.get(view) !== 0) return -errno.EINVAL;
      if (request.isWithoutDomain) {
        if (!handlesDomainExceptions(hypervisor, caller)) return -errno.EACCES;
        const changed = hypervisor.changedDomains.take();
        if (changed === undefined) return -errno.ENOENT;
        id.set(view, changed);
      }
      const domain = hypervisor.domains.get(id.get(view));
      if (domain === undefined) {
        for (const field of [stateField, caps, unique]) field.set(view, 0); // it is gone
        return 0;
      }
      const { dying } = domain;
      stateField.set(
        view,
        state.exists |
          (domain.shutDown ? state.shutdown : 0) |
          (dying === 'dying' ? state.dying : 0) |
          (dying === 'dead' ? state.dead : 0),
      );
      caps.set(view, domain.id === 0 ? CAP_CONTROL | CAP_HARDWARE : 0);
      unique.set(view, domain.serial);
      return 0;
    };
  },
});

export const otherReleasesOperations = [
  arch_setup,
  suppress_spurious_page_faults,
  disable_migrate,
  set_machine_address_size,
  get_machine_address_size,
  set_cpuid,
  set_max_evtchn,
  set_gnttab_limits,
  set_llc_colors,
  gsi_permission,
  get_domain_state,
];
