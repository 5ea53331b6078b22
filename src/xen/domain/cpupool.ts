/** XEN_SCHEDULER_* (domctl.h) by the name on Xen's command line. */
export const schedulers = { credit: 5, credit2: 6, arinc653: 7, rtds: 8, null: 9 } as const;
export type SchedulerName = keyof typeof schedulers;

/** The units that a pool's scheduler can schedule. hypfs shows and sets it. */
export const granularities = ['cpu', 'core', 'socket'] as const;

/** getdomaininfo's `cpupool` for a domain that is in no pool. */
export const CPUPOOLID_NONE = 0xffffffff;

/** Physical CPUs under one scheduler. */
export class CpuPool {
  readonly id: number;
  readonly scheduler: SchedulerName;
  /** Physical CPUs, ascending. */
  cpus: number[] = [];
  domains = 0;
  granularity: (typeof granularities)[number] = 'cpu';
  /** The scheduler's parameters; the defaults are Xen's. */
  ratelimitUs = 1000;
  tsliceMs = 30;
  migrationDelayUs = 0;

  constructor(id: number, scheduler: SchedulerName) {
    this.id = id;
    this.scheduler = scheduler;
  }

  get schedulerId(): number {
    return schedulers[this.scheduler];
  }
}

/** The pools of a machine. Pool 0 holds all CPUs at start. */
export class CpuPools {
  readonly #byId = new Map<number, CpuPool>();
  /** CPUs in no pool, ascending. */
  readonly free: number[] = [];

  constructor(cpus: number, scheduler: SchedulerName) {
    const pool = new CpuPool(0, scheduler);
    pool.cpus = Array.from({ length: cpus }, (_, cpu) => cpu);
    this.#byId.set(0, pool);
  }

  get(id: number): CpuPool | undefined {
    return this.#byId.get(id);
  }

  get first(): CpuPool {
    return this.#byId.get(0) ?? new CpuPool(0, 'credit2');
  }

  /** The pool with the lowest id that is at least `id`. */
  next(id: number): CpuPool | undefined {
    let found: CpuPool | undefined;
    for (const pool of this.#byId.values()) {
      if (pool.id >= id && (found === undefined || pool.id < found.id)) found = pool;
    }
    return found;
  }

  values(): IterableIterator<CpuPool> {
    return this.#byId.values();
  }

  /** A new, empty pool with `id`, or with the one above the highest: Xen fills no gaps (pools.walk). */
  create(scheduler: SchedulerName, id?: number): CpuPool {
    const chosen = id ?? Math.max(-1, ...this.#byId.keys()) + 1;
    const pool = new CpuPool(chosen, scheduler);
    this.#byId.set(chosen, pool);
    return pool;
  }

  delete(id: number): void {
    this.#byId.delete(id);
  }

  give(pool: CpuPool, cpu: number): void {
    const at = this.free.indexOf(cpu);
    if (at >= 0) this.free.splice(at, 1);
    pool.cpus = [...pool.cpus, cpu].sort((a, b) => a - b);
  }

  take(pool: CpuPool, cpu: number): void {
    pool.cpus = pool.cpus.filter((other) => other !== cpu);
    this.free.push(cpu);
    this.free.sort((a, b) => a - b);
  }
}
