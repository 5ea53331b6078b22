import { SYS } from './arch/x86-64/system-calls.ts';
import { systemCall } from './libc.ts';

/** PIDFD_THREAD (Linux 6.9): the descriptor refers to one thread, which need not be the first of its process. */
const PIDFD_THREAD = 0o200;

/** A descriptor that names the process for as long as it is open, or -errno. Readable (poll) once the process has ended. */
export function pidfdOpen(pid: number): number {
  return systemCall(SYS.pidfd_open, pid, 0);
}

/** As `pidfdOpen`, for a single thread. EINVAL before Linux 6.9. */
export function pidfdOpenThread(tid: number): number {
  return systemCall(SYS.pidfd_open, tid, PIDFD_THREAD);
}

/** A duplicate of descriptor `fd` of the process behind `pidfd`, close-on-exec, or -errno. Needs the right to ptrace it. */
export function pidfdGetfd(pidfd: number, fd: number): number {
  return systemCall(SYS.pidfd_getfd, pidfd, fd, 0);
}

/** Sends a signal to that process, and to no other even if its pid has been reused; 0 or -errno. */
export function pidfdSendSignal(pidfd: number, signal: number): number {
  return systemCall(SYS.pidfd_send_signal, pidfd, signal, 0, 0);
}
