import { constants } from 'node:os';
import type { FuseIo } from './io.ts';
import type { Session } from './session.ts';

const { EAGAIN, ECONNABORTED, EINTR, ENODEV, ENOENT } = constants.errno;

export interface LoopOptions {
  session: Session;
  /** The same as the session's. */
  io: FuseIo;
  /**
   * A signal came while no request did: another thread has something to say. It needs a handler without SA_RESTART
   * (Node's own handlers restart the read).
   */
  onInterrupt?: () => void;
}

/**
 * Serves the mount on this thread until it is unmounted, then closes the session. Blocks: nothing else runs on the thread
 * but what the session calls. Throws what makes serving impossible, with the session closed.
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
        // Unmounted, or aborted: by umount -f, or since nobody can reach the mount any more.
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

/** Only a descriptor made non-blocking by mistake gets here; without a pause it would take a whole CPU. */
function rest(): void {
  Atomics.wait(sleeper, 0, 0, 1);
}
