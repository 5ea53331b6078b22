import type { Abi } from '../../abi/abi.ts';
import { behaves } from '../../abi/behaviour.ts';
import { maskOf } from '../../bit-mask.ts';
import { bitmapToGuest } from '../../call/bitmap.ts';
import type { Call } from '../../call/call.ts';
import { supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { type CpuPool, type SchedulerName, schedulers } from '../../domain/cpupool.ts';
import { moveToPool } from '../../domain/lifecycle.ts';
import { errno } from '../../errno.ts';
import { sysctlFamily } from './family.ts';

/** XEN_SYSCTL_CPUPOOL_OP_*. */
const op = { create: 1, destroy: 2, info: 3, addcpu: 4, rmcpu: 5, movedomain: 6, freeinfo: 7 } as const;
/** XEN_SYSCTL_CPUPOOL_PAR_ANY. */
const ANY = 0xffffffff;

/** XEN_SYSCTL_cpupool_op: pools of physical CPUs, each under a scheduler of its own. */
const cpupoolOp = operation({
  family: sysctlFamily,
  name: 'cpupool_op',
  status: supported,
  argument: 'cpupool_op',
  copies: 'both',
  bind({ field, optional, abi }) {
    const lastOfFirstPool = behaves(abi, 'firstPoolKeepsCpu') ? errno.EINVAL : errno.EBUSY;
    const signedIds = behaves(abi, 'signedPoolIds');
    const [command, poolId, scheduler] = [field('op'), field('cpupool_id'), field('sched_id')];
    const [domid, cpuField, domains] = [field('domid'), field('cpu'), field('n_dom')];
    const bitmapField = field('cpumap.bitmap');
    const bits = optional('cpumap.nr_bits') ?? field('cpumap.nr_cpus');
    return ({ call, hypervisor, view }) => {
      const { pools, machine } = hypervisor;
      const bitmap = (cpus: readonly number[]) =>
        bitmapToGuest(call, bitmapField.get(view), bits.get(view), maskOf(machine.cpus, cpus));
      const id = poolId.get(view);
      switch (command.get(view)) {
        case op.create: {
          if (id !== ANY && pools.get(id) !== undefined) return -errno.EEXIST;
          const name = schedulerWithId(scheduler.get(view));
          if (name === undefined || !isBuiltIn(name, abi)) return -errno.ENOENT;
          poolId.set(view, pools.create(name, id === ANY ? undefined : id).id);
          hypervisor.console.printk(greetings[name]);
          return 0;
        }
        case op.destroy: {
          const pool = pools.get(id);
          if (pool === undefined) return -errno.ENOENT;
          if (pool.domains > 0 || pool.cpus.length > 0) return -errno.EBUSY;
          pools.delete(id);
          return 0;
        }
        case op.info: {
          const pool = pools.next(signedIds ? id | 0 : id);
          if (pool === undefined) return -errno.ENOENT;
          poolId.set(view, pool.id);
          scheduler.set(view, pool.schedulerId);
          domains.set(view, pool.domains);
          return bitmap(pool.cpus);
        }
        case op.addcpu: {
          const pool = pools.get(id);
          if (pool === undefined) return -errno.ENOENT;
          const asked = cpuField.get(view);
          const cpu = asked === ANY ? pools.free[0] : asked;
          if (cpu === undefined) return -errno.ENODEV;
          if (cpu >= machine.cpus) return -errno.EINVAL;
          if (!pools.free.includes(cpu)) return -errno.ENODEV;
          pools.give(pool, cpu);
          if (pool.scheduler === 'credit2') hypervisor.console.printk(`Adding cpu ${cpu} to runqueue 0\n`);
          return 0;
        }
        case op.rmcpu:
          return removeCpu(call, pools.get(id), cpuField.get(view), lastOfFirstPool);
        case op.movedomain:
          return moveDomain(call, domid.get(view), id);
        case op.freeinfo:
          return bitmap(pools.free);
        default:
          return -errno.ENOSYS;
      }
    };
  },
});

const experimental = (name: string) =>
  `Initializing ${name} scheduler\nWARNING: This is experimental software in development.\nUse at your own risk.\n`;

/** The line that a scheduler prints when a pool gets it. */
const greetings: Readonly<Record<SchedulerName, string>> = {
  credit: '',
  arinc653: '',
  rtds: experimental('RTDS'),
  null: experimental('null'),
  credit2:
    'Initializing Credit2 scheduler\n load_precision_shift: 18\n load_window_shift: 30\n' +
    ' underload_balance_tolerance: 0\n overload_balance_tolerance: -3\n runqueues arrangement: socket\n' +
    ' cap enforcement granularity: 10ms\nload tracking window length 1073741824 ns\n',
};

/** ARINC 653 is in no release build; RTDS and null were later removed from them. */
function isBuiltIn(name: SchedulerName, abi: Pick<Abi, 'major' | 'minor'>): boolean {
  if (name === 'arinc653') return false;
  return name === 'credit' || name === 'credit2' || behaves(abi, 'experimentalSchedulers');
}

function schedulerWithId(id: number): SchedulerName | undefined {
  // keys() widens to string.
  return (Object.keys(schedulers) as SchedulerName[]).find((name) => schedulers[name] === id);
}

function removeCpu(call: Call, pool: CpuPool | undefined, asked: number, lastOfFirstPool: number): number {
  const { pools, machine, domains, console } = call.hypervisor;
  if (pool === undefined) return -errno.ENOENT;
  const cpu = asked === ANY ? pool.cpus.at(-1) : asked;
  if (cpu === undefined || cpu >= machine.cpus) return -errno.EINVAL;
  if (!pool.cpus.includes(cpu)) return -errno.EADDRNOTAVAIL;
  if (pool.cpus.length === 1 && pool === pools.first) return -lastOfFirstPool;
  if (pool.cpus.length === 1 && pool.domains > 0) return -errno.EBUSY;
  pools.take(pool, cpu);
  if (pool.scheduler === 'credit2') console.printk(`Removing cpu ${cpu} from runqueue 0\n`);
  for (const domain of domains) {
    if (domain.pool === pool) for (const vcpu of domain.vcpus) vcpu.chooseProcessor(pool.cpus, call.hypervisor.now());
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
  moveToPool(call.hypervisor, domain, pool);
  return 0;
}

export const cpupoolOperations = [cpupoolOp];
