import { SYS } from './arch/x86-64/system-calls.ts';
import { errno } from './errno.ts';
import { addressOf, libc, systemCall } from './libc.ts';
import { readProc } from './read-proc.ts';

/** The calling thread's id: in a worker it is not process.pid. */
export function gettid(): number {
  return systemCall(SYS.gettid);
}

/** The process that a thread belongs to; undefined if /proc does not show it or it has ended. */
export function threadGroup(tid: number): number | undefined {
  const [, group] = /^Tgid:\s+(\d+)/m.exec(readProc(`/proc/${tid}/status`) ?? '') ?? [];
  return group === undefined ? undefined : Number(group);
}

/** Whether a thread is the first of its process, so that both have one id. Much cheaper than `threadGroup`; false if it has ended. */
export function isProcess(tid: number): boolean {
  const asked = systemCall(SYS.tgkill, tid, tid, 0); // no signal: only the ids and the right to send one are checked
  return asked === 0 || asked === -errno.EPERM;
}

/** The supplementary groups of a thread; empty if it is not visible or has ended. */
export function groupsOf(tid: number): number[] {
  const [, groups = ''] = /^Groups:[ \t]*(.*)$/m.exec(readProc(`/proc/${tid}/status`) ?? '') ?? [];
  return groups.split(' ').filter(Boolean).map(Number);
}

const clockGettime: (clock: number, address: number) => number = libc.func('int clock_gettime(int, int64_t)');
const time = new BigInt64Array(2);
const timeAddress = addressOf(time);

/**
 * CPU time of a thread of this process in milliseconds; undefined if there is no such thread. The clock id is computed from the thread id
 * as in pthread_getcpuclockid(3), with the kernel's CPUCLOCK_SCHED (2) and CPUCLOCK_PERTHREAD_MASK (4).
 */
export function cpuTimeOf(tid: number): number | undefined {
  if (clockGettime((~tid << 3) | 6, timeAddress) !== 0) return undefined;
  return Number(time[0]) * 1e3 + Number(time[1]) / 1e6;
}
