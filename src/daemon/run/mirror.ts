import { lstatSync, readdirSync, readFileSync, readlinkSync, type Stats } from 'node:fs';
import { constants } from 'node:os';
import type { DirectoryEntry, DirectoryNode, FsNode, SymlinkNode } from '../../fuse/node.ts';
import type { Request } from '../../fuse/request.ts';
import { REAL } from './view-names.ts';

const S_IFDIR = 0o040000;
const S_IFREG = 0o100000;
const S_IFLNK = 0o120000;

/**
 * A directory that looks like `real`, with names of our own added. Every other name is a symlink to the real one, asked for
 * anew at each lookup, so that processes come and go as they do in /proc. The launcher binds the real directory on `.real`.
 */
export class Mirror implements DirectoryNode {
  readonly kind = 'directory';
  readonly #real: string;
  readonly #own: Readonly<Record<string, FsNode>>;
  /** One object for ever: a mount on a name whose node changes is taken off by the kernel. */
  readonly #mountPoint = emptyDirectory();

  constructor(real: string, own: Readonly<Record<string, FsNode>>) {
    this.#real = real;
    this.#own = own;
  }

  attributes() {
    return { mode: S_IFDIR | 0o555, size: 0 };
  }

  lookup(name: string): FsNode | number {
    if (name === REAL) return this.#mountPoint;
    if (Object.hasOwn(this.#own, name)) return this.#own[name] ?? -constants.errno.ENOENT;
    const stats = statOf(`${this.#real}/${name}`);
    if (stats === undefined) return -constants.errno.ENOENT;
    return link(stats, (request) => this.#target(name, stats, request));
  }

  /** Directories are listed as such although they are links: some process viewers look at no other type. */
  *list(): Iterable<DirectoryEntry> {
    for (const name of Object.keys(this.#own)) yield { name, type: S_IFDIR };
    for (const entry of readdirSync(this.#real, { withFileTypes: true })) {
      if (Object.hasOwn(this.#own, entry.name)) continue;
      const type = entry.isDirectory() ? S_IFDIR : entry.isSymbolicLink() ? S_IFLNK : S_IFREG;
      yield { name: entry.name, type };
    }
  }

  #target(name: string, stats: Stats, request: Request): string {
    if (!stats.isSymbolicLink()) return `${REAL}/${name}`;
    if (name === 'self' || name === 'thread-self') return selfLink(name, request.tid) ?? `${REAL}/${name}`;
    try {
      return readlinkSync(`${this.#real}/${name}`);
    } catch {
      return `${REAL}/${name}`;
    }
  }
}

/** What readlink of /proc/self answers to that thread: programs take their pid from it. */
function selfLink(name: 'self' | 'thread-self', tid: number): string | undefined {
  if (tid === 0) return undefined; // in another pid namespace
  try {
    const [, pid] = /^Tgid:\s*(\d+)/m.exec(readFileSync(`/proc/${tid}/status`, 'latin1')) ?? [];
    if (pid === undefined) return undefined;
    return name === 'self' ? pid : `${pid}/task/${tid}`;
  } catch {
    return undefined;
  }
}

function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined; // a process that ends just now: ESRCH
  }
}

function link(stats: Stats, target: (request: Request) => string): SymlinkNode {
  return {
    kind: 'symlink',
    attributes: () => ({ mode: S_IFLNK | 0o777, size: 0, uid: stats.uid, gid: stats.gid, mtime: stats.mtimeMs }),
    target,
  };
}

function emptyDirectory(): DirectoryNode {
  return {
    kind: 'directory',
    attributes: () => ({ mode: S_IFDIR | 0o555, size: 0 }),
    lookup: () => -constants.errno.ENOENT,
    list: () => [],
  };
}
