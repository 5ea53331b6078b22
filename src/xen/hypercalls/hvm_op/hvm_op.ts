import { serve } from '../../call/serve.ts';
import { hvmFamily } from './family.ts';
import { hvmOperations } from './operations.ts';

/** hvm_op(op, arg): operations on HVM domains, and their parameters. */
export const hvmOp = serve(hvmFamily, hvmOperations);
