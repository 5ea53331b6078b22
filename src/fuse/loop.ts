import { constants } from 'node:os';
import type { FuseIo } from './io.ts';
import type { Session } from './session.ts';

const { EAGAIN, ECONNABORTED, EINTR, ENODEV, ENOENT } = constants.errno;

export interface LoopOptions {
  session: Session;
  /** The same as the session's. */
  io: FuseIo;
  /**
   * Called when a signal interrupted the wait, by which another thread announces a message. The signal needs a handler
   * without SA_RESTART (Node's own handlers restart the read).
   */
  onInterrupt?: () => void;
}

/**
 * Serves the mount on this thread until it is unmounted, then closes the session. Blocks: only code that the session calls
 * runs on the thread. Throws the error that makes serving impossible, after closing the session.
 */
export function serve({ session, io, onInterrupt }: LoopOptions): void {
  try {
    for (;;) {
      const length = io.read(session.buffer);
      if (length > 0) {
        session.handle(length);
        if (session.failure !== undefined) throw session.failure;
      } else if (length === -EINTR) {
        onInterrupt?.();
      } else if (length === -ENODEV || length === -ECONNABORTED || length === 0) {
        // Unmounted, or aborted by umount -f or because the mount is no longer reachable.
        return;
      } else if (length === -EAGAIN) {
        rest();
      } else if (length !== -ENOENT) {
        // ENOENT: the caller was killed before its request was read.
        throw new Error(`cannot read from /dev/fuse: errno ${-length}. The mount is lost: umount -l its directory.`);
      }
    }
  } finally {
    session.close();
  }
}

const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** Needed only if a descriptor is non-blocking by mistake: without a pause, the loop would use a whole CPU. */
function rest(): void {
  Atomics.wait(sleeper, 0, 0, 1);
}
