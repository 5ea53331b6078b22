import { constants } from 'node:os';
import { driverError } from './driver-error.ts';
import type { FuseIo } from './io.ts';
import { opcodes } from './opcodes.ts';
import { Reply } from './reply.ts';
import { REPLY_HEADER_SIZE, REQUEST_HEADER_SIZE } from './struct.ts';
import { inHeader } from './wire.ts';

const { EIO } = constants.errno;

/** What changes the session's tables, and so has to reach it: refusing these would leak nodes and open files. */
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
 * Answers a request without a session, for another thread that serves the mount while the session's own is stuck (a copy
 * from memory that is a mapping of this very mount). `message`: a buffer of REQUEST_BUFFER_SIZE with `length` bytes read.
 * False when the message must be kept and handed to the session later: nobody waits long for an answer to those.
 */
export function refuse(message: Buffer, length: number, io: FuseIo, negativeErrno = -EIO): boolean {
  if (length < REQUEST_HEADER_SIZE) return true;
  if (KEPT.has(opcodes[message.readUInt32LE(inHeader.at.opcode)]?.name)) return false;
  const { unique } = inHeader.at;
  reply.send(io, message.readInt32LE(unique), message.readInt32LE(unique + 4), driverError(negativeErrno), 0);
  return true;
}

const reply = new Reply(REPLY_HEADER_SIZE);
