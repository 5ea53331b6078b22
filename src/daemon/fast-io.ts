import type { FuseIo } from '../fuse/io.ts';
import { errno } from '../linux/errno.ts';
import { read, setNonblocking, write } from '../linux/io.ts';
import type { SeccompDoor } from './seccomp-door.ts';
import type { Spin } from './spin.ts';

/** A blocked receive is broken off this often, to look whether calls still come and FUSE has something. */
const LOOK_UP_MS = 1;

/** While calls come densely through the other door, FUSE is looked at after this many. */
const CALLS_PER_LOOK = 16;

/** Calls in a row, each this soon after the one before, are dense. */
const DENSE_CALLS = 8;
const DENSE_MS = 0.3;

/**
 * What the hypervisor thread waits in: for FUSE's next message, serving meanwhile the calls that come through the seccomp door,
 * if there is one. Blocking where that is best: a read, or a receive, is one system call, a poll before it another.
 */
export class FastIo implements FuseIo {
  readonly #fuse: number;
  readonly #spin: Spin;
  #door: SeccompDoor | undefined;
  #nonblocking = false;

  /** `spin` must not be used by another thread. */
  constructor(fuse: number, spin: Spin) {
    this.#fuse = fuse;
    this.#spin = spin;
  }

  write(bytes: Uint8Array, length: number): number {
    return write(this.#fuse, bytes, 0, length);
  }

  /** From now on calls that come through this door are served, too, until nobody is left behind it. */
  open(door: SeccompDoor): void {
    this.#door = door;
    door.watch(this.#fuse);
    this.#setNonblocking(true);
  }

  read(buffer: Uint8Array): number {
    while (this.#door !== undefined) {
      const length = this.#door.dense ? this.#readDense(this.#door, buffer) : this.#readSparse(this.#door, buffer);
      if (length !== 0) return length;
    }
    return this.#readAlone(buffer);
  }

  /** FUSE only. */
  #readAlone(buffer: Uint8Array): number {
    if (this.#spin.worthIt()) {
      this.#setNonblocking(true);
      do {
        const length = read(this.#fuse, buffer);
        if (length !== -errno.EAGAIN) {
          this.#spin.hit();
          return length;
        }
      } while (!this.#spin.over());
    }
    this.#setNonblocking(false);
    return read(this.#fuse, buffer);
  }

  /** Waits for either. 0: not FUSE. */
  #readSparse(door: SeccompDoor, buffer: Uint8Array): number {
    const ready = door.wait();
    if (ready < 0) return ready;
    if (door.gone) {
      this.#door = undefined;
      door.close();
      return 0;
    }
    if (door.called) {
      door.serve();
      if (door.dense) return 0;
    }
    return door.fuseReady ? this.#readNow(buffer) : 0;
  }

  /** Waits for the door's calls only, looking at FUSE now and then. */
  #readDense(door: SeccompDoor, buffer: Uint8Array): number {
    const received = door.serve();
    if (received === 0 && !door.lookAtFuse()) return 0;
    const length = this.#readNow(buffer);
    if (length !== 0 || received !== -errno.EINTR) return length;
    door.tick();
    return received; // whoever woke us may have something to say
  }

  /** 0: nothing there. */
  #readNow(buffer: Uint8Array): number {
    const length = read(this.#fuse, buffer);
    return length === -errno.EAGAIN ? 0 : length;
  }

  #setNonblocking(on: boolean): void {
    if (on === this.#nonblocking) return;
    setNonblocking(this.#fuse, on);
    this.#nonblocking = on;
  }
}

export { CALLS_PER_LOOK, DENSE_CALLS, DENSE_MS, LOOK_UP_MS };
