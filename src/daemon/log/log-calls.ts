import type { Tracer } from '../../xen/call/tracers.ts';

/** Logs one debug line per hypercall, including the entries of a multicall. */
export function callLogger(log: (level: 'debug', message: string) => void): Tracer {
  return {
    enter() {},
    leave(call, row, result) {
      const { number, domain } = call;
      log('debug', `domain ${domain.id}: ${row?.name ?? 'unknown'} (${number}) = ${result}`);
    },
  };
}
