import { constants } from 'node:os';
import { driverError } from './driver-error.ts';
import type { FuseIo } from './io.ts';
import { opcodes } from './opcodes.ts';
import { Reply } from './reply.ts';
import { REPLY_HEADER_SIZE, REQUEST_HEADER_SIZE } from './struct.ts';
import { inHeader } from './wire.ts';

const { EIO } = constants.errno;

/** Operations that change the session's tables and so must reach it: refusing these would leak nodes and open files. */
const KEPT: ReadonlySet<string | undefined> = new Set([
  'FORGET',
  'BATCH_FORGET',
  'RELEASE',
  'RELEASEDIR',
  'INTERRUPT',
  'INIT',
  'DESTROY',
]);

/**
 * Refuses a request without a session, for a thread that serves the mount while the session's own thread is stuck in a copy
 * from a mapping of this mount. `message`: a buffer of REQUEST_BUFFER_SIZE with `length` bytes read.
 * Returns false if the message must be kept for the session: callers do not wait long for an answer to those.
 */
export function refuse(message: Buffer, length: number, io: FuseIo, negativeErrno = -EIO): boolean {
  if (length < REQUEST_HEADER_SIZE) return true;
  if (KEPT.has(opcodes[message.readUInt32LE(inHeader.at.opcode)]?.name)) return false;
  const { unique } = inHeader.at;
  reply.send(io, message.readInt32LE(unique), message.readInt32LE(unique + 4), driverError(negativeErrno), 0);
  return true;
}

const reply = new Reply(REPLY_HEADER_SIZE);
