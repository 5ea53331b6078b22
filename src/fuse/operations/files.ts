// OPEN, READ, WRITE, FLUSH, FSYNC, RELEASE, IOCTL, POLL.

import { constants as fsConstants } from 'node:fs';
import { constants } from 'node:os';
import {
  DEFAULT_POLLMASK,
  ioctlFlag,
  MAX_TRANSFER,
  openFlag,
  POLL_SCHEDULE_NOTIFY,
  WRITE_CACHE,
} from '../constants.ts';
import { driverError } from '../driver-error.ts';
import { DEFERRED, type OpenFile } from '../node.ts';
import { REPLY_HEADER_SIZE } from '../struct.ts';
import {
  flushIn,
  fsyncIn,
  ioctlIn,
  openIn,
  openOut,
  pollIn,
  pollOut,
  readIn,
  releaseIn,
  writeIn,
  writeOut,
} from '../wire.ts';
import type { Context } from './operation.ts';

const { EBADF, EINVAL, EIO, EISDIR, ELOOP, ENOTTY, ESTALE } = constants.errno;

export function open({ message, reply, request, nodes, opened }: Context): number {
  const node = nodes.get(message.nodeid);
  if (node === undefined) return -ESTALE;
  if (node.kind !== 'file') return node.kind === 'directory' ? -EISDIR : -ELOOP;
  const flags = message.u32(openIn.at.flags);
  if ((flags & fsConstants.O_DIRECT) !== 0) return -EINVAL; // as for every device and every file of procfs
  const file = node.open(request, flags);
  if (typeof file === 'number') return driverError(file);
  reply.u64(openOut.at.fh, opened.addFile(message.nodeid, file));
  reply.u32(openOut.at.openFlags, openFlags(file));
  reply.u32(openOut.at.padding, 0);
  return openOut.size;
}

/**
 * Opens non-seekable files as streams. Otherwise read(2) and write(2) on one open file share the lock of its position, and
 * a write waits for a blocked read, which deadlocks programs that use xenbus (Linux: stream_open, 10dce8af3422).
 */
function openFlags(file: OpenFile): number {
  const cache = file.pageCache ? openFlag.KEEP_CACHE : openFlag.DIRECT_IO;
  const position = file.nonseekable ? openFlag.NONSEEKABLE | openFlag.STREAM : 0;
  return cache | position | (file.flush ? 0 : openFlag.NOFLUSH);
}

export function read({ message, reply, request, opened }: Context): number {
  const file = opened.file(message.nodeid, message.u64(readIn.at.fh));
  if (file === undefined) return -EBADF;
  if (file.read === undefined) return -EINVAL;
  const size = Math.min(message.u32(readIn.at.size), MAX_TRANSFER);
  request.capacity = size;
  const into = reply.bytes.subarray(REPLY_HEADER_SIZE, REPLY_HEADER_SIZE + size);
  const count = file.read(request, message.u64(readIn.at.offset), into, message.u32(readIn.at.flags));
  return checkedCount(count, size);
}

export function write({ message, reply, request, opened }: Context): number {
  const file = opened.file(message.nodeid, message.u64(writeIn.at.fh));
  if (file === undefined) return -EBADF;
  if (file.write === undefined) return -EINVAL;
  // Pages that programs map can be changed there, but not by write(2). The kernel does not tell read(2) from a page fault.
  if (file.pageCache && (message.u32(writeIn.at.writeFlags) & WRITE_CACHE) === 0) return -EINVAL;
  const size = message.u32(writeIn.at.size);
  if (size > message.length - writeIn.end) return -EIO;
  const data = message.bytes.subarray(writeIn.end, writeIn.end + size);
  const count = file.write(request, message.u64(writeIn.at.offset), data, message.u32(writeIn.at.flags));
  const checked = checkedCount(count, size);
  if (checked < 0) return checked;
  reply.u32(writeOut.at.size, checked);
  reply.u32(writeOut.at.padding, 0);
  return writeOut.size;
}

function checkedCount(count: number, size: number): number {
  if (count === DEFERRED) return DEFERRED;
  if (count < 0) return driverError(count);
  if (!Number.isInteger(count) || count > size) throw new RangeError(`a driver answered ${size} bytes with ${count}`);
  return count;
}

export function flush({ message, request, opened }: Context): number {
  const file = opened.file(message.nodeid, message.u64(flushIn.at.fh));
  return file === undefined ? -EBADF : statusOf(file.flush?.(request));
}

export function fsync({ message, request, opened }: Context): number {
  const file = opened.file(message.nodeid, message.u64(fsyncIn.at.fh));
  if (file === undefined) return -EBADF;
  // As for devices and files of procfs, except that msync(2) of written-back pages succeeds.
  if (file.fsync === undefined) return file.pageCache ? 0 : -EINVAL;
  return statusOf(file.fsync(request));
}

function statusOf(status: number | undefined): number {
  if (status === DEFERRED) return DEFERRED;
  return status !== undefined && status < 0 ? driverError(status) : 0;
}

export function release({ message, request, opened }: Context): number {
  const file = opened.removeFile(message.nodeid, message.u64(releaseIn.at.fh));
  file?.release?.(request);
  return file === undefined ? -EBADF : 0;
}

/**
 * The hot path: nothing is allocated. The kernel's copy of the argument (in_size) is not used and no output is returned:
 * drivers read and write the caller's memory themselves.
 */
export function ioctl(context: Context): number {
  const { message, request } = context;
  const flags = message.u32(ioctlIn.at.flags);
  if ((flags & ioctlFlag.DIR) !== 0) return ioctlOfDirectory(context);
  const file = context.opened.file(message.nodeid, message.u64(ioctlIn.at.fh));
  if (file === undefined) return -EBADF;
  if (file.ioctl === undefined) return -ENOTTY;
  request.compat = (flags & (ioctlFlag.COMPAT | ioctlFlag.IS_32BIT)) !== 0;
  const result = file.ioctl(request, message.u32(ioctlIn.at.cmd), message.address(ioctlIn.at.arg));
  // For ioctls that the kernel makes itself (lsattr, chattr) it accepts no reply without their data, but an error.
  return result === DEFERRED || result === -ENOTTY ? result : request.encodeIoctl(result);
}

/** Programs may open a readable directory and make ioctls on it, but no ioctl is defined for directories. */
function ioctlOfDirectory({ message, opened }: Context): number {
  const directory = opened.directory(message.nodeid, message.u64(ioctlIn.at.fh));
  return directory === undefined ? -EBADF : -ENOTTY;
}

/** An error would cause ENOSYS or POLLERR forever. A file without the method is always ready, as in the kernel. */
export function poll({ message, reply, request, opened }: Context): number {
  const file = opened.file(message.nodeid, message.u64(pollIn.at.fh));
  if (file === undefined) return -EBADF;
  const events = message.u32(pollIn.at.events);
  const wantsNotice = (message.u32(pollIn.at.flags) & POLL_SCHEDULE_NOTIFY) !== 0;
  const handle = wantsNotice ? message.bigU64(pollIn.at.kh) : undefined;
  const ready = file.poll ? file.poll(request, events, handle) : DEFAULT_POLLMASK & events;
  if (ready < 0) return ready === DEFERRED ? -EIO : driverError(ready);
  reply.u32(pollOut.at.revents, ready);
  reply.u32(pollOut.at.padding, 0);
  return pollOut.size;
}
