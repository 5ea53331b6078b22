import { DOMID_IDLE, type Domain } from '../domain/domain.ts';
import { RUNSTATE_RUNNABLE, RUNSTATE_RUNNING, type Vcpu } from '../domain/vcpu.ts';
import type { Hypervisor } from '../hypervisor.ts';
import { traceEvents } from './events.ts';
import type { TraceBuffers } from './trace-buffers.ts';

/** Writes trace records of events of domains and virtual CPUs. Exists only while tracing is enabled. */
export class Records {
  readonly #buffers: TraceBuffers;
  readonly #hypervisor: Hypervisor;
  readonly #data = new Uint32Array(4);
  /** Apart from #data: these records may be written before another one that is on its way (`whoRuns`). */
  readonly #runstateData = new Uint32Array(1);
  readonly #stops: (() => void)[];
  /** Stores the run states of a domain's virtual CPUs before a change. */
  #before: number[] = [];

  constructor(buffers: TraceBuffers, hypervisor: Hypervisor) {
    this.#buffers = buffers;
    this.#hypervisor = hypervisor;
    const { hooks } = hypervisor;
    this.#stops = [
      hooks.domainAdded.add((domain) => this.#domainAdded(domain)),
      hooks.domainRemoved.add((domain) => this.#domainRemoved(domain)),
      hooks.domainShutDown.add((domain, reason) => this.#shutDown(domain, reason)),
      hooks.holdChanging.add((domain) => {
        this.#before = domain.vcpus.map(({ state }) => state);
      }),
      hooks.holdChanged.add((domain, held, only) => this.#changed(domain, held, only)),
    ];
  }

  stop(): void {
    for (const stop of this.#stops) stop();
  }

  /**
   * Records who runs on a CPU, as a switch away and back. On a real machine the scheduler switches often and soon writes such records.
   */
  whoRuns(cpu: number): void {
    const vcpu = this.#runningOn(cpu);
    const [domain, id] = vcpu === undefined ? [DOMID_IDLE, cpu] : [vcpu.domain.id, vcpu.id];
    this.#runstate(cpu, domain, id, RUNSTATE_RUNNING, RUNSTATE_RUNNABLE);
    this.#runstate(cpu, domain, id, RUNSTATE_RUNNABLE, RUNSTATE_RUNNING);
  }

  #domainAdded(domain: Domain): void {
    this.#here(traceEvents.schedDomAdd, domain.id);
    this.#here(traceEvents.domAdd, domain.id);
  }

  #domainRemoved(domain: Domain): void {
    this.#here(traceEvents.domRem, domain.id);
    this.#here(traceEvents.schedDomRem, domain.id);
  }

  #shutDown(domain: Domain, reason: number): void {
    for (const { id } of domain.vcpus) this.#here(traceEvents.shutdown, domain.id, id, reason);
  }

  /** Writes the changes of run states of the domain, or of one virtual CPU. */
  #changed(domain: Domain, held: boolean, only: Vcpu | undefined): void {
    for (const vcpu of domain.vcpus) {
      const { id, processor, state, down } = vcpu;
      if (down || (only !== undefined && vcpu !== only)) continue;
      const old = this.#before[id] ?? state;
      this.#here(held ? traceEvents.sleep : traceEvents.wake, domain.id, id);
      if (old === state) continue;
      // A virtual CPU becomes runnable before it runs, even if it waits for no time.
      const waits = state === RUNSTATE_RUNNING ? RUNSTATE_RUNNABLE : old;
      if (waits !== old) this.#runstate(processor, domain.id, id, old, waits);
      this.#runstate(processor, domain.id, id, waits, state);
    }
  }

  /** Who runs on a CPU, as vcpu << 16 | domain. */
  running(cpu: number): number {
    const vcpu = this.#runningOn(cpu);
    return vcpu === undefined ? (cpu << 16) | DOMID_IDLE : (vcpu.id << 16) | vcpu.domain.id;
  }

  #runningOn(cpu: number): Vcpu | undefined {
    for (const { vcpus } of this.#hypervisor.domains) {
      for (const vcpu of vcpus) if (vcpu.processor === cpu && vcpu.running) return vcpu;
    }
    return undefined;
  }

  #runstate(cpu: number, domain: number, vcpu: number, from: number, to: number): void {
    this.#runstateData[0] = (domain << 16) | vcpu;
    const event = traceEvents.runstateChange | (from << 8) | (to << 4);
    this.#buffers.write(cpu, event, true, this.#runstateData, 1, this.running(cpu));
  }

  /** A record on the CPU of the caller: dom0's first virtual CPU. */
  #here(event: number, ...words: number[]): void {
    for (const [index, word] of words.entries()) this.#data[index] = word;
    const cpu = this.#hypervisor.current?.domain.vcpus[0]?.processor ?? 0;
    this.#buffers.write(cpu, event, true, this.#data, words.length, this.running(cpu));
  }
}
