import { POLL, PollSet, write } from '../../linux/io.ts';

/** A pipe that poll(2) calls writable takes this much at once without making the writer wait (PIPE_BUF, pipe(7)). */
const PORTION = 4096;

/**
 * Writes to a descriptor without blocking, even if nothing reads it. Other processes may share the descriptor, and O_NONBLOCK would
 * affect them too, so it polls for room before each chunk instead.
 */
export class UnblockedOutput {
  readonly #fd: number;
  readonly #set = new PollSet(1);

  constructor(fd: number) {
    this.#fd = fd;
    this.#set.add(fd, POLL.OUT);
  }

  /** Writes as many bytes from `offset` on as fit now; returns how many, or -errno (EPIPE: the reader is gone; ENOSPC). */
  write(bytes: Uint8Array, offset = 0): number {
    let done = offset;
    while (done < bytes.length && this.#hasRoom()) {
      const written = write(this.#fd, bytes, done, Math.min(PORTION, bytes.length - done));
      if (written < 0) return written;
      done += written;
    }
    return done - offset;
  }

  #hasRoom(): boolean {
    return this.#set.wait(0) > 0;
  }
}
