import { constants, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { errno } from '../../linux/errno.ts';
import { openFile } from '../../linux/open-file.ts';
import { OwnFolder } from '../../linux/own-folder.ts';
import { type Above, isServed, SERVED, type Served } from './names.ts';

/** Where a directory may be created: containers may have a read-only root. */
const PLACES = [tmpdir(), '/tmp', '/dev/shm', '/var/tmp', '/run'];

/**
 * Real directories with empty files, for programs that list /proc/xen or /dev/xen: getdents(2) works only on a real directory. They are
 * created at the first use and removed at the end.
 */
export class StandIns {
  readonly #names: (directory: Served) => string[];
  #folder: OwnFolder | undefined;
  /** Its path, as /proc shows it. */
  #root: string | undefined;

  constructor(names: (directory: Served) => string[]) {
    this.#names = names;
  }

  /** Whether a program may have opened one. */
  get used(): boolean {
    return this.#root !== undefined;
  }

  /** Opens the directory, or the empty file `name` in it; a descriptor or -errno. One above the served ones is opened itself. */
  open(directory: Served | Above, name?: string): number {
    if (!isServed(directory)) return openFile(directory, constants.O_RDONLY);
    const root = this.#make();
    if (root === undefined) return -errno.EACCES;
    const path = name === undefined ? `${root}${directory}` : `${root}${directory}/${name}`;
    return openFile(path, constants.O_RDONLY);
  }

  /** Translates a path in the stand-ins to the path that programs use; undefined if it is elsewhere. */
  standsFor(path: string): string | undefined {
    const root = this.#root;
    return root !== undefined && path.startsWith(`${root}/`) ? path.slice(root.length) : undefined;
  }

  remove(): void {
    this.#folder?.remove();
    this.#folder = this.#root = undefined;
  }

  #make(): string | undefined {
    if (this.#root !== undefined) return this.#root;
    const folder = firstThatWorks(PLACES);
    if (folder === undefined) return undefined;
    const root = realpathSync(folder.path);
    this.#folder = folder;
    for (const directory of SERVED) {
      mkdirSync(`${root}${directory}`, { recursive: true });
      for (const name of this.#names(directory)) writeFileSync(`${root}${directory}/${name}`, '', { mode: 0o600 });
    }
    this.#root = root;
    return root;
  }
}

function firstThatWorks(places: readonly string[]): OwnFolder | undefined {
  for (const place of places) {
    try {
      return new OwnFolder(`${place}/fauxen-`);
    } catch {
      // read-only, full or missing
    }
  }
  return undefined;
}
