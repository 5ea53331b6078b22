import { WRITE_CACHE } from './constants.ts';
import type { FuseIo } from './io.ts';
import { opcodes } from './opcodes.ts';
import { Reply } from './reply.ts';
import { REPLY_HEADER_SIZE } from './struct.ts';
import { inHeader, writeIn } from './wire.ts';

/** struct fuse_write_out: how many bytes were written, and padding. */
const WRITE_OUT_SIZE = 8;

const reply = new Reply(REPLY_HEADER_SIZE + WRITE_OUT_SIZE);

/**
 * Tells the kernel that a page was written back before it has been. While the kernel waits for the write-back, it may keep a process's
 * memory locked, and the thread that would do the write may be waiting for that memory. The message must still reach the session; the
 * kernel then drops the session's own reply (ENOENT). Returns false, and does nothing, for any other request. `message`: at least a header.
 */
export function acceptWriteBack(message: Buffer, io: FuseIo): boolean {
  const { unique, opcode } = inHeader.at;
  if (opcodes[message.readUInt32LE(opcode)]?.name !== 'WRITE' || message.length < writeIn.end) return false;
  if ((message.readUInt32LE(writeIn.at.writeFlags) & WRITE_CACHE) === 0) return false;
  reply.u32(REPLY_HEADER_SIZE, message.readUInt32LE(writeIn.at.size));
  reply.u32(REPLY_HEADER_SIZE + 4, 0);
  reply.send(io, message.readInt32LE(unique), message.readInt32LE(unique + 4), 0, WRITE_OUT_SIZE);
  return true;
}
