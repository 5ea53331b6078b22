import type { Ptracer } from '../caller/ptracer.ts';
import { type Finished, stopCaller } from '../caller/stop.ts';
import type { FileRequest } from '../fuse/file-request.ts';
import { DEFERRED } from '../fuse/node.ts';
import { errno } from '../xen/errno.ts';

/** Whether FUSE can return an ioctl's result unchanged: a signed 32-bit number other than ENOSYS. */
export function fitsFuse(result: number | bigint): result is number {
  return typeof result === 'number' && result === (result | 0) && result !== -errno.ENOSYS;
}

/**
 * Answers an ioctl whose result FUSE cannot return: ENOSYS, which becomes ENOTTY, or more than 32 bits. Stops the caller at the exit of the
 * call and sets the true result. If it cannot be stopped, it gets the closest result that FUSE can return, and `note` reports the rest.
 */
export function replyExactly(
  ptracer: Ptracer,
  request: FileRequest,
  result: number | bigint,
  note: (text: string) => void,
): number {
  const value = BigInt(result);
  if (request.replyExactly !== undefined) {
    request.replyExactly(value);
    return DEFERRED;
  }
  let reason = 'it had left the call';
  const stop = stopCaller(ptracer, request.tid, (why) => {
    reason = why;
  });
  request.replyIoctl(Number(BigInt.asIntN(32, value)));
  const finished: Finished | 'untraced' = stop?.finish({ setReturn: value }) ?? 'untraced';
  if (finished !== 'done' && finished !== 'gone') {
    const shown = value === BigInt(-errno.ENOSYS) ? 'ENOTTY instead of ENOSYS' : `only 32 bits of ${value}`;
    note(`the caller sees ${shown}: ${reason} (under a debugger, or ptrace not allowed?)`);
  }
  return DEFERRED;
}
