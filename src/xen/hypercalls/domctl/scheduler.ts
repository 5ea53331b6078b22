import { Field } from '../../abi/layout.ts';
import { partial } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { errno } from '../../errno.ts';
import { domctlFamily } from './family.ts';

/** XEN_DOMCTL_SCHEDOP_*. */
const PUTINFO = 0;
const GETINFO = 1;
const MAX_CAP_PER_VCPU = 100;
/** "Leave the cap as it is", for credit. */
const SAME_CAP = 0xffff;
/** `weight` and `cap` are 16 bits each. */
const SHARE_BYTES = 2;

/** XEN_DOMCTL_scheduler_op: a domain's share under its pool's scheduler. The struct is copied back whatever the result. */
const scheduler_op = operation({
  family: domctlFamily,
  name: 'scheduler_op',
  status: partial('credit and credit2; rtds, arinc653 and null have no parameters here'),
  argument: 'scheduler_op',
  copies: 'always',
  bind({ field, optional }) {
    const id = field('sched_id');
    const command = field('cmd');
    // 4.7 to 4.9 define the structs in these unions elsewhere: the layout data has only their position.
    const share = (name: 'credit' | 'credit2') => {
      const path = `u.${name}`;
      const part = (member: string, at: number) => {
        const known = optional(`${path}.${member}`);
        if (known !== undefined) return known;
        const whole = optional(path);
        return whole !== undefined && whole.size >= at + SHARE_BYTES
          ? new Field(`${path}.${member}`, [whole.offset + at, SHARE_BYTES, 'uint16_t'])
          : undefined;
      };
      return { weight: part('weight', 0), cap: part('cap', SHARE_BYTES) };
    };
    const shares = { credit: share('credit'), credit2: share('credit2') };
    return (request) => {
      const { domain, view } = request;
      const pool = domain.pool;
      if (pool === undefined || id.get(view) !== pool.schedulerId) return -errno.EINVAL;
      const what = command.get(view);
      if (pool.scheduler !== 'credit' && pool.scheduler !== 'credit2') return -errno.EOPNOTSUPP;
      const { weight, cap } = shares[pool.scheduler];
      if (what === PUTINFO) {
        const newCap = cap?.get(view) ?? SAME_CAP;
        const newWeight = weight?.get(view) ?? 0;
        if (newWeight !== 0) domain.weight = newWeight;
        if (pool.scheduler === 'credit2') {
          // The new weight is kept even if the cap is refused.
          if (newCap > MAX_CAP_PER_VCPU * domain.vcpus.length) return -errno.EINVAL;
          domain.cap = newCap;
        } else if (newCap !== SAME_CAP) {
          domain.cap = newCap;
        }
        return 0;
      }
      if (what !== GETINFO) return -errno.EINVAL;
      weight?.set(view, domain.weight);
      cap?.set(view, domain.cap);
      return 0;
    };
  },
});

export const schedulerOperations = [scheduler_op];
