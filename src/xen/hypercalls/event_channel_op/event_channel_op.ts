import { compatCall } from '../../call/compat-call.ts';
import { serve } from '../../call/serve.ts';
import type { Service } from '../../call/service.ts';
import { bindingOperations } from './binding.ts';
import { channelOperations } from './channels.ts';
import { eventChannelFamily } from './family.ts';
import { fifoOperations } from './fifo.ts';

/** event_channel_op(command, argument): notifications between domains, virtual CPUs and Xen. */
export const eventChannelOp = serve(eventChannelFamily, bindingOperations, channelOperations, fifoOperations);

/** Of struct evtchn_op: the operation's own struct comes right after the command; unmask is the last. */
const COMPAT = { argument: 4, last: 9 };

/** event_channel_op_compat(struct evtchn_op *): the same with the command in the struct. */
export const eventChannelOpCompat: Service = {
  ...eventChannelOp,
  bind(abi, others) {
    const { handler, ...row } = eventChannelOp.bind(abi, others);
    return { ...row, handler: compatCall(handler, { bytes: abi.struct('evtchn_op').size, ...COMPAT }) };
  },
};
