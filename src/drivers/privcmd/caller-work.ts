import { stopCaller } from '../../caller/stop.ts';
import { DEFERRED } from '../../fuse/node.ts';
import type { Request } from '../../fuse/request.ts';
import { errno } from '../../xen/errno.ts';
import type { CallerWork } from './privcmd.ts';

/**
 * Answers an ioctl and, before the caller is back in user space, makes system calls in it. Where it cannot be stopped the ioctl
 * fails with EPERM and `note` gets the reason.
 */
export function replyAfterWork(request: Request, result: number, work: CallerWork, note: (text: string) => void) {
  const stop = stopCaller(request.tid, (why) =>
    note(`no memory mapped: ${why} (under a debugger, or ptrace not allowed?)`),
  );
  if (stop === undefined) return -errno.EPERM;
  request.replyIoctl(result);
  const finished = stop.finish({
    run: work.run,
    returnAfter: () => {
      const failure = work.failure();
      return failure === undefined ? undefined : BigInt(failure);
    },
  });
  if (finished === 'refused' || finished === 'late') note(`no memory mapped: the caller's thread was ${finished}`);
  return DEFERRED;
}
