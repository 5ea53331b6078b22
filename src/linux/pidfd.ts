import { systemCall } from './libc.ts';

const SYS_PIDFD_SEND_SIGNAL = 424;
const SYS_PIDFD_OPEN = 434;
const SYS_PIDFD_GETFD = 438;
/** Linux 6.9: of a thread that is not its process's first, too. */
const PIDFD_THREAD = 0o200;

/** A descriptor that names the process for as long as it is open, or -errno. Readable (poll) once the process has ended. */
export function pidfdOpen(pid: number): number {
  return systemCall(SYS_PIDFD_OPEN, pid, 0);
}

/** As `pidfdOpen`, of a single thread. EINVAL before Linux 6.9. */
export function pidfdOpenThread(tid: number): number {
  return systemCall(SYS_PIDFD_OPEN, tid, PIDFD_THREAD);
}

/** A duplicate of descriptor `fd` of the process behind `pidfd`, close-on-exec, or -errno. Needs the right to ptrace it. */
export function pidfdGetfd(pidfd: number, fd: number): number {
  return systemCall(SYS_PIDFD_GETFD, pidfd, fd, 0);
}

/** Sends a signal to that process and no other, even if its pid was given away since; 0 or -errno. */
export function pidfdSendSignal(pidfd: number, signal: number): number {
  return systemCall(SYS_PIDFD_SEND_SIGNAL, pidfd, signal, 0, 0);
}
