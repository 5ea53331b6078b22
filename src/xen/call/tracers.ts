import type { Hypervisor, Tracer } from '../hypervisor.ts';
import type { Call } from './call.ts';
import type { Hypercall } from './hypercall.ts';

/** Several tracers as one. */
class Tracers implements Tracer {
  readonly list = new Set<Tracer>();

  enter(call: Call, row: Hypercall | undefined): void {
    for (const tracer of this.list) tracer.enter(call, row);
  }

  leave(call: Call, row: Hypercall | undefined, result: number | bigint): void {
    for (const tracer of this.list) tracer.leave(call, row, result);
  }
}

/** Adds a tracer beside those there are, between two hypercalls. What it returns takes it away; the last leaves no cost behind. */
export function addTracer(hypervisor: Hypervisor, tracer: Tracer): () => void {
  const before = hypervisor.tracer;
  const tracers = before instanceof Tracers ? before : new Tracers();
  if (before !== undefined && before !== tracers) tracers.list.add(before);
  tracers.list.add(tracer);
  hypervisor.tracer = tracers;
  return () => {
    tracers.list.delete(tracer);
    if (tracers.list.size === 0 && hypervisor.tracer === tracers) hypervisor.tracer = undefined;
  };
}
