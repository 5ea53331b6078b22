import { supported } from '../../call/hypercall.ts';
import { errno } from '../../errno.ts';
import type { SysctlOperation } from './sysctl.ts';

/** XEN_SYSCTL_SCHEDOP_*. */
const PUTINFO = 0;
const GETINFO = 1;
/** XEN_SYSCTL_SCHED_RATELIMIT_*, microseconds. */
const RATELIMIT_MIN = 100;
const RATELIMIT_MAX = 500_000;
/** XEN_SYSCTL_CSCHED_TSLICE_*, milliseconds. */
const TSLICE_MIN = 1;
const TSLICE_MAX = 1000;
/** XEN_SYSCTL_CSCHED_MGR_DLY_MAX_US. */
const MIGRATION_DELAY_MAX = 100_000;

export const schedId: SysctlOperation = {
  name: 'sched_id',
  status: supported,
  perform(call, view, struct, address) {
    struct.field('u.sched_id.sched_id').set(view, call.hypervisor.pools.first.schedulerId);
    return call.structToGuest(address, view);
  },
};

const ratelimitOk = (us: number) => us === 0 || (us >= RATELIMIT_MIN && us <= RATELIMIT_MAX);

/** XEN_SYSCTL_scheduler_op: the parameters of a pool's scheduler. */
export const schedulerOp: SysctlOperation = {
  name: 'scheduler_op',
  status: supported,
  perform(call, view, struct, address) {
    const get = (name: string) => struct.field(`u.scheduler_op.${name}`).get(view);
    const set = (name: string, value: number) => {
      const path = `u.scheduler_op.${name}`;
      if (struct.has(path)) struct.field(path).set(view, value);
    };
    const command = get('cmd');
    if (command !== PUTINFO && command !== GETINFO) return -errno.EINVAL;
    const pool = call.hypervisor.pools.get(get('cpupool_id'));
    if (pool === undefined) return -errno.ESRCH;
    if (get('sched_id') !== pool.schedulerId) return -errno.EINVAL;
    if (pool.scheduler === 'credit2') {
      const path = 'u.sched_credit2.ratelimit_us';
      if (command === PUTINFO) {
        const ratelimit = get(path);
        if (!ratelimitOk(ratelimit)) return -errno.EINVAL;
        pool.ratelimitUs = ratelimit;
      }
      set(path, pool.ratelimitUs);
    } else if (pool.scheduler === 'credit') {
      if (command === PUTINFO) {
        const delayPath = 'u.sched_credit.vcpu_migr_delay_us';
        const tslice = get('u.sched_credit.tslice_ms');
        const ratelimit = get('u.sched_credit.ratelimit_us');
        const delay = struct.has(`u.scheduler_op.${delayPath}`) ? get(delayPath) : 0;
        if (tslice < TSLICE_MIN || tslice > TSLICE_MAX || delay > MIGRATION_DELAY_MAX) return -errno.EINVAL;
        if (!ratelimitOk(ratelimit) || ratelimit > tslice * 1000) return -errno.EINVAL;
        pool.tsliceMs = tslice;
        pool.ratelimitUs = ratelimit;
        pool.migrationDelayUs = delay;
      }
      set('u.sched_credit.tslice_ms', pool.tsliceMs);
      set('u.sched_credit.ratelimit_us', pool.ratelimitUs);
      set('u.sched_credit.vcpu_migr_delay_us', pool.migrationDelayUs);
    } else {
      // null and rtds have no parameters of a pool; arinc653's schedule is not modelled.
      return -errno.EOPNOTSUPP;
    }
    return call.structToGuest(address, view);
  },
};
