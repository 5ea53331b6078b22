import { constants } from 'node:os';
import type { DirectoryEntry, DirectoryNode, OpenFile } from './node.ts';

const { EBADF } = constants.errno;

/** An open directory; `entries` is a snapshot that rewinddir(3) renews. */
export interface OpenDirectory {
  readonly directory: DirectoryNode;
  entries: DirectoryEntry[];
}

/** The target of a handle: the node it was opened from, and either a file or a directory. */
interface Opened {
  readonly nodeid: number;
  readonly file: OpenFile | undefined;
  readonly directory: OpenDirectory | undefined;
}

/**
 * Open files and directories by handle (`fh`). They share one numbering, and handles are never reused. Every lookup checks the node and
 * kind of the request, so a handle of one node or kind never reaches another.
 *
 * The user is not checked: an open file is a capability that a program may inherit or receive (SCM_RIGHTS). The kernel takes the handle
 * from its own open file, so a caller cannot use a handle that it does not hold.
 */
export class OpenTable {
  readonly #opened = new Map<number, Opened>();
  #next = 1;

  get size(): number {
    return this.#opened.size;
  }

  addFile(nodeid: number, file: OpenFile): number {
    return this.#add({ nodeid, file, directory: undefined });
  }

  addDirectory(nodeid: number, directory: OpenDirectory): number {
    return this.#add({ nodeid, file: undefined, directory });
  }

  /** The file with that handle if it was opened from that node. */
  file(nodeid: number, handle: number): OpenFile | undefined {
    const opened = this.#opened.get(handle);
    return opened?.nodeid === nodeid ? opened.file : undefined;
  }

  /** The directory with that handle if it was opened from that node. */
  directory(nodeid: number, handle: number): OpenDirectory | undefined {
    const opened = this.#opened.get(handle);
    return opened?.nodeid === nodeid ? opened.directory : undefined;
  }

  /** 0 if the handle was opened from that node, as a file or directory, otherwise -EBADF. */
  check(nodeid: number, handle: number): number {
    return this.#opened.get(handle)?.nodeid === nodeid ? 0 : -EBADF;
  }

  /** Closes a file and returns it, as `file` does. */
  removeFile(nodeid: number, handle: number): OpenFile | undefined {
    const file = this.file(nodeid, handle);
    if (file !== undefined) this.#opened.delete(handle);
    return file;
  }

  /** Closes a directory. */
  removeDirectory(nodeid: number, handle: number): OpenDirectory | undefined {
    const directory = this.directory(nodeid, handle);
    if (directory !== undefined) this.#opened.delete(handle);
    return directory;
  }

  /** Empties the table; returns the files that were in it. */
  drain(): OpenFile[] {
    const files = [...this.#opened.values()].flatMap(({ file }) => (file === undefined ? [] : [file]));
    this.#opened.clear();
    return files;
  }

  #add(opened: Opened): number {
    this.#opened.set(this.#next, opened);
    return this.#next++;
  }
}
