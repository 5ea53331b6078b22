import { type Finished, stopCaller } from '../caller/stop.ts';
import { DEFERRED } from '../fuse/node.ts';
import type { Request } from '../fuse/request.ts';
import { errno } from '../xen/errno.ts';

/** Whether FUSE carries an ioctl's result as it is: a signed number of 32 bits, and not ENOSYS. */
export function fitsFuse(result: number | bigint): result is number {
  return typeof result === 'number' && result === (result | 0) && result !== -errno.ENOSYS;
}

/**
 * Answers an ioctl whose result FUSE cannot carry: ENOSYS, which it turns into ENOTTY, or more than 32 bits. A stop of the caller on
 * its way out sets the true result; where it cannot be stopped, it gets what FUSE can say, and `note` the rest.
 */
export function replyExactly(request: Request, result: number | bigint, note: (text: string) => void): number {
  const value = BigInt(result);
  let reason = 'it had left the call';
  const stop = stopCaller(request.tid, (why) => {
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
