// The structs of include/uapi/linux/fuse.h (7.31 and later) that Fauxen reads or writes. `xIn` is in a
// request, `xOut` in a reply; the names are the header's. Multi-byte fields are little-endian: x86 and arm64.

import { replyStruct, requestStruct, struct } from './struct.ts';

export const inHeader = struct(0, {
  len: 4,
  opcode: 4,
  unique: 8,
  nodeid: 8,
  uid: 4,
  gid: 4,
  pid: 4,
  totalExtlen: 2,
  padding: 2,
});
export const outHeader = struct(0, { len: 4, error: 4, unique: 8 });

export const forgetIn = requestStruct({ nlookup: 8 });
export const batchForgetIn = requestStruct({ count: 4, dummy: 4 });
/** One element of the array after `batchForgetIn`; offsets from its own start. */
export const forgetOne = struct(0, { nodeid: 8, nlookup: 8 });
export const getattrIn = requestStruct({ flags: 4, dummy: 4, fh: 8 });
export const setattrIn = requestStruct({
  valid: 4,
  padding: 4,
  fh: 8,
  size: 8,
  lockOwner: 8,
  atime: 8,
  mtime: 8,
  ctime: 8,
  atimensec: 4,
  mtimensec: 4,
  ctimensec: 4,
  mode: 4,
  unused4: 4,
  uid: 4,
  gid: 4,
  unused5: 4,
});
export const openIn = requestStruct({ flags: 4, openFlags: 4 });
export const readIn = requestStruct({
  fh: 8,
  offset: 8,
  size: 4,
  readFlags: 4,
  lockOwner: 8,
  flags: 4,
  padding: 4,
});
export const writeIn = requestStruct({
  fh: 8,
  offset: 8,
  size: 4,
  writeFlags: 4,
  lockOwner: 8,
  flags: 4,
  padding: 4,
});
export const releaseIn = requestStruct({ fh: 8, flags: 4, releaseFlags: 4, lockOwner: 8 });
export const flushIn = requestStruct({ fh: 8, unused: 4, padding: 4, lockOwner: 8 });
export const fsyncIn = requestStruct({ fh: 8, fsyncFlags: 4, padding: 4 });
export const interruptIn = requestStruct({ unique: 8 });
export const ioctlIn = requestStruct({ fh: 8, flags: 4, cmd: 4, arg: 8, inSize: 4, outSize: 4 });
export const pollIn = requestStruct({ fh: 8, kh: 8, flags: 4, events: 4 });
/** The part that every 7.x kernel sends; flags2 and reserved words follow since 7.36 and are not used. */
export const initIn = requestStruct({ major: 4, minor: 4, maxReadahead: 4, flags: 4 });

const attr = {
  ino: 8,
  size: 8,
  blocks: 8,
  atime: 8,
  mtime: 8,
  ctime: 8,
  atimensec: 4,
  mtimensec: 4,
  ctimensec: 4,
  mode: 4,
  nlink: 4,
  uid: 4,
  gid: 4,
  rdev: 4,
  blksize: 4,
  flags: 4,
};
/** fuse_attr, which is part of two replies: offsets from its own start. */
export const attrOut = struct(0, attr);
export const entryOut = replyStruct({
  nodeid: 8,
  generation: 8,
  entryValid: 8,
  attrValid: 8,
  entryValidNsec: 4,
  attrValidNsec: 4,
  attr: attrOut.size,
});
export const getattrOut = replyStruct({ attrValid: 8, attrValidNsec: 4, dummy: 4, attr: attrOut.size });
export const openOut = replyStruct({ fh: 8, openFlags: 4, padding: 4 });
export const writeOut = replyStruct({ size: 4, padding: 4 });
export const statfsOut = replyStruct({
  blocks: 8,
  bfree: 8,
  bavail: 8,
  files: 8,
  ffree: 8,
  bsize: 4,
  namelen: 4,
  frsize: 4,
  padding: 4,
  spare0: 8,
  spare1: 8,
  spare2: 8,
});
export const ioctlOut = replyStruct({ result: 4, flags: 4, inIovs: 4, outIovs: 4 });
export const pollOut = replyStruct({ revents: 4, padding: 4 });
export const initOut = replyStruct({
  major: 4,
  minor: 4,
  maxReadahead: 4,
  flags: 4,
  maxBackground: 2,
  congestionThreshold: 2,
  maxWrite: 4,
  timeGran: 4,
  maxPages: 2,
  mapAlignment: 2,
  flags2: 4,
  unused0: 4,
  unused1: 8,
  unused2: 8,
  unused3: 8,
});
export const notifyPollOut = replyStruct({ kh: 8 });
/** A directory entry; the name follows, padded to 8 bytes. Offsets from its own start. */
export const dirent = struct(0, { ino: 8, off: 8, namelen: 4, type: 4 });
