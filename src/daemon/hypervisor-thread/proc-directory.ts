import { constants, existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, type Stats } from 'node:fs';
import type { FileRequest } from '../../fuse/file-request.ts';
import type { Attributes, DirectoryEntry, DirectoryNode, FileNode, FsNode, SymlinkNode } from '../../fuse/node.ts';
import { errno } from '../../linux/errno.ts';
import type { NetworkInterface } from '../protocol/traffic.ts';
import { REAL } from '../protocol/view-names.ts';
import { NetDirectory } from './net-directory.ts';
import { ProcessVisibility } from './process-visibility.ts';

const { S_IFDIR, S_IFLNK, S_IFMT, S_IFREG } = constants;
const { ENOENT } = errno;

/** Entry timeout of mount points, which never change. */
const MOUNT_POINT_SECONDS = 86_400;
/**
 * Entry timeout of links to processes. Staleness is harmless: the link of an ended process dangles, and stat of the link itself is never
 * cached.
 */
const PROCESS_SECONDS = 60;
/** Most links to remember; beyond that the cache is cleared. */
const MOST_PROCESSES = 4096;

/** Where this process sees the real procfs. If Fauxen itself runs under Fauxen, that is inside its own view. */
export function realProc(): string {
  return existsSync(`/proc/${REAL}/self`) ? `/proc/${REAL}` : '/proc';
}

/** Whether a name of /proc is bound over a mount point here: all names are, except those of processes. */
export function isMountPoint(name: string): boolean {
  return !/^\d+$/.test(name);
}

/**
 * Covers /proc, since procfs cannot contain a new directory xen/. The real procfs is bound on `.real`, and its files and directories on
 * nodes with the same names here. Every other name, such as a process's, is a symlink into `.real`, resolved at each lookup.
 */
export class ProcDirectory implements DirectoryNode {
  readonly kind = 'directory';
  /** Its own attributes never change. Each path below /proc needs them, for a check of permissions. */
  readonly keepSeconds = MOUNT_POINT_SECONDS;
  readonly #real: string;
  readonly #own: Readonly<Record<string, FsNode>>;
  /** The mount points. Each node object is permanent: the kernel detaches a mount if the node of its name changes. */
  #mountPoints: Map<string, FsNode> | undefined;
  /** Of all names but processes. A name of procfs keeps its type. */
  readonly #types = new Map<string, number>();
  readonly #visibility: ProcessVisibility;
  readonly #processes = new Map<string, SymlinkNode>();
  /** Network interfaces that only the simulated kernel has. */
  readonly #interfaces: () => readonly NetworkInterface[];
  readonly #net: NetDirectory;

  constructor(
    own: Readonly<Record<string, FsNode>>,
    real: string = realProc(),
    interfaces: () => readonly NetworkInterface[] = () => [],
  ) {
    this.#real = real;
    this.#own = own;
    this.#visibility = new ProcessVisibility(real);
    this.#interfaces = interfaces;
    this.#net = new NetDirectory(real, interfaces);
  }

  attributes() {
    return { mode: S_IFDIR | 0o555, size: 0 };
  }

  lookup(name: string, request: FileRequest): FsNode | number {
    if (Object.hasOwn(this.#own, name)) return this.#own[name] ?? -ENOENT;
    if (name === 'net' && this.#interfaces().length > 0) return this.#net;
    const mountPoint = this.#points().get(name);
    if (mountPoint !== undefined) return mountPoint;
    const stats = statOf(`${this.#real}/${name}`);
    if (stats === undefined || !this.#visibility.shows(name, stats, request)) return -ENOENT;
    return stats.isSymbolicLink() ? link(stats, this.#target(name, request)) : this.#process(name);
  }

  /** Returns the same node while it is cached, so that the kernel caches the link target. */
  #process(name: string): SymlinkNode {
    let known = this.#processes.get(name);
    if (known === undefined) {
      if (this.#processes.size >= MOST_PROCESSES) this.#processes.clear();
      const path = `${this.#real}/${name}`;
      const target = `${REAL}/${name}`;
      known = {
        kind: 'symlink',
        keepSeconds: PROCESS_SECONDS,
        isVisible: (request) => {
          const stats = statOf(path);
          return stats !== undefined && this.#visibility.shows(name, stats, request);
        },
        attributes: () => linkAttributes(statOf(path), target),
        target: () => target,
      };
      this.#processes.set(name, known);
    }
    return known;
  }

  /** Lists processes as directories although they are links: some process viewers ignore other types. */
  *list(request: FileRequest): Iterable<DirectoryEntry> {
    for (const name of Object.keys(this.#own)) yield { name, type: S_IFDIR };
    for (const name of this.#visibility.listed(inKernelOrder(readdirSync(this.#real)), request)) {
      if (!Object.hasOwn(this.#own, name)) yield { name, type: this.#typeOf(name) };
    }
  }

  /** Created at the first use of this directory, which most mounts never show. */
  #points(): Map<string, FsNode> {
    if (this.#mountPoints !== undefined) return this.#mountPoints;
    this.#mountPoints = new Map<string, FsNode>([[REAL, emptyDirectory()]]);
    for (const name of readdirSync(this.#real)) {
      if (!isMountPoint(name)) continue;
      const type = this.#typeOf(name);
      if (type !== S_IFLNK) this.#mountPoints.set(name, type === S_IFDIR ? emptyDirectory() : emptyFile());
    }
    return this.#mountPoints;
  }

  /** Does not use readdir's file types: Node would call stat on a process that has just ended, and throw. */
  #typeOf(name: string): number {
    if (!isMountPoint(name)) return S_IFDIR; // a process
    let type = this.#types.get(name);
    if (type === undefined) {
      type = (lstatSync(`${this.#real}/${name}`, { throwIfNoEntry: false })?.mode ?? S_IFREG) & S_IFMT;
      this.#types.set(name, type);
    }
    return type;
  }

  /** The target of a procfs link, for that caller. */
  #target(name: string, request: FileRequest): string {
    if (name === 'self' || name === 'thread-self') return selfLink(name, request.tid) ?? `${REAL}/${name}`;
    try {
      return readlinkSync(`${this.#real}/${name}`);
    } catch {
      return `${REAL}/${name}`;
    }
  }
}

/** Sorts processes by number, the order that ps expects; Node sorts by name. */
function inKernelOrder(names: string[]): string[] {
  const numbers = new Map(names.map((name) => [name, Number(name) || 0]));
  return names.sort((a, b) => numbers.get(a)! - numbers.get(b)!);
}

/** The result of readlink on /proc/self for that thread: programs read their pid from it. */
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
    return undefined; // the process has just ended: ESRCH
  }
}

/** Returns a new node each time, so that the kernel does not cache the target. */
function link(stats: Stats, target: string): SymlinkNode {
  return { kind: 'symlink', attributes: () => linkAttributes(stats, target), target: () => target };
}

function linkAttributes(stats: Stats | undefined, target: string): Attributes {
  const size = Buffer.byteLength(target);
  if (stats === undefined) return { mode: S_IFLNK | 0o777, size }; // it has ended
  return { mode: S_IFLNK | 0o777, size, uid: stats.uid, gid: stats.gid, mtime: stats.mtimeMs };
}

function emptyDirectory(): DirectoryNode {
  return {
    kind: 'directory',
    keepSeconds: MOUNT_POINT_SECONDS,
    attributes: () => ({ mode: S_IFDIR | 0o555, size: 0 }),
    lookup: () => -ENOENT,
    list: () => [],
  };
}

function emptyFile(): FileNode {
  return {
    kind: 'file',
    keepSeconds: MOUNT_POINT_SECONDS,
    attributes: () => ({ mode: S_IFREG | 0o444, size: 0 }),
    open: () => -ENOENT,
  };
}
