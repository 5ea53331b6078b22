import { serve } from '../../call/serve.ts';
import { service } from '../../call/service.ts';
import { errno } from '../../errno.ts';
import { noDevices, physdevFamily } from './family.ts';
import { functionOperations } from './functions.ts';
import { interruptOperations } from './interrupts.ts';
import { pirqOperations } from './pirqs.ts';

/** physdev_op(command, argument): interrupts, IO-APICs and PCI functions. */
export const physdevOp = serve(physdevFamily, interruptOperations, pirqOperations, functionOperations);

/** The last operation that the old hypercall knows. */
const COMPAT_LAST = 10;
/** struct physdev_op: u32 cmd, and the operation's own struct at the next multiple of eight. */
const COMPAT_UNION = 8;

/** physdev_op_compat(struct physdev_op *): the same with the command in the struct. */
export const physdevOpCompat = service(noDevices, {
  bind(abi) {
    const { handler } = physdevOp.bind(abi, []);
    const bytes = new Uint8Array(4);
    const view = new DataView(bytes.buffer);
    return (call) => {
      const address = call.address(0);
      if (!call.copyFromGuest(address, bytes)) return -errno.EFAULT;
      const command = view.getUint32(0, true);
      if (command > COMPAT_LAST || handler === undefined) return -errno.ENOSYS;
      call.setArgument(0, command);
      call.setArgument(1, address + COMPAT_UNION);
      return handler(call);
    };
  },
});
