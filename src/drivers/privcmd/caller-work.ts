import type { Ptracer } from '../../caller/ptracer.ts';
import { stopCaller } from '../../caller/stop.ts';
import type { FileRequest } from '../../fuse/file-request.ts';
import { DEFERRED } from '../../fuse/node.ts';
import { errno } from '../../xen/errno.ts';
import type { CopiedPages } from './copied-pages.ts';
import type { CallerWork } from './privcmd.ts';

export interface ReplyTools {
  readonly ptracer: Ptracer;
  /** Copies of pages, if the caller's file supports them. */
  readonly copies?: CopiedPages | undefined;
  /** Gets the reason if no memory is mapped. */
  note(text: string): void;
}

/**
 * Answers an ioctl and makes system calls in the caller before it returns to user space. If the caller cannot be stopped, it gets copies of
 * the pages if there are any; otherwise the ioctl fails with EPERM.
 */
export function replyAfterWork(
  { ptracer, copies, note }: ReplyTools,
  request: Pick<FileRequest, 'tid' | 'replyIoctl' | 'lend' | 'stillWaits'>,
  result: number,
  work: CallerWork,
): number {
  let reason = '';
  const stop = stopCaller(ptracer, request.tid, (why) => {
    reason = why;
  });
  if (stop === undefined && copies !== undefined) {
    copies.show(work.shows);
    note(
      `${reason}: under a debugger it maps copies of pages, which are written back at munmap; several maps at once may mix up their pages`,
    );
    return result;
  }
  if (stop === undefined) {
    note(`no memory mapped: ${reason} (under a debugger, or ptrace not allowed?)`);
    return -errno.EPERM;
  }
  if (request.stillWaits?.() === false) {
    stop.finish(); // it was killed; the stopped thread is released unchanged
    return DEFERRED;
  }
  const lent = work.file === undefined ? undefined : request.lend?.(work.file);
  request.replyIoctl(result);
  const finished = stop.finish({
    run: (call) => work.run(call, lent),
    returnAfter: () => {
      const failure = work.failure();
      return failure === undefined ? undefined : BigInt(failure);
    },
  });
  if (finished === 'refused' || finished === 'late') note(`no memory mapped: the caller's thread was ${finished}`);
  return DEFERRED;
}
