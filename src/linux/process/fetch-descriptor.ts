import { errno } from '../errno.ts';
import { close } from '../io.ts';
import { shareDescriptors } from '../kcmp.ts';
import { pidfdGetfd, pidfdOpen, pidfdOpenThread } from '../pidfd.ts';
import { threadGroup } from '../thread.ts';

/** A descriptor of this process for the open file behind one of the thread's, or -errno. */
export function fetchDescriptor(tid: number, descriptor: number): number {
  const thread = openThread(tid);
  if (thread < 0) return thread;
  const copy = pidfdGetfd(thread, descriptor);
  close(thread);
  return copy;
}

/** Before Linux 6.9 a pidfd needs the process's first thread, which works if both threads share the descriptor table. */
function openThread(tid: number): number {
  const thread = pidfdOpenThread(tid);
  if (thread !== -errno.EINVAL) return thread;
  const first = threadGroup(tid);
  return first !== undefined && shareDescriptors(tid, first) ? pidfdOpen(first) : -errno.ESRCH;
}
