import type { DirectoryEntry, DirectoryNode, OpenFile } from './node.ts';

/** An open directory; `entries` is a snapshot that rewinddir(3) renews. */
export interface OpenDirectory {
  readonly directory: DirectoryNode;
  entries: DirectoryEntry[];
}

/** What is open, by file handle (`fh`). A handle is never used twice. */
export class OpenTable<Open extends OpenFile | OpenDirectory> {
  readonly #open = new Map<number, Open>();
  #next = 1;

  get size(): number {
    return this.#open.size;
  }

  add(open: Open): number {
    this.#open.set(this.#next, open);
    return this.#next++;
  }

  get(handle: number): Open | undefined {
    return this.#open.get(handle);
  }

  remove(handle: number): Open | undefined {
    const open = this.#open.get(handle);
    this.#open.delete(handle);
    return open;
  }

  /** Empties the table and gives what was in it. */
  drain(): Open[] {
    const all = [...this.#open.values()];
    this.#open.clear();
    return all;
  }
}
