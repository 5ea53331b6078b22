// What open files answer where drivers have no say, or answer with an error.

import { constants as fsConstants } from 'node:fs';
import { constants } from 'node:os';
import t from 'tap';
import type { PendingReply } from '../../src/fuse/file-request.ts';
import { DEFERRED, type FileNode } from '../../src/fuse/node.ts';
import { FakeKernel } from './fixtures/fake-kernel.ts';
import { kernelWith } from './fixtures/kernel-with.ts';
import { fakeTree } from './fixtures/tree.ts';

const { EBUSY, EINVAL, EIO, EISDIR, ELOOP, ENOSPC, ENOTTY } = constants.errno;
const [OPEN, FSYNC, FLUSH, POLL] = [14, 20, 25, 40] as const;
const WRITE_CACHE = 1;

t.test('only files are opened, and none with O_DIRECT', async (t) => {
  const kernel = new FakeKernel(fakeTree(() => {}).root);
  const open = (name: string, flags: number = fsConstants.O_RDWR) =>
    kernel.ask(OPEN, kernel.lookup(name), [4, flags], [4, 0]).error;
  t.equal(kernel.ask(OPEN, 1, [4, 0], [4, 0]).error, -EISDIR);
  t.equal(open('link'), -ELOOP);
  t.equal(open('greeting'), 0);
  t.equal(open('greeting', fsConstants.O_RDWR | fsConstants.O_DIRECT), -EINVAL);
  t.equal(kernel.session.open, 1);
});

t.test('a driver may refuse to open a file', async (t) => {
  const file: FileNode = { kind: 'file', attributes: () => ({ mode: 0o600, size: 0 }), open: () => -EBUSY };
  const kernel = new FakeKernel({
    kind: 'directory',
    attributes: () => ({ mode: 0o755, size: 0 }),
    lookup: () => file,
    list: () => [],
  });
  t.equal(kernel.ask(OPEN, kernel.lookup('file'), [4, 0], [4, 0]).error, -EBUSY);
  t.equal(kernel.session.open, 0);
});

t.test('pages that are mapped are written back, but not written by write(2); they can be synchronized', async (t) => {
  const written: string[] = [];
  const write = (_request: unknown, _offset: number, data: Uint8Array) => written.push(String(data)) && data.length;
  const { kernel, fh } = kernelWith({ pageCache: true, write });
  const node = kernel.nodeOf(fh);
  const ask = (flags: number) =>
    kernel.ask(16, node, [8, fh], [8, 0], [4, 1], [4, flags], [8, 0], [4, 0], [4, 0], Buffer.from('x')).error;
  t.equal(ask(0), -EINVAL);
  t.same(written, []);
  t.equal(ask(WRITE_CACHE), 0);
  t.equal(written.length, 1);
  t.equal(kernel.ask(FSYNC, node, [8, fh], [8, 0]).error, 0);
});

t.test("a driver's errors of flush, fsync, poll and ioctl reach the caller", async (t) => {
  const { kernel, fh } = kernelWith({
    flush: () => -ENOSPC,
    fsync: () => -EIO,
    poll: (_request, events) => (events === 1 ? -EBUSY : DEFERRED),
    ioctl: () => -ENOTTY,
  });
  const node = kernel.nodeOf(fh);
  t.equal(kernel.ask(FLUSH, node, [8, fh], [8, 0], [8, 0]).error, -ENOSPC);
  t.equal(kernel.ask(FSYNC, node, [8, fh], [8, 0]).error, -EIO);
  t.equal(kernel.ask(POLL, node, [8, fh], [8, 0], [4, 0], [4, 1]).error, -EBUSY);
  t.equal(kernel.ask(POLL, node, [8, fh], [8, 0], [4, 0], [4, 2]).error, -EIO, 'a poll cannot be answered later');
  const ioctl = kernel.ioctl(fh, 5);
  t.same([ioctl?.error, ioctl?.body.length], [-ENOTTY, 0], 'without data, as the kernel wants for ioctls of its own');
});

t.test('only the first answer of a deferred request counts, whatever it is', async (t) => {
  let reply: PendingReply | undefined;
  const { kernel, fh } = kernelWith({
    ioctl(request) {
      reply = request.defer();
      return DEFERRED;
    },
  });
  for (const first of ['data', 'written', 'ioctl', 'error'] as const) {
    kernel.ioctl(fh, 1);
    const answers = {
      data: () => reply?.data(new Uint8Array()),
      written: () => reply?.written(3),
      ioctl: () => reply?.ioctl(7),
      error: () => reply?.error(-EIO),
    };
    const before = kernel.replies.length;
    answers[first]();
    for (const again of Object.values(answers)) again();
    t.equal(kernel.replies.length, before + 1, first);
  }
});
