import { constants } from 'node:fs';
import type { DirectoryNode, FileNode, FsNode, OpenFile } from '../fuse/node.ts';
import { errno } from '../xen/errno.ts';
import type { Owner } from './dmesg.ts';

const { S_IFDIR, S_IFREG } = constants;

/** The files of a directory: a node, or a function that makes a new one for each lookup. Names with a leading dot are not listed. */
export type Entries = Readonly<Record<string, FsNode | (() => FsNode)>>;

/** A directory of fixed names, with mode 0755 like xenfs's root; nothing can be created in it. */
export function directory(entries: Entries, owner: Owner): DirectoryNode {
  const names = Object.keys(entries);
  return {
    kind: 'directory',
    attributes: () => ({ mode: S_IFDIR | 0o755, size: 0, nlink: 2, ...owner }),
    lookup(name) {
      const entry = Object.hasOwn(entries, name) ? entries[name] : undefined;
      return typeof entry === 'function' ? entry() : (entry ?? -errno.ENOENT);
    },
    *list() {
      for (const name of names) {
        if (!name.startsWith('.')) yield { name, type: typeOf(entries[name]) };
      }
    },
  };
}

/** A file with a text that is generated at each open. Writing fails with EINVAL, as in xenfs. */
export function textFile(mode: number, text: () => string, owner: Owner): FileNode {
  return {
    kind: 'file',
    attributes: () => ({ mode: S_IFREG | mode, size: 0, ...owner }),
    open: () => openBytes(new TextEncoder().encode(text())),
  };
}

/** An open file with these bytes. */
export function openBytes(bytes: Uint8Array): OpenFile {
  return {
    read(_request, offset, into) {
      const part = bytes.subarray(offset, offset + into.length);
      into.set(part);
      return part.length;
    },
  };
}

function typeOf(entry: FsNode | (() => FsNode) | undefined): number {
  if (typeof entry === 'function' || entry?.kind === 'file') return S_IFREG;
  return entry?.kind === 'symlink' ? constants.S_IFLNK : S_IFDIR;
}
