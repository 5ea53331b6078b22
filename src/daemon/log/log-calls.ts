import type { Tracer } from '../../xen/call/tracers.ts';

/** One debug line a hypercall, multicall's entries included. */
export function callLogger(log: (level: 'debug', message: string) => void): Tracer {
  return {
    enter() {},
    leave(call, row, result) {
      const { number, domain } = call;
      log('debug', `domain ${domain.id}: ${row?.name ?? 'unknown'} (${number}) = ${result}`);
    },
  };
}
