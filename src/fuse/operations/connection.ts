// INIT, DESTROY, INTERRUPT, STATFS: operations on the mount itself.

import { constants } from 'node:os';
import { initFlag, initFlag2, MAX_TRANSFER, PROTOCOL } from '../constants.ts';
import { DEFERRED } from '../node.ts';
import { initIn, initOut, interruptIn, statfsOut } from '../wire.ts';
import type { Context } from './operation.ts';

const { EPROTO } = constants.errno;

/**
 * Not requested: READDIRPLUS (a lookup for each name, when most only list), ATOMIC_O_TRUNC (the kernel then sends the
 * truncate as SETATTR, and takes the size from the driver), WRITEBACK_CACHE and AUTO_INVAL_DATA (shared memory).
 */
const WANTED = initFlag.BIG_WRITES | initFlag.PARALLEL_DIROPS | initFlag.CACHE_SYMLINKS | initFlag.INIT_EXT;

/** Most background requests (readahead, writeback, release) in flight; congestion at 3/4, as by default. */
const MAX_BACKGROUND = 64;

export function init(context: Context): number {
  const { message, reply } = context;
  const { major, minor } = { major: message.u32(initIn.at.major), minor: message.u32(initIn.at.minor) };
  if (major < PROTOCOL.major || (major === PROTOCOL.major && minor < PROTOCOL.minimumMinor)) {
    const needed = `${PROTOCOL.major}.${PROTOCOL.minimumMinor}`;
    context.failure = new Error(
      `the kernel speaks FUSE ${major}.${minor}, needed is ${needed}: use Linux 5.2 or later.`,
    );
    return -EPROTO;
  }
  // Answer a later major version with our version alone; the kernel then sends INIT again in 7.x.
  const agreed = major > PROTOCOL.major ? PROTOCOL.maximumMinor : Math.min(minor, PROTOCOL.maximumMinor);
  if (major === PROTOCOL.major) context.minor = agreed;
  reply.zero(initOut.start, initOut.end);
  reply.u32(initOut.at.major, PROTOCOL.major);
  reply.u32(initOut.at.minor, agreed);
  // No readahead (zero). Only devices' mappings use the page cache, and a page may not be read before it has an owner: the cache would keep
  // its old content. Besides, Linux takes a short read for the end of the file, and an access behind it gets SIGBUS.
  const offered = message.u32(initIn.at.flags);
  reply.u32(initOut.at.flags, offered & WANTED);
  if ((offered & initFlag.INIT_EXT) !== 0) reply.u32(initOut.at.flags2, initFlag2.DIRECT_IO_ALLOW_MMAP);
  reply.u16(initOut.at.maxBackground, MAX_BACKGROUND);
  reply.u16(initOut.at.congestionThreshold, (MAX_BACKGROUND * 3) / 4);
  reply.u32(initOut.at.maxWrite, MAX_TRANSFER);
  reply.u32(initOut.at.timeGran, 1);
  return initOut.size;
}

export function destroy(): number {
  return 0;
}

export function interrupt({ message, pending }: Context): number {
  pending.interrupt(message.u64(interruptIn.at.unique));
  return DEFERRED;
}

/** Reports an empty file system, as procfs does. */
export function statfs({ reply }: Context): number {
  reply.zero(statfsOut.start, statfsOut.end);
  reply.u32(statfsOut.at.bsize, 4096);
  reply.u32(statfsOut.at.frsize, 4096);
  reply.u32(statfsOut.at.namelen, 255);
  return statfsOut.size;
}
