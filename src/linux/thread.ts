import { systemCall } from './libc.ts';

const SYS_GETTID = 186;
const SYS_SCHED_YIELD = 24;

/** The calling thread's id: in a worker it is not process.pid. */
export function gettid(): number {
  return systemCall(SYS_GETTID);
}

/** Lets another thread that is ready on this CPU run first. */
export function schedYield(): void {
  systemCall(SYS_SCHED_YIELD);
}
