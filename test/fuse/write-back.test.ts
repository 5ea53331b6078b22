import t from 'tap';
import type { FuseIo } from '../../src/fuse/io.ts';
import { acceptWriteBack } from '../../src/fuse/write-back.ts';

const [WRITE, READ] = [16, 15];
const WRITE_CACHE = 1;

/** A request: fuse_in_header, then fuse_write_in with 100 bytes at offset 4096, as the kernel encodes them. */
function request(opcode: number, flags: number, end = 80): Buffer {
  const message = Buffer.alloc(80);
  message.writeUInt32LE(180, 0);
  message.writeUInt32LE(opcode, 4);
  message.writeBigUInt64LE(0x1122334455667788n, 8);
  message.writeBigUInt64LE(4096n, 48);
  message.writeUInt32LE(100, 56); // size
  message.writeUInt32LE(flags, 60); // write_flags
  return message.subarray(0, end);
}

/** The replies to a request, and what the function returned. */
function accept(message: Buffer): { accepted: boolean; replies: Buffer[] } {
  const replies: Buffer[] = [];
  const io: FuseIo = {
    read: () => 0,
    write: (bytes, length) => {
      replies.push(Buffer.from(bytes.subarray(0, length)));
      return length;
    },
  };
  return { accepted: acceptWriteBack(message, io), replies };
}

t.test('the write-back of a page is answered with the number of its bytes', async (t) => {
  const { accepted, replies } = accept(request(WRITE, WRITE_CACHE));
  t.equal(accepted, true);
  t.equal(replies.length, 1);
  const [reply = Buffer.alloc(0)] = replies;
  t.same([reply.length, reply.readUInt32LE(0), reply.readInt32LE(4)], [24, 24, 0]);
  t.equal(reply.readBigUInt64LE(8), 0x1122334455667788n);
  t.same([reply.readUInt32LE(16), reply.readUInt32LE(20)], [100, 0]);
});

t.test('no other request is answered: a write by a program, a read, a truncated message', async (t) => {
  for (const message of [request(WRITE, 0), request(READ, WRITE_CACHE), request(WRITE, WRITE_CACHE, 60)]) {
    t.same(accept(message), { accepted: false, replies: [] });
  }
});
