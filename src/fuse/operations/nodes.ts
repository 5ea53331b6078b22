// LOOKUP, FORGET, GETATTR, SETATTR, READLINK and the refusals to change a directory.

import { constants } from 'node:os';
import { encodeAttributes } from '../attributes.ts';
import { GETATTR_FH, setattrValid } from '../constants.ts';
import { driverError } from '../driver-error.ts';
import { type AttributeChange, DEFERRED, type FsNode } from '../node.ts';
import { REPLY_HEADER_SIZE, REQUEST_HEADER_SIZE } from '../struct.ts';
import { batchForgetIn, entryOut, forgetIn, forgetOne, getattrIn, getattrOut, setattrIn } from '../wire.ts';
import type { Context } from './operation.ts';

const { EACCES, EINVAL, EIO, ENAMETOOLONG, ENOENT, ENOTDIR, EPERM, ESTALE } = constants.errno;

export function lookup(context: Context): number {
  const { message, reply, request, nodes } = context;
  const name = message.name(REQUEST_HEADER_SIZE);
  if (name === undefined) return -EIO;
  const directory = nodes.get(message.nodeid);
  if (directory === undefined) return -ESTALE;
  if (directory.kind !== 'directory') return -ENOTDIR;
  const found = directory.lookup(name, request);
  if (typeof found === 'number') return driverError(found);
  const attributes = found.attributes(request); // may throw, so call it before counting the kernel's reference
  const id = nodes.remember(found);
  reply.zero(entryOut.start, entryOut.at.attr); // generation 0: ids are never reused
  reply.u64(entryOut.at.nodeid, id);
  reply.u64(entryOut.at.entryValid, found.keepSeconds ?? 0);
  reply.u64(entryOut.at.attrValid, attributeSeconds(found));
  encodeAttributes(reply, entryOut.at.attr, found, attributes, id, context.startTime);
  return entryOut.size;
}

export function forget({ message, nodes }: Context): number {
  nodes.forget(message.nodeid, message.u64(forgetIn.at.nlookup));
  return DEFERRED;
}

export function batchForget({ message, nodes }: Context): number {
  const fits = Math.floor((message.length - batchForgetIn.end) / forgetOne.size);
  const count = Math.min(message.u32(batchForgetIn.at.count), fits);
  for (let index = 0; index < count; index++) {
    const start = batchForgetIn.end + index * forgetOne.size;
    nodes.forget(message.u64(start + forgetOne.at.nodeid), message.u64(start + forgetOne.at.nlookup));
  }
  return DEFERRED;
}

export function getattr(context: Context): number {
  const { message, nodes, opened } = context;
  const node = nodes.get(message.nodeid);
  if (node === undefined) return -ESTALE;
  if (message.u32(getattrIn.at.flags) & GETATTR_FH) {
    const wrong = opened.check(message.nodeid, message.u64(getattrIn.at.fh));
    if (wrong < 0) return wrong;
  }
  return replyAttributes(context, node);
}

function attributeSeconds({ isVisible, keepSeconds = 0 }: FsNode): number {
  return isVisible === undefined ? keepSeconds : 0;
}

function replyAttributes({ message, reply, request, startTime }: Context, node: FsNode): number {
  if (node.isVisible?.(request) === false) return -ENOENT;
  reply.zero(getattrOut.start, getattrOut.at.attr);
  reply.u64(getattrOut.at.attrValid, attributeSeconds(node));
  encodeAttributes(reply, getattrOut.at.attr, node, node.attributes(request), message.nodeid, startTime);
  return getattrOut.size;
}

export function setattr(context: Context): number {
  const { message, nodes, opened, request } = context;
  const node = nodes.get(message.nodeid);
  if (node === undefined) return -ESTALE;
  const valid = message.u32(setattrIn.at.valid);
  if (valid & setattrValid.FH) {
    const wrong = opened.check(message.nodeid, message.u64(setattrIn.at.fh));
    if (wrong < 0) return wrong;
  }
  const change: AttributeChange = {};
  if (valid & setattrValid.SIZE) change.size = message.u64(setattrIn.at.size);
  if (valid & setattrValid.MODE) change.mode = message.u32(setattrIn.at.mode);
  if (valid & setattrValid.UID) change.uid = message.u32(setattrIn.at.uid);
  if (valid & setattrValid.GID) change.gid = message.u32(setattrIn.at.gid);
  const status = node.setAttributes ? node.setAttributes(request, change) : changeByDefault(change);
  return status < 0 ? driverError(status) : replyAttributes(context, node);
}

/** The truncate of `echo > file` does nothing, as for most files of procfs; nothing else can be changed. */
function changeByDefault({ size, mode, uid, gid }: AttributeChange): number {
  const onlyTruncates = size !== undefined && mode === undefined && uid === undefined && gid === undefined;
  return onlyTruncates ? 0 : -EPERM;
}

/** Longest target: a page, less the NUL that the kernel adds. */
const MAX_TARGET = 4095;

export function readlink({ message, reply, request, nodes }: Context): number {
  const node = nodes.get(message.nodeid);
  if (node === undefined) return -ESTALE;
  if (node.kind !== 'symlink') return -EINVAL;
  const target = node.target(request);
  if (Buffer.byteLength(target) > MAX_TARGET) return -ENAMETOOLONG;
  return reply.bytes.write(target, REPLY_HEADER_SIZE);
}

/** CREATE, MKNOD. */
export function refuseFile(context: Context): number {
  return refusal(context, -EACCES);
}

/** MKDIR, UNLINK, RMDIR, RENAME, LINK, SYMLINK. */
export function refuseName(context: Context): number {
  return refusal(context, -EPERM);
}

function refusal({ message, nodes }: Context, byDefault: number): number {
  const node = nodes.get(message.nodeid);
  if (node?.kind !== 'directory') return node === undefined ? -ESTALE : -ENOTDIR;
  return driverError(node.createError ?? byDefault);
}
