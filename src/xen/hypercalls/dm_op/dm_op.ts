import { serve } from '../../call/serve.ts';
import { dmFamily } from './family.ts';
import { interruptOperations } from './interrupts.ts';
import { memoryOperations } from './memory.ts';
import { serverOperations } from './servers.ts';

/** dm_op(domid, nr_bufs, bufs): operations of a device model on the HVM domain that it serves. */
export const dmOp = serve(dmFamily, serverOperations, memoryOperations, interruptOperations);
