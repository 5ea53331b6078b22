import type { Hooks } from '../hooks.ts';
import type { Call } from './call.ts';
import type { Hypercall } from './hypercall.ts';

/** Sees every hypercall. `result` as the handler returned it. */
export interface Tracer {
  enter(call: Call, row: Hypercall | undefined): void;
  leave(call: Call, row: Hypercall | undefined, result: number | bigint): void;
}

/** Adds a tracer, between two hypercalls. Returns a function that removes it. */
export function addTracer(hooks: Hooks, tracer: Tracer): () => void {
  const stopEntered = hooks.entered.add((call, row) => tracer.enter(call, row));
  const stopLeft = hooks.left.add((call, row, result) => tracer.leave(call, row, result));
  return () => {
    stopEntered();
    stopLeft();
  };
}
