import { systemCall } from './libc.ts';
import { readProc } from './read-proc.ts';

const SYS_GETTID = 186;
const SYS_SCHED_YIELD = 24;

/** The calling thread's id: in a worker it is not process.pid. */
export function gettid(): number {
  return systemCall(SYS_GETTID);
}

/** The process that a thread belongs to; undefined where /proc does not tell, or it has ended. */
export function threadGroup(tid: number): number | undefined {
  const [, group] = /^Tgid:\s+(\d+)/m.exec(readProc(`/proc/${tid}/status`) ?? '') ?? [];
  return group === undefined ? undefined : Number(group);
}

/** Lets another thread that is ready on this CPU run first. */
export function schedYield(): void {
  systemCall(SYS_SCHED_YIELD);
}
