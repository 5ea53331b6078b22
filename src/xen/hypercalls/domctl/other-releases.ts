import { partial, type Status, supported } from '../../call/hypercall.ts';
import { errno } from '../../errno.ts';
import { type OperationMaker, operation } from './operation.ts';

// Sub-operations that Xen 4.17 has no more, or not yet.

/** Takes any argument; the guest that it would matter to does not execute. */
const accepted = (name: string, status: Status = partial('accepted, without effect')): OperationMaker =>
  operation(name, status, () => () => 0);

export const arch_setup = accepted('arch_setup');
export const suppress_spurious_page_faults = accepted('suppress_spurious_page_faults');
export const disable_migrate = accepted('disable_migrate');
export const set_machine_address_size = operation('set_machine_address_size', supported, (struct) => {
  const size = struct.field('u.address_size.size');
  return ({ domain, view }) => {
    if (domain.totPages > 0) return -errno.EBUSY;
    domain.machineAddressSize = size.get(view);
    return 0;
  };
});

export const get_machine_address_size = operation('get_machine_address_size', supported, (struct) => {
  const size = struct.field('u.address_size.size');
  return (request) => {
    size.set(request.view, request.domain.machineAddressSize);
    request.copyBack = true;
    return 0;
  };
});

/** XEN_DOMCTL_set_cpuid: one leaf, before the domain ran. */
export const set_cpuid = operation('set_cpuid', partial('accepted, without effect'), () => (request) => {
  if (request.self) return -errno.EINVAL;
  return request.domain.creationFinished ? -errno.EEXIST : 0;
});

export const set_max_evtchn = operation('set_max_evtchn', supported, (struct) => {
  const port = struct.field('u.set_max_evtchn.max_port');
  return ({ domain, view }) => {
    domain.maxEventChannelPort = Math.min(port.get(view), 0x7fffffff);
    return 0;
  };
});

export const set_gnttab_limits = operation('set_gnttab_limits', supported, (struct) => {
  const frames = struct.field('u.set_gnttab_limits.grant_frames');
  const maptrack = struct.field('u.set_gnttab_limits.maptrack_frames');
  return ({ domain, view }) => {
    if (frames.get(view) < 1) return -errno.EINVAL;
    domain.maxGrantFrames = frames.get(view);
    domain.maxMaptrackFrames = maptrack.get(view);
    return 0;
  };
});

/** Cache colours: Arm's. */
export const set_llc_colors = operation('set_llc_colors', supported, () => () => -errno.EOPNOTSUPP);

const ISA_IRQS = 16;

export const gsi_permission = operation(
  'gsi_permission',
  partial('accepted; no simulated guest uses a device'),
  (struct) => {
    const gsi = struct.field('u.gsi_permission.gsi');
    const flags = struct.field('u.gsi_permission.flags');
    return ({ view }) => {
      if ((flags.get(view) & ~1) !== 0) return -errno.EINVAL;
      return gsi.get(view) < ISA_IRQS ? 0 : -errno.EINVAL;
    };
  },
);

/** XEN_DOMCTL_GETDOMSTATE_STATE_*, _CAP_*. */
const state = { exists: 1, shutdown: 2, dying: 4, dead: 8 } as const;
const CAP_CONTROL = 1;
const CAP_HARDWARE = 2;

/** XEN_DOMCTL_get_domain_state (4.21): the stable one, whose interface version is 0. */
export const get_domain_state: OperationMaker = {
  name: 'get_domain_state',
  make(struct) {
    const field = (name: string) => struct.field(`u.get_domain_state.${name}`);
    const id = struct.field('domain');
    const stateField = field('state');
    const caps = field('caps');
    const pad = field('pad0');
    const unique = field('unique_id');
    return {
      name: 'get_domain_state',
      status: partial('of a domain that is named, not of "any that changed"'),
      target: 'none',
      stable: true,
      perform(request) {
        const { view, hypervisor } = request;
        if (pad.get(view) !== 0) return -errno.EINVAL;
        const domain = hypervisor.domains.get(id.get(view));
        if (domain === undefined) return -errno.ENOENT;
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
        request.copyBack = true;
        return 0;
      },
    };
  },
};
