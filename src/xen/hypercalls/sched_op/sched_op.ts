import { supported } from '../../call/hypercall.ts';
import { serve } from '../../call/serve.ts';
import { service } from '../../call/service.ts';
import { shutdownDomain } from '../../domain/lifecycle.ts';
import { errno } from '../../errno.ts';
import { schedFamily, schedOperations } from './operations.ts';

/** sched_op(command, argument): a guest's requests to the scheduler. */
export const schedOp = serve(schedFamily, schedOperations);

/** sched_op_compat(command, argument): what PV guests called before 3.0.2. It has three commands, and the reason in a register. */
export const schedOpCompat = service(supported, {
  bind(abi) {
    const { yield: yields, block, shutdown } = abi.subOperations(schedFamily.prefix);
    return (call) => {
      const command = call.u32(0);
      if (command === yields || command === block) return 0;
      if (command !== shutdown) return -errno.ENOSYS;
      shutdownDomain(call.hypervisor, call.domain, call.u32(1));
      return 0;
    };
  },
});
