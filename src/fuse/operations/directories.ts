// OPENDIR, READDIR, RELEASEDIR, FSYNCDIR.

import { constants as fsConstants } from 'node:fs';
import { constants } from 'node:os';
import { UNKNOWN_INO } from '../constants.ts';
import type { DirectoryEntry } from '../node.ts';
import type { Reply } from '../reply.ts';
import { REPLY_HEADER_SIZE } from '../struct.ts';
import { dirent, fsyncIn, openOut, readIn, releaseIn } from '../wire.ts';
import type { Context } from './operation.ts';

const { EBADF, ENOTDIR, ESTALE } = constants.errno;

const DOTS: readonly DirectoryEntry[] = ['.', '..'].map((name) => ({ name, type: fsConstants.S_IFDIR }));

export function opendir({ message, reply, nodes, opened }: Context): number {
  const node = nodes.get(message.nodeid);
  if (node?.kind !== 'directory') return node === undefined ? -ESTALE : -ENOTDIR;
  reply.u64(openOut.at.fh, opened.addDirectory(message.nodeid, { directory: node, entries: [] }));
  reply.u32(openOut.at.openFlags, 0);
  reply.u32(openOut.at.padding, 0);
  return openOut.size;
}

/** The offset of an entry is the index of the next one in the snapshot, which is taken at offset 0. */
export function readdir({ message, reply, request, opened }: Context): number {
  const open = opened.directory(message.nodeid, message.u64(readIn.at.fh));
  if (open === undefined) return -EBADF;
  const first = message.u64(readIn.at.offset);
  if (first === 0) open.entries = [...DOTS, ...open.directory.list(request)];
  const end = Math.min(REPLY_HEADER_SIZE + message.u32(readIn.at.size), reply.bytes.length);
  let at = REPLY_HEADER_SIZE;
  for (let index = first; index < open.entries.length; index++) {
    const next = encodeEntry(reply, at, end, open.entries[index]!, index + 1);
    if (next === at) break;
    at = next;
  }
  return at - REPLY_HEADER_SIZE;
}

/** Encodes an entry; returns the offset for the next one, or `at` if this one does not fit. */
function encodeEntry(reply: Reply, at: number, end: number, { name, type }: DirectoryEntry, offset: number): number {
  const length = Buffer.byteLength(name);
  const nameAt = at + dirent.size;
  const next = at + ((dirent.size + length + 7) & ~7);
  if (next > end) return at;
  reply.u64(at + dirent.at.ino, UNKNOWN_INO);
  reply.u64(at + dirent.at.off, offset);
  reply.u32(at + dirent.at.namelen, length);
  reply.u32(at + dirent.at.type, (type & fsConstants.S_IFMT) >> 12);
  reply.bytes.write(name, nameAt);
  reply.zero(nameAt + length, next);
  return next;
}

export function releasedir({ message, opened }: Context): number {
  return opened.removeDirectory(message.nodeid, message.u64(releaseIn.at.fh)) === undefined ? -EBADF : 0;
}

export function fsyncdir({ message, opened }: Context): number {
  return opened.directory(message.nodeid, message.u64(fsyncIn.at.fh)) === undefined ? -EBADF : 0;
}
