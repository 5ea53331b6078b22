import type { Field } from '../../abi/layout.ts';
import { anyDomain, mayTarget } from '../../call/domid.ts';
import { supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { DOMID_SELF } from '../../domain/domain.ts';
import { errno } from '../../errno.ts';
import { eventChannelFamily } from './family.ts';

// Operations that allocate a port, and bind_vcpu, which moves a port to another virtual CPU.

/** Returns an allocated port to the caller. `port`: the port, or -errno. */
function returnPort(port: number, field: Field, view: DataView): number {
  if (port < 0) return port;
  field.set(view, port);
  return 0;
}

const allocUnbound = operation({
  family: eventChannelFamily,
  name: 'alloc_unbound',
  status: supported,
  argument: 'evtchn_alloc_unbound',
  copies: 'both',
  bind({ field }) {
    const [dom, remoteDom, port] = [field('dom'), field('remote_dom'), field('port')];
    return ({ call, caller, view }) => {
      const domain = anyDomain(call, dom.get(view));
      if (domain === undefined) return -errno.ESRCH;
      if (!mayTarget(caller, domain)) return -errno.EPERM;
      const remote = remoteDom.get(view);
      return returnPort(domain.eventChannels.allocUnbound(remote === DOMID_SELF ? caller.id : remote), port, view);
    };
  },
});

const bindInterdomain = operation({
  family: eventChannelFamily,
  name: 'bind_interdomain',
  status: supported,
  argument: 'evtchn_bind_interdomain',
  copies: 'both',
  bind({ field }) {
    const [remoteDom, remotePort, port] = [field('remote_dom'), field('remote_port'), field('local_port')];
    return ({ call, caller, view }) => {
      const remote = anyDomain(call, remoteDom.get(view));
      if (remote === undefined) return -errno.ESRCH;
      return returnPort(caller.eventChannels.bindInterdomain(remote, remotePort.get(view)), port, view);
    };
  },
});

const bindVirq = operation({
  family: eventChannelFamily,
  name: 'bind_virq',
  status: supported,
  argument: 'evtchn_bind_virq',
  copies: 'both',
  bind({ field }) {
    const [virq, vcpu, port] = [field('virq'), field('vcpu'), field('port')];
    return ({ caller, view }) => returnPort(caller.eventChannels.bindVirq(virq.get(view), vcpu.get(view)), port, view);
  },
});

const bindPirq = operation({
  family: eventChannelFamily,
  name: 'bind_pirq',
  status: supported,
  argument: 'evtchn_bind_pirq',
  copies: 'both',
  bind({ field }) {
    const [pirq, port] = [field('pirq'), field('port')];
    return ({ caller, view }) => returnPort(caller.eventChannels.bindPirq(pirq.get(view)), port, view);
  },
});

const bindIpi = operation({
  family: eventChannelFamily,
  name: 'bind_ipi',
  status: supported,
  argument: 'evtchn_bind_ipi',
  copies: 'both',
  bind({ field }) {
    const [vcpu, port] = [field('vcpu'), field('port')];
    return ({ caller, view }) => returnPort(caller.eventChannels.bindIpi(vcpu.get(view)), port, view);
  },
});

const bindVcpu = operation({
  family: eventChannelFamily,
  name: 'bind_vcpu',
  status: supported,
  argument: 'evtchn_bind_vcpu',
  bind({ field }) {
    const [port, vcpu] = [field('port'), field('vcpu')];
    return ({ caller, view }) => caller.eventChannels.bindVcpu(port.get(view), vcpu.get(view));
  },
});

export const bindingOperations = [allocUnbound, bindInterdomain, bindVirq, bindPirq, bindIpi, bindVcpu];
