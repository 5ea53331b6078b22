import { compatCall } from '../../call/compat-call.ts';
import { serve } from '../../call/serve.ts';
import { service } from '../../call/service.ts';
import { noDevices, physdevFamily } from './family.ts';
import { functionOperations } from './functions.ts';
import { interruptOperations } from './interrupts.ts';
import { pirqOperations } from './pirqs.ts';

/** physdev_op(command, argument): interrupts, IO-APICs and PCI functions. */
export const physdevOp = serve(physdevFamily, interruptOperations, pirqOperations, functionOperations);

/** Of struct physdev_op: Xen reads u32 cmd, and the operation's own struct is at the next multiple of eight. */
const COMPAT = { bytes: 4, argument: 8, last: 10 };

/** physdev_op_compat(struct physdev_op *): the same with the command in the struct. */
export const physdevOpCompat = service(noDevices, {
  bind: (abi) => compatCall(physdevOp.bind(abi, []).handler, COMPAT),
});
