import { serve } from '../../call/serve.ts';
import { vcpuFamily, vcpuOperations } from './operations.ts';

/** vcpu_op(command, vcpu, argument): a domain's own virtual CPUs. */
export const vcpuOp = serve(vcpuFamily, vcpuOperations);
