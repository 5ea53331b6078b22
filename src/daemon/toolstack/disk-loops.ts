import { type FileHandle, open } from 'node:fs/promises';
import { setAutoclear } from '../../linux/loop-device.ts';

/**
 * Holds the loop devices that the toolstack's scripts made for guests' disks, as Linux's blkback holds a guest's disk open. The kernel
 * detaches each when it is closed, so that none stays behind however this process ends.
 */
export class DiskLoops {
  readonly #held = new Map<string, FileHandle>();
  #ended = false;

  /** Paths in xenstore of the backends whose devices are held. */
  get backends(): readonly string[] {
    return [...this.#held.keys()];
  }

  /** `path`: the loop device. Does nothing if the backend has one already. */
  async hold(backend: string, path: string): Promise<void> {
    if (this.#held.has(backend)) return;
    const device = await open(path, 'r').catch(() => undefined);
    if (device === undefined) return; // it has been detached again
    if (this.#ended || !(await setAutoclear(device.fd, true))) await device.close();
    else this.#held.set(backend, device);
  }

  /** Closes the backend's device. `remains`: for a script of the toolstack, which will detach it. */
  async release(backend: string, remains: boolean): Promise<void> {
    const device = this.#held.get(backend);
    if (device === undefined) return;
    this.#held.delete(backend);
    if (remains) await setAutoclear(device.fd, false);
    await device.close();
  }

  async end(): Promise<void> {
    this.#ended = true;
    await Promise.all(this.backends.map((backend) => this.release(backend, false)));
  }
}
