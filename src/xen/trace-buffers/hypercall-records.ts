import type { Call } from '../call/call.ts';
import type { Tracer } from '../call/tracers.ts';
import { hypercallArgument, traceEvents } from './events.ts';
import type { TraceBuffers } from './trace-buffers.ts';

/** The arguments in the record of a PV domain's hypercall, by number; for others a record has only the number. */
const ARGUMENTS: Readonly<Record<number, readonly number[]>> = {
  1: [1], // mmu_update: count
  13: [1], // multicall: count
  20: [0, 2], // grant_table_op: command, count
  24: [0, 1], // vcpu_op: command, virtual CPU
  26: [1], // mmuext_op: count
  29: [0], // sched_op: command
};
const NONE: readonly number[] = [];

/** Writes a trace record for each hypercall, before it is performed. */
export class HypercallRecords implements Tracer {
  readonly #buffers: TraceBuffers;
  readonly #data = new Uint32Array(7);

  constructor(buffers: TraceBuffers) {
    this.#buffers = buffers;
  }

  enter(call: Call): void {
    const { domain, hypervisor } = call;
    const vcpu = domain.vcpus[0];
    const cpu = vcpu?.processor ?? 0;
    const running = domain.id;
    this.#data[0] = call.number;
    if (domain.isHvm) {
      this.#buffers.write(cpu, traceEvents.vmmcall, false, this.#data, 1, running);
      return;
    }
    let count = 1;
    for (const index of ARGUMENTS[call.number] ?? NONE) {
      this.#data[count] = call.u32(index);
      this.#data[0] |= hypercallArgument(index);
      count += 1;
    }
    const event = hypervisor.nested ? traceEvents.subcall : traceEvents.hypercall;
    this.#buffers.write(cpu, event, true, this.#data, count, running);
  }

  leave(): void {}
}
