// The tree that a FUSE session serves. Drivers implement these interfaces; the session turns the kernel's messages into
// calls on them. Independent of Xen.
//
// Results are numbers as in the kernel: zero or more is success, a negative number is -errno.

import type { FileRequest } from './file-request.ts';

/** Returned by a method that has already replied, or keeps the request to reply later (`request.defer()`). */
export const DEFERRED = Number.NEGATIVE_INFINITY;

/** Attributes of a node, as stat(2) shows them. Sizes in bytes; `mtime` in milliseconds since the epoch. */
export interface Attributes {
  /** File type and permission bits (S_IFREG | 0o600). */
  mode: number;
  size: number;
  uid?: number;
  gid?: number;
  nlink?: number;
  mtime?: number;
  /** Device number as the kernel packs it in stat, for character devices. */
  rdev?: number;
}

interface NodeBase {
  /**
   * How many seconds the kernel may cache its name and attributes. A symlink's target is then cached as long as the kernel knows the node.
   * Absent: no caching.
   */
  readonly keepSeconds?: number;
  /**
   * Whether this caller may see the node. If present, the kernel keeps the name but asks for the attributes each time, and a caller that may
   * not see them gets ENOENT. The lookup itself must refuse such callers too. A kept symlink is followed without asking.
   */
  isVisible?(request: FileRequest): boolean;
  attributes(request: FileRequest): Attributes;
  /** For truncate(2), chmod(2), utimes(2). Without it they fail with EPERM, except a truncate, which succeeds and does nothing. */
  setAttributes?(request: FileRequest, change: AttributeChange): number;
}

export interface AttributeChange {
  size?: number;
  mode?: number;
  uid?: number;
  gid?: number;
}

export interface DirectoryEntry {
  name: string;
  /** S_IFDIR, S_IFREG, S_IFLNK or S_IFCHR. */
  type: number;
}

export interface DirectoryNode extends NodeBase {
  readonly kind: 'directory';
  /**
   * The node of that name, or -errno. Returning a new object gives the file a new node id, and so a separate page cache.
   */
  lookup(name: string, request: FileRequest): FsNode | number;
  list(request: FileRequest): Iterable<DirectoryEntry>;
  /** -errno for creating a file in it (default EACCES as in procfs), and for mkdir, link and rename (default EPERM). */
  readonly createError?: number;
}

export interface SymlinkNode extends NodeBase {
  readonly kind: 'symlink';
  /** The size in its attributes must be the target's length in bytes: the kernel truncates the target to it. */
  target(request: FileRequest): string;
}

export interface FileNode extends NodeBase {
  readonly kind: 'file';
  /** A new open file, or -errno. `flags` are those of open(2). */
  open(request: FileRequest, flags: number): OpenFile | number;
}

export type FsNode = DirectoryNode | SymlinkNode | FileNode;

/** One open file description. A missing method answers EINVAL (ioctl: ENOTTY; flush and release: success; fsync with a page cache, too). */
export interface OpenFile {
  /** Keep the kernel's page cache (needed for shared mmap); without it every read and write reaches the driver. */
  readonly pageCache?: boolean;
  /**
   * A stream, as made by Linux's stream_open: lseek(2) and pread(2) fail with ESPIPE, `offset` is always 0, and a blocked
   * read does not delay a write on the same open file.
   */
  readonly nonseekable?: boolean;
  /**
   * Reads up to `into.length` bytes at `offset` (exact up to 2^53) into `into`; returns the count read, -errno or
   * DEFERRED. `flags` are the file's current O_ flags (O_NONBLOCK).
   */
  read?(request: FileRequest, offset: number, into: Uint8Array, flags: number): number;
  /** Returns the count written, -errno or DEFERRED. `data` is valid only during the call. */
  write?(request: FileRequest, offset: number, data: Uint8Array, flags: number): number;
  /**
   * `command` is an unsigned number, `argument` the caller's pointer (a double: from 2^47 on it is inexact, and not a user
   * address). Returns the ioctl's result (a signed 32-bit number), -errno or DEFERRED.
   */
  ioctl?(request: FileRequest, command: number, argument: number): number;
  /**
   * The events that are ready now (POLLIN ...). If `handle` is not undefined the kernel wants one `session.notifyPoll(handle)`
   * when that changes.
   */
  poll?(request: FileRequest, events: number, handle: bigint | undefined): number;
  flush?(request: FileRequest): number;
  fsync?(request: FileRequest): number;
  release?(request: FileRequest): void;
}
