import { supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { errno } from '../../errno.ts';
import { PAGE_SIZE } from '../../memory/heap.ts';
import { eventChannelFamily } from './family.ts';

// The FIFO ABI of Xen 4.4 and later: queues with priorities instead of two levels of bits.

/** Bits of an event word's link (EVTCHN_FIFO_LINK_BITS), and bytes of a control block. */
const FIFO_LINK_BITS = 17;
const FIFO_CONTROL_BYTES = 72;

const initControl = operation({
  family: eventChannelFamily,
  name: 'init_control',
  status: supported,
  argument: 'evtchn_init_control',
  copies: 'both',
  bind({ field }) {
    const [gfn, offset, vcpu, linkBits] = [field('control_gfn'), field('offset'), field('vcpu'), field('link_bits')];
    return ({ caller, view }) => {
      const { eventChannels, memory } = caller;
      linkBits.set(view, FIFO_LINK_BITS);
      const id = vcpu.get(view);
      if (!eventChannels.hasVcpu(id)) return -errno.ENOENT;
      const at = offset.get(view);
      if (at > PAGE_SIZE - FIFO_CONTROL_BYTES || at % 8 !== 0) return -errno.EINVAL;
      if (eventChannels.fifo.vcpus.has(id) || memory.pageOf(gfn.get(view)) === undefined) return -errno.EINVAL;
      eventChannels.fifo.vcpus.add(id);
      return 0;
    };
  },
});

const expandArray = operation({
  family: eventChannelFamily,
  name: 'expand_array',
  status: supported,
  argument: 'evtchn_expand_array',
  bind({ field }) {
    const gfn = field('array_gfn');
    return ({ caller, view }) => {
      const { eventChannels, memory } = caller;
      if (!eventChannels.fifo.inUse) return -errno.EOPNOTSUPP;
      return memory.pageOf(gfn.get(view)) === undefined ? -errno.EINVAL : eventChannels.fifo.expand();
    };
  },
});

const setPriority = operation({
  family: eventChannelFamily,
  name: 'set_priority',
  status: supported,
  argument: 'evtchn_set_priority',
  bind({ field }) {
    const [port, priority] = [field('port'), field('priority')];
    return ({ caller, view }) => caller.eventChannels.setPriority(port.get(view), priority.get(view));
  },
});

export const fifoOperations = [initControl, expandArray, setPriority];
