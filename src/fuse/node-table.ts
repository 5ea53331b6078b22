import { ROOT_ID } from './constants.ts';
import type { DirectoryNode, FsNode } from './node.ts';

interface Entry {
  readonly node: FsNode;
  readonly id: number;
  /** Lookup count, which the kernel returns with FORGET. */
  lookups: number;
}

/** The nodes that the kernel knows, by node id. Ids are never reused. */
export class NodeTable {
  readonly #byId = new Map<number, Entry>();
  readonly #byNode = new Map<FsNode, Entry>();
  #next = ROOT_ID + 1;

  constructor(root: DirectoryNode) {
    const entry = { node: root, id: ROOT_ID, lookups: 1 };
    this.#byId.set(ROOT_ID, entry);
    this.#byNode.set(root, entry);
  }

  get size(): number {
    return this.#byId.size;
  }

  get(id: number): FsNode | undefined {
    return this.#byId.get(id)?.node;
  }

  /** The id for the answer to a LOOKUP: the same object keeps its id, a new object gets a new one. */
  remember(node: FsNode): number {
    let entry = this.#byNode.get(node);
    if (entry === undefined) {
      entry = { node, id: this.#next++, lookups: 0 };
      this.#byId.set(entry.id, entry);
      this.#byNode.set(node, entry);
    }
    entry.lookups++;
    return entry.id;
  }

  /** Unknown ids are ignored, and the root stays. */
  forget(id: number, lookups: number): void {
    const entry = this.#byId.get(id);
    if (entry === undefined || id === ROOT_ID) return;
    entry.lookups -= lookups;
    if (entry.lookups > 0) return;
    this.#byId.delete(id);
    this.#byNode.delete(entry.node);
  }
}
