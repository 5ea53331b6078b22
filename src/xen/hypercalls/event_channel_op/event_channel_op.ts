import { serve } from '../../call/serve.ts';
import type { Service } from '../../call/service.ts';
import { errno } from '../../errno.ts';
import { bindingOperations } from './binding.ts';
import { channelOperations } from './channels.ts';
import { eventChannelFamily } from './family.ts';
import { fifoOperations } from './fifo.ts';

/** event_channel_op(command, argument): notifications between domains, virtual CPUs and Xen. */
export const eventChannelOp = serve(eventChannelFamily, bindingOperations, channelOperations, fifoOperations);

/** Bytes before the argument in the compat hypercall's struct. */
const COMPAT_HEADER = 4;
/** Operations that the compat hypercall knows: up to unmask. */
const COMPAT_LAST = 9;

/** event_channel_op_compat(struct evtchn_op *): the same with the command in the struct. */
export const eventChannelOpCompat: Service = {
  ...eventChannelOp,
  bind(abi, others) {
    const { handler, ...row } = eventChannelOp.bind(abi, others);
    const bytes = new Uint8Array(abi.struct('evtchn_op').size);
    const view = new DataView(bytes.buffer);
    return {
      ...row,
      handler(call) {
        const address = call.address(0);
        if (!call.copyFromGuest(address, bytes)) return -errno.EFAULT;
        const command = view.getUint32(0, true);
        if (command > COMPAT_LAST || handler === undefined) return -errno.ENOSYS;
        call.setArgument(0, command);
        call.setArgument(1, address + COMPAT_HEADER);
        return handler(call);
      },
    };
  },
};
