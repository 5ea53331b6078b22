/** A virtual CPU on its physical CPU. `unsettled`: nanoseconds that it has run since its last change of state. */
interface RunningVcpu {
  readonly processor: number;
  unsettled(now: number): number;
}

/**
 * How the physical CPUs spend their time: each runs the virtual CPUs that are on it, and idles otherwise. Virtual CPUs report here what they
 * ran (`Vcpu.settle`), so the time stays counted after a domain is destroyed or moved.
 */
export class CpuTimes {
  /** Nanoseconds for which each CPU has run virtual CPUs, up to the last change of each of them. */
  readonly #ran: Float64Array;
  /** Sum of the loads of the virtual CPUs that are on each CPU, whether or not they are paused. */
  readonly #load: Float64Array;
  /** The idle times that were last reported, and when. */
  readonly #idle: Float64Array;
  #reported = 0;

  constructor(cpus: number) {
    this.#ran = new Float64Array(cpus);
    this.#load = new Float64Array(cpus);
    this.#idle = new Float64Array(cpus);
  }

  /** A virtual CPU ran on a CPU for so many nanoseconds. */
  addRun(cpu: number, nanoseconds: number): void {
    this.#ran[cpu]! += nanoseconds;
  }

  /** The load of a virtual CPU on a CPU has changed by this much. */
  addLoad(cpu: number, change: number): void {
    this.#load[cpu]! += change;
  }

  /** The first of these CPUs that has the least load; undefined if there are none. */
  leastLoaded(cpus: readonly number[]): number | undefined {
    let least: number | undefined;
    for (const cpu of cpus) if (least === undefined || this.#load[cpu]! < this.#load[least]!) least = cpu;
    return least;
  }

  /**
   * Nanoseconds for which each CPU has idled up to `now`, the time since the machine started. They never decrease. If the virtual CPUs on a
   * CPU ask for more time than it has, it does not idle.
   */
  idle(domains: Iterable<{ readonly vcpus: readonly RunningVcpu[] }>, now: number): readonly number[] {
    const ran = this.#ran.slice();
    for (const domain of domains) {
      for (const vcpu of domain.vcpus) ran[vcpu.processor]! += vcpu.unsettled(now);
    }
    const most = now - this.#reported;
    this.#reported = now;
    return Array.from(this.#idle, (before, cpu) => {
      const idle = Math.min(Math.max(Math.round(now - ran[cpu]!), before), before + most);
      this.#idle[cpu] = idle;
      return idle;
    });
  }
}
