import { maskOf } from '../../bit-mask.ts';
import { bitmapToGuest } from '../../call/bitmap.ts';
import type { Call } from '../../call/call.ts';
import { supported } from '../../call/hypercall.ts';
import { type CpuPool, type SchedulerName, schedulers } from '../../domain/cpupool.ts';
import { moveToPool } from '../../domain/lifecycle.ts';
import { errno } from '../../errno.ts';
import type { SysctlOperation } from './sysctl.ts';

/** XEN_SYSCTL_CPUPOOL_OP_*. */
const op = { create: 1, destroy: 2, info: 3, addcpu: 4, rmcpu: 5, movedomain: 6, freeinfo: 7 } as const;
/** XEN_SYSCTL_CPUPOOL_PAR_ANY. */
const ANY = 0xffffffff;

/** XEN_SYSCTL_cpupool_op: pools of physical CPUs, each under a scheduler of its own. */
export const cpupoolOp: SysctlOperation = {
  name: 'cpupool_op',
  status: supported,
  perform(call, view, struct, address) {
    const { pools, machine } = call.hypervisor;
    const field = (name: string) => struct.field(`u.cpupool_op.${name}`);
    const get = (name: string) => field(name).get(view);
    const bits = struct.has('u.cpupool_op.cpumap.nr_bits') ? 'cpumap.nr_bits' : 'cpumap.nr_cpus';
    const bitmap = (cpus: readonly number[]) =>
      bitmapToGuest(call, get('cpumap.bitmap'), get(bits), maskOf(machine.cpus, cpus));
    const id = get('cpupool_id');
    let result: number;
    switch (get('op')) {
      case op.create: {
        if (id !== ANY && pools.get(id) !== undefined) return -errno.EEXIST;
        const scheduler = schedulerWithId(get('sched_id'));
        if (scheduler === undefined) return -errno.ENOENT;
        field('cpupool_id').set(view, pools.create(scheduler, id === ANY ? undefined : id).id);
        result = 0;
        break;
      }
      case op.destroy: {
        const pool = pools.get(id);
        if (pool === undefined) return -errno.ENOENT;
        if (pool.domains > 0 || pool.cpus.length > 0) return -errno.EBUSY;
        pools.delete(id);
        result = 0;
        break;
      }
      case op.info: {
        const pool = pools.next(id);
        if (pool === undefined) return -errno.ENOENT;
        field('cpupool_id').set(view, pool.id);
        field('sched_id').set(view, pool.schedulerId);
        field('n_dom').set(view, pool.domains);
        result = bitmap(pool.cpus);
        break;
      }
      case op.addcpu: {
        const cpu = get('cpu') === ANY ? pools.free[0] : get('cpu');
        if (cpu === undefined || cpu >= machine.cpus) return -errno.EINVAL;
        if (!pools.free.includes(cpu)) return -errno.ENODEV;
        const pool = pools.get(id);
        if (pool === undefined) return -errno.ENOENT;
        pools.give(pool, cpu);
        result = 0;
        break;
      }
      case op.rmcpu:
        result = removeCpu(call, pools.get(id), get('cpu'));
        break;
      case op.movedomain:
        result = moveDomain(call, get('domid'), id);
        break;
      case op.freeinfo:
        result = bitmap(pools.free);
        break;
      default:
        return -errno.ENOSYS;
    }
    return result === 0 ? call.structToGuest(address, view) : result;
  },
};

function schedulerWithId(id: number): SchedulerName | undefined {
  // keys() widens to string.
  return (Object.keys(schedulers) as SchedulerName[]).find((name) => schedulers[name] === id);
}

function removeCpu(call: Call, pool: CpuPool | undefined, asked: number): number {
  const { pools, machine, domains } = call.hypervisor;
  if (pool === undefined) return -errno.ENOENT;
  const cpu = asked === ANY ? pool.cpus.at(-1) : asked;
  if (cpu === undefined || cpu >= machine.cpus) return -errno.EINVAL;
  if (!pool.cpus.includes(cpu)) return -errno.ENODEV;
  if (pool.cpus.length === 1 && pool.domains > 0) return -errno.EBUSY;
  pools.take(pool, cpu);
  for (const domain of domains) {
    if (domain.pool === pool) for (const vcpu of domain.vcpus) vcpu.chooseProcessor(pool.cpus);
  }
  return 0;
}

function moveDomain(call: Call, domid: number, id: number): number {
  const domain = call.hypervisor.domains.get(domid);
  if (domain === undefined) return -errno.ESRCH;
  if (domain === call.domain) return -errno.EPERM;
  if (domain.pool === undefined) return -errno.EINVAL;
  if (domain.pool.id === id) return 0;
  const pool = call.hypervisor.pools.get(id);
  if (pool === undefined || pool.cpus.length === 0) return -errno.ENOENT;
  moveToPool(domain, pool);
  return 0;
}
