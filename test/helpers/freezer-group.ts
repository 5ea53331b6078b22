import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A new cgroup (version 2) whose processes can be frozen, as a container's `pause` does. */
export class FreezerGroup {
  readonly #directory: string;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  /** Undefined where there is no such hierarchy, or it is not writable. */
  static make(): FreezerGroup | undefined {
    const root = /^\S+ (\S+) cgroup2 /m.exec(readFileSync('/proc/self/mounts', 'utf8'))?.[1];
    if (root === undefined) return undefined;
    const directory = join(root, `fauxen-test-${process.pid}`);
    try {
      mkdirSync(directory);
    } catch {
      return undefined;
    }
    if (existsSync(join(directory, 'cgroup.freeze'))) return new FreezerGroup(directory);
    rmdirSync(directory);
    return undefined;
  }

  add(pid: number): void {
    writeFileSync(join(this.#directory, 'cgroup.procs'), String(pid));
  }

  freeze(on: boolean): void {
    writeFileSync(join(this.#directory, 'cgroup.freeze'), on ? '1' : '0');
  }

  /** Whether all its processes are frozen. */
  get frozen(): boolean {
    return /^frozen 1$/m.test(readFileSync(join(this.#directory, 'cgroup.events'), 'utf8'));
  }

  /** To be called after its processes have ended. */
  remove(): void {
    rmdirSync(this.#directory);
  }
}
