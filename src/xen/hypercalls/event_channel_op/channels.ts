import { anyDomain, mayTarget } from '../../call/domid.ts';
import { supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { channelStates } from '../../domain/event-channels.ts';
import { errno } from '../../errno.ts';
import { eventChannelFamily } from './family.ts';

// Operations on existing channels.

const close = operation({
  family: eventChannelFamily,
  name: 'close',
  status: supported,
  argument: 'evtchn_close',
  bind({ field }) {
    const port = field('port');
    return ({ caller, view }) => caller.eventChannels.close(port.get(view));
  },
});

const send = operation({
  family: eventChannelFamily,
  name: 'send',
  status: supported,
  argument: 'evtchn_send',
  bind({ field }) {
    const port = field('port');
    return ({ caller, view }) => caller.eventChannels.send(port.get(view));
  },
});

const unmask = operation({
  family: eventChannelFamily,
  name: 'unmask',
  status: supported,
  argument: 'evtchn_unmask',
  bind({ field }) {
    const port = field('port');
    return ({ caller, view }) => caller.eventChannels.unmask(port.get(view));
  },
});

const status = operation({
  family: eventChannelFamily,
  name: 'status',
  status: supported,
  argument: 'evtchn_status',
  copies: 'both',
  bind({ field }) {
    const [dom, port, state, vcpu] = [field('dom'), field('port'), field('status'), field('vcpu')];
    const [remoteDom, remotePort] = [field('u.interdomain.dom'), field('u.interdomain.port')];
    const source = field('u.virq');
    return ({ call, caller, view }) => {
      const domain = anyDomain(call, dom.get(view));
      if (domain === undefined) return -errno.ESRCH;
      const number = port.get(view);
      if (!domain.eventChannels.isValid(number)) return -errno.EINVAL;
      if (!mayTarget(caller, domain)) return -errno.EPERM;
      const channel = domain.eventChannels.get(number);
      state.set(view, channelStates[channel?.state ?? 'closed']);
      vcpu.set(view, channel?.vcpu ?? 0);
      switch (channel?.state) {
        case 'unbound':
          remoteDom.set(view, channel.remoteId);
          break;
        case 'interdomain':
          remoteDom.set(view, channel.remoteId);
          remotePort.set(view, channel.remotePort);
          break;
        case 'pirq':
        case 'virq':
          source.set(view, channel.source);
      }
      return 0;
    };
  },
});

/**
 * Closes all channels of a domain. reset_cont is Xen's continuation of it after a preemption; if nothing was preempted, it is EBUSY
 * (channels.unknown14.base).
 */
const reset = (name: 'reset' | 'reset_cont') =>
  operation({
    family: eventChannelFamily,
    name,
    status: supported,
    argument: 'evtchn_reset',
    bind({ field }) {
      const dom = field('dom');
      return ({ call, caller, view }) => {
        const domain = anyDomain(call, dom.get(view));
        if (domain === undefined) return -errno.ESRCH;
        if (!mayTarget(caller, domain)) return -errno.EPERM;
        if (domain !== caller && domain.controllerPauseCount === 0) return -errno.EINVAL;
        if (name === 'reset_cont') return -errno.EBUSY;
        domain.eventChannels.reset();
        return 0;
      };
    },
  });

export const channelOperations = [close, send, status, unmask, reset('reset'), reset('reset_cont')];
