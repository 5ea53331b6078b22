import { errno } from '../../errno.ts';
import { partial } from '../../hypercall.ts';
import { operation } from './operation.ts';

/** XEN_DOMCTL_SCHEDOP_*. */
const PUTINFO = 0;
const GETINFO = 1;
const MAX_CAP_PER_VCPU = 100;
/** "Leave the cap as it is". */
const SAME_CAP = 0xffff;

/** XEN_DOMCTL_scheduler_op: a domain's share under its pool's scheduler. The struct goes back whatever the result. */
export const scheduler_op = operation(
  'scheduler_op',
  partial('credit and credit2; rtds, arinc653 and null have no parameters here'),
  (struct) => {
    const id = struct.field('u.scheduler_op.sched_id');
    const command = struct.field('u.scheduler_op.cmd');
    const shares = {
      credit: {
        weight: struct.field('u.scheduler_op.u.credit.weight'),
        cap: struct.field('u.scheduler_op.u.credit.cap'),
      },
      credit2: {
        weight: struct.field('u.scheduler_op.u.credit2.weight'),
        cap: struct.has('u.scheduler_op.u.credit2.cap') ? struct.field('u.scheduler_op.u.credit2.cap') : undefined,
      },
    };
    return (request) => {
      const { domain, view } = request;
      request.copyBack = true;
      const pool = domain.pool;
      if (pool === undefined || id.get(view) !== pool.schedulerId) return -errno.EINVAL;
      const what = command.get(view);
      if (pool.scheduler !== 'credit' && pool.scheduler !== 'credit2') return -errno.EOPNOTSUPP;
      const { weight, cap } = shares[pool.scheduler];
      if (what === PUTINFO) {
        const newCap = cap?.get(view) ?? SAME_CAP;
        if (weight.get(view) !== 0) domain.weight = weight.get(view);
        if (newCap !== SAME_CAP) domain.cap = Math.min(newCap, MAX_CAP_PER_VCPU * Math.max(1, domain.vcpus.length));
        return 0;
      }
      if (what !== GETINFO) return -errno.EINVAL;
      weight.set(view, domain.weight);
      cap?.set(view, domain.cap);
      return 0;
    };
  },
);
