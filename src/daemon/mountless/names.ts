import { readlinkSync, statSync } from 'node:fs';
import type { FileRequest } from '../../fuse/file-request.ts';
import type { DirectoryNode, FsNode } from '../../fuse/node.ts';
import { errno } from '../../linux/errno.ts';
import { withPtraceRight } from '../../linux/process/ptrace-right.ts';
import { HIDDEN } from '../protocol/view-names.ts';

/** The directories that are served, by the path that programs use. */
export const SERVED = ['/proc/xen', '/dev/xen'] as const;
export type Served = (typeof SERVED)[number];

/** A directory above the served ones. A path reaches it through one of them ("/proc/xen/.."), which the kernel cannot follow. */
export type Above = '/' | '/proc' | '/dev';
const ABOVE: readonly string[] = ['/', '/proc', '/dev'] satisfies Above[];

/** Devices whose mappings the page cache of a mount serves: they do not exist without one. */
const NEED_A_MOUNT = new Set(['gntdev', 'gntalloc', 'xenbus_backend']);

const AT_FDCWD = -100;

/** A path within a served directory, or a directory above it. */
export interface Place {
  readonly directory: Served | Above;
  /** Undefined: the directory itself. */
  readonly name: string | undefined;
  /** Whether anything follows `name` in the path, even only a slash. Then `name` would have to be a directory, which it is not. */
  readonly below: boolean;
}

/** Decides which paths of callers are ours, and finds their nodes. */
export class Names {
  readonly #directories: Readonly<Record<Served, DirectoryNode>>;
  /** The path that programs use for a stand-in directory (stand-ins.ts); undefined if it is not one. */
  readonly #standsFor: (path: string) => string | undefined;

  /** `root`: a domain's view, whose hidden directory has the ones that a run binds over /proc and /dev. */
  constructor(root: DirectoryNode, request: FileRequest, standsFor: (path: string) => string | undefined) {
    const step = (from: DirectoryNode, name: string): DirectoryNode => {
      const node = from.lookup(name, request);
      if (typeof node === 'number' || node.kind !== 'directory') throw new Error(`the view has no directory ${name}`);
      return node;
    };
    const hidden = step(root, HIDDEN);
    this.#directories = {
      '/proc/xen': step(step(hidden, 'proc'), 'xen'),
      '/dev/xen': step(step(hidden, 'dev'), 'xen'),
    };
    this.#standsFor = standsFor;
  }

  /**
   * The place that a thread's path refers to; undefined if it is not ours. `relative`: whether a relative path without "xen" may be ours,
   * because programs have got directories. Symbolic links are resolved only in the working directory and the directory of the call.
   */
  place(tid: number, descriptor: number, path: string, relative: boolean): Place | undefined {
    const isAbsolute = path.startsWith('/');
    if (!path.includes('xen') && (isAbsolute || !relative)) return undefined;
    const base = isAbsolute ? '' : this.#base(tid, descriptor);
    if (base === undefined) return undefined;
    return placeOf(`${base}/${path}`);
  }

  /** The place of a descriptor for a stand-in; undefined: it is for another file. */
  placeOfStandIn(tid: number, descriptor: number): Place | undefined {
    const path = this.#base(tid, descriptor);
    return path === undefined ? undefined : placeOf(path);
  }

  /** A new node, as at each lookup; -errno if there is none. */
  find({ directory, name, below }: Place, request: FileRequest): FsNode | number {
    if (!isServed(directory)) return realDirectory(directory);
    const node = this.#directories[directory];
    if (name === undefined) return node;
    const found = NEED_A_MOUNT.has(name) || name.startsWith('.') ? -errno.ENOENT : node.lookup(name, request);
    return below && typeof found !== 'number' ? -errno.ENOTDIR : found;
  }

  /** The names in a directory. */
  list(directory: Served, request: FileRequest): string[] {
    const names = [...this.#directories[directory].list(request)].map(({ name }) => name);
    return names.filter((name) => !NEED_A_MOUNT.has(name));
  }

  #base(tid: number, descriptor: number): string | undefined {
    try {
      const link = descriptor === AT_FDCWD ? `/proc/${tid}/cwd` : `/proc/${tid}/fd/${descriptor}`;
      const path = withPtraceRight(() => readlinkSync(link));
      return this.#standsFor(path) ?? path;
    } catch {
      return undefined; // no such descriptor: the kernel reports that
    }
  }
}

/** Decides by the text of an absolute path. /proc/self/root is the caller's own root directory. */
export function placeOf(path: string): Place | undefined {
  const parts: string[] = [];
  let wasServed = false;
  for (const part of path.split('/')) {
    wasServed ||= parts.length === 2 && isServed(`/${parts.join('/')}`);
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  while (parts[0] === 'proc' && /^(self|thread-self|\d+)$/.test(parts[1] ?? '') && parts[2] === 'root')
    parts.splice(0, 3);
  const directory = SERVED.find((each) => each === `/${parts[0]}/${parts[1]}`);
  if (directory === undefined) {
    const above = `/${parts.join('/')}`;
    return wasServed && isAbove(above) ? { directory: above, name: undefined, below: false } : undefined;
  }
  const below = parts.length > 3 || (parts.length === 3 && /\/\.?$/.test(path));
  return { directory, name: parts[2], below };
}

export function isServed(path: string): path is Served {
  return SERVED.some((each) => each === path);
}

function isAbove(path: string): path is Above {
  return ABOVE.includes(path);
}

/** Only its attributes are asked for. */
function realDirectory(path: Above): DirectoryNode {
  return {
    kind: 'directory',
    attributes() {
      const { mode, uid, gid, nlink, size, mtimeMs } = statSync(path);
      return { mode, uid, gid, nlink, size, mtime: mtimeMs };
    },
    lookup: () => -errno.ENOENT,
    list: () => [],
  };
}
