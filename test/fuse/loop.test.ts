import { constants } from 'node:os';
import t from 'tap';
import type { FuseIo } from '../../src/fuse/io.ts';
import { serve } from '../../src/fuse/loop.ts';
import { Session } from '../../src/fuse/session.ts';
import { FakeKernel } from './fixtures/fake-kernel.ts';
import { fakeTree } from './fixtures/tree.ts';

const { EAGAIN, EBADF, ECONNABORTED, EINTR, ENODEV, ENOENT } = constants.errno;

/** Serves a list of read results: a message, or a count or -errno to return. */
function serveReads(...reads: (Buffer | number)[]): { written: number; interrupts: number } {
  const seen = { written: 0, interrupts: 0 };
  const io: FuseIo = {
    read: (buffer) => {
      const next = reads.shift() ?? -ENODEV;
      if (typeof next === 'number') return next;
      buffer.set(next);
      return next.length;
    },
    write: (_bytes, length) => {
      seen.written++;
      return length;
    },
  };
  const session = new Session({ root: fakeTree(() => {}).root, io });
  serve({ session, io, onInterrupt: () => seen.interrupts++ });
  return seen;
}

const encoder = new FakeKernel(fakeTree(() => {}).root);
const init = encoder.encode(26, 0, [4, 7], [4, 31], [4, 0], [4, 0]);
const getattr = encoder.encode(3, 1, [4, 0], [4, 0], [8, 0]);

t.test('an unmount ends the loop, and so does the end of the connection', async (t) => {
  t.same(serveReads(init, getattr, -ECONNABORTED, getattr), { written: 2, interrupts: 0 });
  t.same(serveReads(init, getattr, -ENODEV, getattr), { written: 2, interrupts: 0 });
});

t.test('a signal calls onInterrupt, an aborted request and a non-blocking descriptor are tried again', async (t) => {
  t.same(serveReads(-EINTR, init, -ENOENT, -EAGAIN, -EINTR, getattr), { written: 2, interrupts: 2 });
});

t.test('an error that prevents serving is thrown', async (t) => {
  t.throws(() => serveReads(init, -EBADF), { message: /^cannot read from \/dev\/fuse: errno 9/ });
  const old = encoder.encode(26, 0, [4, 7], [4, 8], [4, 0], [4, 0]);
  t.throws(() => serveReads(old, getattr), { message: /^the kernel speaks FUSE 7\.8/ });
});
