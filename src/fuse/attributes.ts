import { constants } from 'node:fs';
import type { Attributes, FsNode } from './node.ts';
import type { Reply } from './reply.ts';
import { attrOut } from './wire.ts';

const TYPE_OF_KIND = { directory: constants.S_IFDIR, symlink: constants.S_IFLNK, file: constants.S_IFREG } as const;

/**
 * Encodes fuse_attr at byte `start`. Defaults: type by kind, owner root, time `now` (ms). The inode number is always the node's id, by
 * which the seccomp transport recognizes an open file.
 */
export function encodeAttributes(
  reply: Reply,
  start: number,
  node: FsNode,
  attributes: Attributes,
  nodeid: number,
  now: number,
): void {
  const at = attrOut.at;
  const { mode, size, uid = 0, gid = 0, nlink = node.kind === 'directory' ? 2 : 1, mtime = now, rdev = 0 } = attributes;
  const seconds = Math.floor(mtime / 1000);
  const nanoseconds = Math.floor((mtime - seconds * 1000) * 1e6);
  reply.u64(start + at.ino, nodeid);
  reply.u64(start + at.size, size);
  reply.u64(start + at.blocks, 0); // as in procfs and sysfs: nothing is on a disk, so `du` counts nothing
  reply.u64(start + at.atime, seconds);
  reply.u64(start + at.mtime, seconds);
  reply.u64(start + at.ctime, seconds);
  reply.u32(start + at.atimensec, nanoseconds);
  reply.u32(start + at.mtimensec, nanoseconds);
  reply.u32(start + at.ctimensec, nanoseconds);
  reply.u32(start + at.mode, mode & constants.S_IFMT ? mode : mode | TYPE_OF_KIND[node.kind]);
  reply.u32(start + at.nlink, nlink);
  reply.u32(start + at.uid, uid);
  reply.u32(start + at.gid, gid);
  reply.u32(start + at.rdev, rdev);
  reply.u32(start + at.blksize, 4096);
  reply.u32(start + at.flags, 0);
}
