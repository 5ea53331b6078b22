import { supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import type { Console } from '../../console/console.ts';
import type { CpuPool } from '../../domain/cpupool.ts';
import { errno } from '../../errno.ts';
import { sysctlFamily } from './family.ts';

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

const schedId = operation({
  family: sysctlFamily,
  name: 'sched_id',
  status: supported,
  argument: 'sched_id',
  copies: 'both',
  bind({ field }) {
    const id = field('sched_id');
    return ({ hypervisor, view }) => {
      id.set(view, hypervisor.pools.first.schedulerId);
      return 0;
    };
  },
});

const ratelimitOk = (us: number) => us === 0 || (us >= RATELIMIT_MIN && us <= RATELIMIT_MAX);

function tellRatelimit(pool: CpuPool, us: number, console: Console): void {
  if (us === 0 && pool.ratelimitUs !== 0) console.printk('Disabling context switch rate limiting\n');
  if (us !== 0 && pool.ratelimitUs === 0) console.printk('Enabling context switch rate limiting\n');
}

/** XEN_SYSCTL_scheduler_op: the parameters of a pool's scheduler. */
const schedulerOp = operation({
  family: sysctlFamily,
  name: 'scheduler_op',
  status: supported,
  argument: 'scheduler_op',
  copies: 'both',
  bind({ field, optional }) {
    const [command, poolId, id] = [field('cmd'), field('cpupool_id'), field('sched_id')];
    const ratelimit2 = optional('u.sched_credit2.ratelimit_us');
    const ratelimit = optional('u.sched_credit.ratelimit_us');
    const tslice = optional('u.sched_credit.tslice_ms');
    const delay = optional('u.sched_credit.vcpu_migr_delay_us');

    const credit2 = (pool: CpuPool, view: DataView, put: boolean, console: Console): number => {
      if (put) {
        const us = ratelimit2?.get(view) ?? 0;
        if (!ratelimitOk(us)) return -errno.EINVAL;
        tellRatelimit(pool, us, console);
        pool.ratelimitUs = us;
      }
      ratelimit2?.set(view, pool.ratelimitUs);
      return 0;
    };
    const credit = (pool: CpuPool, view: DataView, put: boolean, console: Console): number => {
      if (put) {
        const ms = tslice?.get(view) ?? TSLICE_MIN;
        const us = ratelimit?.get(view) ?? 0;
        const migration = delay?.get(view) ?? 0;
        if (ms < TSLICE_MIN || ms > TSLICE_MAX || migration > MIGRATION_DELAY_MAX) return -errno.EINVAL;
        if (!ratelimitOk(us) || us > ms * 1000) return -errno.EINVAL;
        tellRatelimit(pool, us, console);
        pool.tsliceMs = ms;
        pool.ratelimitUs = us;
        pool.migrationDelayUs = migration;
      }
      tslice?.set(view, pool.tsliceMs);
      ratelimit?.set(view, pool.ratelimitUs);
      delay?.set(view, pool.migrationDelayUs);
      return 0;
    };
    return ({ hypervisor, view }) => {
      const what = command.get(view);
      if (what !== PUTINFO && what !== GETINFO) return -errno.EINVAL;
      const pool = hypervisor.pools.get(poolId.get(view));
      if (pool === undefined) return -errno.ESRCH;
      if (id.get(view) !== pool.schedulerId) return -errno.EINVAL;
      if (pool.scheduler === 'credit2') return credit2(pool, view, what === PUTINFO, hypervisor.console);
      if (pool.scheduler === 'credit') return credit(pool, view, what === PUTINFO, hypervisor.console);
      // null and rtds have no parameters of a pool; arinc653's schedule is not modelled.
      return -errno.EOPNOTSUPP;
    };
  },
});

export const schedulerOperations = [schedId, schedulerOp];
