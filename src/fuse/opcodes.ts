// The table of the protocol's operations: number, name, minimum request size, function. Others get ENOSYS, which makes
// the kernel stop sending them: access, extended attributes, locks, fallocate, lseek's SEEK_HOLE and SEEK_DATA,
// copy_file_range, READDIRPLUS (never negotiated), syncfs, tmpfile, statx.

import { destroy, init, interrupt, statfs } from './operations/connection.ts';
import { fsyncdir, opendir, readdir, releasedir } from './operations/directories.ts';
import { flush, fsync, ioctl, open, poll, read, release, write } from './operations/files.ts';
import { batchForget, forget, getattr, lookup, readlink, refuseFile, refuseName, setattr } from './operations/nodes.ts';
import type { FuseOperation } from './operations/operation.ts';
import { REQUEST_HEADER_SIZE } from './struct.ts';
import * as wire from './wire.ts';

export interface Opcode {
  readonly number: number;
  readonly name: string;
  /** Minimum size of a request, including the header; a shorter one is malformed. */
  readonly minimum: number;
  readonly run: FuseOperation;
  /** The kernel expects no answer, and refuses one. */
  readonly silent: boolean;
}

const header = REQUEST_HEADER_SIZE;
const SILENT = true;

const rows: [number: number, name: string, minimum: number, run: FuseOperation, silent?: boolean][] = [
  [1, 'LOOKUP', header, lookup],
  [2, 'FORGET', wire.forgetIn.end, forget, SILENT],
  [3, 'GETATTR', wire.getattrIn.end, getattr],
  [4, 'SETATTR', wire.setattrIn.end, setattr],
  [5, 'READLINK', header, readlink],
  [6, 'SYMLINK', header, refuseName],
  [8, 'MKNOD', header, refuseFile],
  [9, 'MKDIR', header, refuseName],
  [10, 'UNLINK', header, refuseName],
  [11, 'RMDIR', header, refuseName],
  [12, 'RENAME', header, refuseName],
  [13, 'LINK', header, refuseName],
  [14, 'OPEN', wire.openIn.end, open],
  [15, 'READ', wire.readIn.end, read],
  [16, 'WRITE', wire.writeIn.end, write],
  [17, 'STATFS', header, statfs],
  [18, 'RELEASE', wire.releaseIn.end, release],
  [20, 'FSYNC', wire.fsyncIn.end, fsync],
  [25, 'FLUSH', wire.flushIn.end, flush],
  [26, 'INIT', wire.initIn.end, init],
  [27, 'OPENDIR', wire.openIn.end, opendir],
  [28, 'READDIR', wire.readIn.end, readdir],
  [29, 'RELEASEDIR', wire.releaseIn.end, releasedir],
  [30, 'FSYNCDIR', wire.fsyncIn.end, fsyncdir],
  [35, 'CREATE', header, refuseFile],
  [36, 'INTERRUPT', wire.interruptIn.end, interrupt, SILENT],
  [38, 'DESTROY', header, destroy],
  [39, 'IOCTL', wire.ioctlIn.end, ioctl],
  [40, 'POLL', wire.pollIn.end, poll],
  [42, 'BATCH_FORGET', wire.batchForgetIn.end, batchForget, SILENT],
  [45, 'RENAME2', header, refuseName],
];

/** By number; the holes are the operations that are not supported. */
export const opcodes: readonly (Opcode | undefined)[] = rows.reduce<(Opcode | undefined)[]>((table, row) => {
  const [number, name, minimum, run, silent = false] = row;
  table[number] = { number, name, minimum, run, silent };
  return table;
}, []);
