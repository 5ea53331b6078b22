import { errno } from '../../linux/errno.ts';
import { mayCompare } from '../../linux/kcmp.ts';
import { layDownPtraceRight, takeUpPtraceRight } from '../../linux/process/ptrace-right.ts';
import { readProc } from '../../linux/read-proc.ts';
import { filterRefusal } from './filter-refusal.ts';

const CAP_SYS_ADMIN = 21n;

/** A field of /proc/TID/status. */
function field(status: string, name: string): string | undefined {
  return new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1];
}

const statusOf = (tid: number | 'self') => readProc(`/proc/${tid}/status`) ?? '';

/**
 * Why no filter is to be installed in the process of a thread that waits for an answer; undefined if it may be tried. A process with
 * filters of its own is left alone: they may kill it for a system call that it would not have made itself. Costs 60 µs.
 */
export function filterHindrance(tid: number): string | undefined {
  const status = statusOf(tid);
  const filters = field(status, 'Seccomp_filters');
  if (filters === undefined) return 'its thread has ended, or Linux is older than 5.9';
  // Some calls of a process with Fauxen's filter also come through FUSE: the first ones on each descriptor.
  if (filters !== field(statusOf('self'), 'Seccomp_filters'))
    return 'it already has a seccomp filter: its own, or the one that Fauxen installed';
  const capabilities = BigInt(`0x${field(status, 'CapEff') ?? '0'}`);
  const mayInstall = ((capabilities >> CAP_SYS_ADMIN) & 1n) === 1n || field(status, 'NoNewPrivs') === '1';
  if (!mayInstall) return filterRefusal(errno.EACCES);
  layDownPtraceRight();
  const isWithinReach = mayCompare(tid);
  takeUpPtraceRight();
  return isWithinReach ? undefined : 'it is of another user, or has more capabilities than Fauxen';
}
