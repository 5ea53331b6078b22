import { POLL, PollSet, write } from '../../linux/io.ts';

/** A pipe that poll(2) calls writable takes this much at once without making the writer wait (PIPE_BUF, pipe(7)). */
const PORTION = 4096;

/**
 * Output to a descriptor that others may share and nobody may be reading: never waits. O_NONBLOCK would be the others' affair, too,
 * so it is asked before each portion whether there is room.
 */
export class UnblockedOutput {
  readonly #fd: number;
  readonly #set = new PollSet(1);

  constructor(fd: number) {
    this.#fd = fd;
    this.#set.add(fd, POLL.OUT);
  }

  /** Writes bytes from `offset` on as far as there is room now; how many, or -errno (EPIPE: nobody reads any more; ENOSPC). */
  write(bytes: Uint8Array, offset = 0): number {
    let done = offset;
    while (done < bytes.length && this.#isThereRoom()) {
      const written = write(this.#fd, bytes, done, Math.min(PORTION, bytes.length - done));
      if (written < 0) return written;
      done += written;
    }
    return done - offset;
  }

  #isThereRoom(): boolean {
    return this.#set.wait(0) > 0;
  }
}
