import { errnoName } from '../../linux/errno.ts';

/** Why a filter with a listener cannot be installed, by the errno of seccomp(2). */
export function filterRefusal(number: number): string {
  const name = errnoName(number);
  if (name === 'EBUSY') return 'EBUSY: this process is filtered with a listener already';
  if (name === 'EACCES') return 'EACCES: no CAP_SYS_ADMIN in this user namespace';
  if (name === 'EINVAL') return 'EINVAL: Linux before 5.19';
  if (name === 'EINTR') return 'EINTR: it has signal handlers without SA_RESTART, which would interrupt its hypercalls';
  if (name === 'EAGAIN') return 'EAGAIN: it closes descriptors that it does not know, or cannot get another';
  if (name === 'ESRCH') return 'ESRCH: it has ended, or has threads with other filters';
  return name;
}
