import { constants, readdirSync, readFileSync, statSync } from 'node:fs';
import type { DirectoryEntry, DirectoryNode, FileNode, FsNode, SymlinkNode } from '../../fuse/node.ts';
import type { Request } from '../../fuse/request.ts';
import { errno } from '../../linux/errno.ts';

const { S_IFDIR, S_IFLNK, S_IFREG } = constants;

/** Widths of the counters in a line of /proc/net/dev, as Linux prints them: 8 for received data, 8 for sent data. */
const WIDTHS = [7, 7, 4, 4, 4, 5, 10, 9, 8, 7, 4, 4, 4, 5, 7, 10];

/**
 * /proc/net of a dom0 with network backends, which exist only in the simulation. It is the caller's real directory, except that `dev` lists
 * the backends too. Their counters stay 0, since no packets pass.
 */
export class NetDirectory implements DirectoryNode {
  readonly kind = 'directory';
  readonly #real: string;
  readonly #interfaces: () => readonly string[];
  readonly #dev: FileNode = {
    kind: 'file',
    attributes: () => ({ mode: S_IFREG | 0o444, size: 0 }),
    open: ({ tid }) => {
      const bytes = Buffer.from(this.#text(tid));
      return {
        read(_request, offset, into) {
          const part = bytes.subarray(offset, offset + into.length);
          into.set(part);
          return part.length;
        },
      };
    },
  };

  /** `real`: where the real procfs is. */
  constructor(real: string, interfaces: () => readonly string[]) {
    this.#real = real;
    this.#interfaces = interfaces;
  }

  attributes() {
    return { mode: S_IFDIR | 0o555, size: 0 };
  }

  lookup(name: string, { tid }: Request): FsNode | number {
    if (name === 'dev') return this.#dev;
    const stats = statSync(`${this.#folder(tid)}/${name}`, { throwIfNoEntry: false });
    return stats === undefined ? -errno.ENOENT : link(`../self/net/${name}`);
  }

  *list({ tid }: Request): Iterable<DirectoryEntry> {
    for (const name of readdirSync(this.#folder(tid))) yield { name, type: name === 'dev' ? S_IFREG : S_IFLNK };
  }

  /** It is the directory of the caller's network namespace. */
  #folder(tid: number): string {
    return `${this.#real}/${tid === 0 ? 'self' : tid}/net`;
  }

  #text(tid: number): string {
    const real = readFileSync(`${this.#folder(tid)}/dev`, 'latin1');
    const zeros = WIDTHS.map((width) => ` ${'0'.padStart(width)}`).join('');
    const lines = this.#interfaces().map((name) => `${name.padStart(6)}:${zeros}\n`);
    return real + lines.join('');
  }
}

function link(target: string): SymlinkNode {
  const attributes = () => ({ mode: S_IFLNK | 0o777, size: Buffer.byteLength(target) });
  return { kind: 'symlink', attributes, target: () => target };
}
