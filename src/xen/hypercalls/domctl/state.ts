import { partial, supported } from '../../call/hypercall.ts';
import { destroyDomain, pauseDomain, resumeDomain, unpauseDomain } from '../../domain/lifecycle.ts';
import { isGlobalVirq } from '../../domain/virq.ts';
import { errno } from '../../errno.ts';
import { operation } from './operation.ts';

/** Xen's arbitrary limit, so that the count cannot overflow. */
const MAX_PAUSES = 255;

export const pausedomain = operation('pausedomain', supported, () => (request) => {
  if (request.self) return -errno.EINVAL;
  if (request.domain.controllerPauseCount >= MAX_PAUSES) return -errno.EOVERFLOW;
  pauseDomain(request.hypervisor, request.domain);
  return 0;
});

export const unpausedomain = operation('unpausedomain', supported, () => (request) => {
  if (request.domain.controllerPauseCount === 0) return -errno.EINVAL;
  unpauseDomain(request.hypervisor, request.domain);
  return 0;
});

export const resumedomain = operation('resumedomain', supported, () => (request) => {
  if (request.self) return -errno.EINVAL;
  resumeDomain(request.hypervisor, request.domain);
  return 0;
});

export const destroydomain = operation('destroydomain', supported, () => (request) => {
  if (request.self) return -errno.EINVAL;
  destroyDomain(request.hypervisor, request.domain);
  return 0;
});

/** XEN_DOMCTL_soft_reset: a domain that shut itself down starts over, with its memory. */
const softReset = (name: string) =>
  operation(name, partial('the guest does not start again'), () => (request) => {
    if (request.self || !request.domain.shutDown) return -errno.EINVAL;
    resumeDomain(request.hypervisor, request.domain);
    return 0;
  });
export const soft_reset = softReset('soft_reset');
export const soft_reset_cont = softReset('soft_reset_cont');

export const setdomainhandle = operation('setdomainhandle', supported, (struct) => {
  const { offset, size } = struct.field('u.setdomainhandle.handle');
  return ({ domain, bytes }) => {
    domain.handle = bytes.slice(offset, offset + size);
    return 0;
  };
});

export const setdebugging = operation('setdebugging', supported, (struct) => {
  const enable = struct.field('u.setdebugging.enable');
  return (request) => {
    if (request.self) return -errno.EINVAL;
    request.domain.debuggerAttached = enable.get(request.view) !== 0;
    return 0;
  };
});

export const settimeoffset = operation('settimeoffset', supported, (struct) => {
  const seconds = struct.field('u.settimeoffset.time_offset_seconds');
  return ({ domain, view }) => {
    domain.timeOffsetSeconds = Number(BigInt.asIntN(64, seconds.getBig(view)));
    return 0;
  };
});

export const subscribe = operation('subscribe', supported, (struct) => {
  const port = struct.field('u.subscribe.port');
  return ({ domain, view }) => {
    domain.suspendPort = port.get(view);
    return 0;
  };
});

export const set_target = operation('set_target', supported, (struct) => {
  const target = struct.field('u.set_target.target');
  return ({ domain, view, hypervisor }) => {
    const guest = hypervisor.domains.get(target.get(view));
    if (guest === undefined) return -errno.ESRCH;
    if (guest === domain || domain.target !== undefined) return -errno.EINVAL;
    if (!guest.isHvm) return -errno.EOPNOTSUPP;
    domain.target = guest;
    return 0;
  };
});

export const set_virq_handler = operation('set_virq_handler', supported, (struct) => {
  const field = struct.field('u.set_virq_handler.virq');
  return ({ domain, view, hypervisor }) => {
    const virq = field.get(view);
    if (!isGlobalVirq(virq)) return -errno.EINVAL;
    hypervisor.virqHandlers.set(virq, domain.id);
    return 0;
  };
});

/** XEN_DOMCTL_SENDTRIGGER_*. */
const NMI = 0;
const POWER = 3;
const SLEEP = 4;

export const sendtrigger = operation('sendtrigger', supported, (struct) => {
  const triggerField = struct.field('u.sendtrigger.trigger');
  const vcpu = struct.field('u.sendtrigger.vcpu');
  return ({ domain, view, hypervisor }) => {
    const trigger = triggerField.get(view);
    if (domain.vcpus[vcpu.get(view)] === undefined) return -errno.ESRCH;
    if (trigger !== NMI && trigger !== POWER && trigger !== SLEEP) return -errno.ENOSYS;
    if (trigger !== NMI && !domain.isHvm) return -errno.EINVAL;
    hypervisor.hooks.triggered.run(domain, trigger === NMI ? 'nmi' : trigger === POWER ? 'power' : 'sleep');
    return 0;
  };
});

export const set_address_size = operation('set_address_size', supported, (struct) => {
  const size = struct.field('u.address_size.size');
  return ({ domain, view }) => {
    if (domain.isHvm) return -errno.EOPNOTSUPP;
    const bits = size.get(view);
    if (bits === domain.addressSize) return 0;
    if (bits !== 32) return -errno.EINVAL;
    if (domain.totPages > 0) return -errno.EACCES;
    domain.addressSize = 32;
    return 0;
  };
});

export const get_address_size = operation('get_address_size', supported, (struct) => {
  const size = struct.field('u.address_size.size');
  return (request) => {
    if (request.domain.isHvm) return -errno.EOPNOTSUPP;
    size.set(request.view, request.domain.addressSize);
    request.copyBack = true;
    return 0;
  };
});
