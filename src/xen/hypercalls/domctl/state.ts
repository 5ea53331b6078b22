import { behaves } from '../../abi/behaviour.ts';
import { valueOfRelease } from '../../abi/value-of-release.ts';
import { partial, supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { destroyDomain, pauseDomain, resumeDomain, unpauseDomain } from '../../domain/lifecycle.ts';
import { isGlobalVirq } from '../../domain/virq.ts';
import { errno } from '../../errno.ts';
import { domctlFamily } from './family.ts';

/** Xen's arbitrary limit, so that the count cannot overflow. */
const MAX_PAUSES = 255;

const pausedomain = operation({
  family: domctlFamily,
  name: 'pausedomain',
  status: supported,
  handler: (request) => {
    if (request.self) return -errno.EINVAL;
    if (request.domain.controllerPauseCount >= MAX_PAUSES) return -errno.EOVERFLOW;
    pauseDomain(request.hypervisor, request.domain);
    return 0;
  },
});

const unpausedomain = operation({
  family: domctlFamily,
  name: 'unpausedomain',
  status: supported,
  handler: (request) => {
    if (request.domain.controllerPauseCount === 0) return -errno.EINVAL;
    unpauseDomain(request.hypervisor, request.domain);
    return 0;
  },
});

const resumedomain = operation({
  family: domctlFamily,
  name: 'resumedomain',
  status: supported,
  handler: (request) => {
    if (request.self) return -errno.EINVAL;
    resumeDomain(request.hypervisor, request.domain);
    return 0;
  },
});

const destroydomain = operation({
  family: domctlFamily,
  name: 'destroydomain',
  status: supported,
  handler: (request) => {
    if (request.self) return -errno.EINVAL;
    destroyDomain(request.hypervisor, request.domain);
    return 0;
  },
});

/** XEN_DOMCTL_soft_reset: a domain that shut itself down starts over, with its memory. */
const softReset = (name: string) =>
  operation({
    family: domctlFamily,
    name,
    status: partial('the guest does not start again'),
    handler: (request) => {
      if (request.self || !request.domain.shutDown) return -errno.EINVAL;
      // Xen has no such reset for a PV domain, and crashes it, although it is shut down already.
      if (!request.domain.isHvm) {
        const { abi, console } = request.hypervisor;
        console.printk(`domain_crash called from ${valueOfRelease(abi, 'softResetCrash')}\n`);
        return -errno.EINVAL;
      }
      resumeDomain(request.hypervisor, request.domain);
      return 0;
    },
  });
const soft_reset = softReset('soft_reset');
const soft_reset_cont = softReset('soft_reset_cont');

const setdomainhandle = operation({
  family: domctlFamily,
  name: 'setdomainhandle',
  status: supported,
  argument: 'setdomainhandle',
  bind({ field }) {
    const { offset, size } = field('handle');
    return ({ domain, bytes }) => {
      domain.handle = bytes.slice(offset, offset + size);
      return 0;
    };
  },
});

const setdebugging = operation({
  family: domctlFamily,
  name: 'setdebugging',
  status: supported,
  argument: 'setdebugging',
  bind({ field }) {
    const enable = field('enable');
    return (request) => {
      if (request.self) return -errno.EINVAL;
      request.domain.debuggerAttached = enable.get(request.view) !== 0;
      return 0;
    };
  },
});

const settimeoffset = operation({
  family: domctlFamily,
  name: 'settimeoffset',
  status: supported,
  argument: 'settimeoffset',
  bind({ field }) {
    const seconds = field('time_offset_seconds');
    return ({ domain, view }) => {
      domain.timeOffsetSeconds = Number(BigInt.asIntN(64, seconds.getBig(view)));
      return 0;
    };
  },
});

const subscribe = operation({
  family: domctlFamily,
  name: 'subscribe',
  status: supported,
  argument: 'subscribe',
  bind({ field }) {
    const port = field('port');
    return ({ domain, view }) => {
      domain.suspendPort = port.get(view);
      return 0;
    };
  },
});

const set_target = operation({
  family: domctlFamily,
  name: 'set_target',
  status: supported,
  argument: 'set_target',
  bind({ abi, field }) {
    const targetSetFirst = behaves(abi, 'targetSetFirst');
    const target = field('target');
    return ({ domain, view, hypervisor }) => {
      const guest = hypervisor.domains.get(target.get(view));
      if (guest === undefined) return -errno.ESRCH;
      if (guest === domain || (targetSetFirst && domain.target !== undefined)) return -errno.EINVAL;
      if (!guest.isHvm) return -errno.EOPNOTSUPP;
      if (domain.target !== undefined) return -errno.EINVAL;
      domain.target = guest;
      guest.references += 1;
      return 0;
    };
  },
});

const set_virq_handler = operation({
  family: domctlFamily,
  name: 'set_virq_handler',
  status: supported,
  argument: 'set_virq_handler',
  bind({ field }) {
    const virqField = field('virq');
    return ({ domain, view, hypervisor }) => {
      const virq = virqField.get(view);
      if (!isGlobalVirq(virq)) return -errno.EINVAL;
      hypervisor.virqHandlers.set(virq, domain.id);
      return 0;
    };
  },
});

/** XEN_DOMCTL_SENDTRIGGER_*. */
const NMI = 0;
const POWER = 3;
const SLEEP = 4;

const sendtrigger = operation({
  family: domctlFamily,
  name: 'sendtrigger',
  status: supported,
  argument: 'sendtrigger',
  bind({ field }) {
    const triggerField = field('trigger');
    const vcpu = field('vcpu');
    return ({ domain, view, hypervisor }) => {
      const trigger = triggerField.get(view);
      if (domain.vcpus[vcpu.get(view)] === undefined) return -errno.ESRCH;
      if (trigger !== NMI && trigger !== POWER && trigger !== SLEEP) return -errno.ENOSYS;
      if (trigger !== NMI && !domain.isHvm) return -errno.EINVAL;
      hypervisor.hooks.triggered.run(domain, trigger === NMI ? 'nmi' : trigger === POWER ? 'power' : 'sleep');
      return 0;
    };
  },
});

const set_address_size = operation({
  family: domctlFamily,
  name: 'set_address_size',
  status: supported,
  argument: 'address_size',
  bind({ abi, field }) {
    const size = field('size');
    const has32BitPv = behaves(abi, 'pv32');
    return ({ domain, view }) => {
      if (domain.isHvm) return -errno.EOPNOTSUPP;
      const bits = size.get(view);
      if (bits === domain.addressSize) return 0;
      if (bits !== 32) return -errno.EINVAL;
      if (!has32BitPv) return -errno.EOPNOTSUPP;
      if (domain.totPages > 0) return -errno.EACCES;
      domain.addressSize = 32;
      return 0;
    };
  },
});

const get_address_size = operation({
  family: domctlFamily,
  name: 'get_address_size',
  status: supported,
  argument: 'address_size',
  copies: 'both',
  bind({ field }) {
    const size = field('size');
    return (request) => {
      if (request.domain.isHvm) return -errno.EOPNOTSUPP;
      size.set(request.view, request.domain.addressSize);
      return 0;
    };
  },
});

export const stateOperations = [
  pausedomain,
  unpausedomain,
  resumedomain,
  destroydomain,
  soft_reset,
  soft_reset_cont,
  setdomainhandle,
  setdebugging,
  settimeoffset,
  subscribe,
  set_target,
  set_virq_handler,
  sendtrigger,
  set_address_size,
  get_address_size,
];
