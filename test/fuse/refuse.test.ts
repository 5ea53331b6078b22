import { constants } from 'node:os';
import t from 'tap';
import { refuse } from '../../src/fuse/refuse.ts';
import { FakeKernel } from './fixtures/fake-kernel.ts';
import { fakeTree } from './fixtures/tree.ts';

const { EIO } = constants.errno;

t.test('a request is refused with EIO; FORGET and RELEASE are kept for the session', async (t) => {
  const kernel = new FakeKernel(fakeTree(() => {}).root);
  const written: Buffer[] = [];
  const io = {
    read: () => 0,
    write: (bytes: Uint8Array, length: number) => written.push(Buffer.from(bytes.subarray(0, length))),
  };
  const refuses = (opcode: number) => {
    const message = kernel.encode(opcode, 1, [8, 0], [8, 0], [8, 0], [8, 0], [8, 0]);
    return refuse(message, message.length, io);
  };
  for (const opcode of [1, 3, 14, 15, 16, 39, 40, 44]) {
    t.equal(refuses(opcode), true, `opcode ${opcode}`);
    const answer = written.pop()!;
    t.same([answer.length, answer.readInt32LE(4), answer.readBigUInt64LE(8)], [16, -EIO, kernel.unique]);
  }
  for (const opcode of [2, 18, 26, 29, 36, 38, 42]) t.equal(refuses(opcode), false, `opcode ${opcode}`);
  t.same(written, []);
});
