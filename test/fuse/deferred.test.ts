// Answers given before or after a driver's method returns.

import { constants } from 'node:os';
import t from 'tap';
import type { FileRequest, PendingReply } from '../../src/fuse/file-request.ts';
import { DEFERRED } from '../../src/fuse/node.ts';
import { kernelWith } from './fixtures/kernel-with.ts';

const { EINTR, EIO, ENOSYS } = constants.errno;

t.test('replyIoctl answers before the driver is done, and only once', async (t) => {
  const { kernel, fh } = kernelWith({
    ioctl: (request, command) => {
      request.replyIoctl(5);
      if (command === 1) request.replyIoctl(6);
      return command === 2 ? 7 : DEFERRED;
    },
  });
  for (const command of [0, 1, 2]) t.equal(kernel.ioctl(fh, command)?.body.readInt32LE(0), 5);
  t.match(kernel.errors, [/^IOCTL: replyIoctl\(\) on a request that is answered/]);
});

t.test('a deferred read is answered later, once', async (t) => {
  const pending: PendingReply[] = [];
  const { kernel, fh } = kernelWith({
    read: (request) => {
      pending.push(request.defer());
      return DEFERRED;
    },
  });
  t.equal(kernel.read(fh, 10), undefined);
  const unique = kernel.unique;
  kernel.read(fh, 10);
  t.equal(kernel.session.pending, 2);
  pending[0]!.data(Buffer.from('late'));
  pending[0]!.error(-EIO);
  t.same(kernel.replies.at(-1), { error: 0, unique, body: Buffer.from('late') });
  t.same([kernel.session.pending, pending[0]!.answered, pending[1]!.answered], [1, true, false]);
  t.throws(() => pending[1]!.data(Buffer.alloc(11)), RangeError);
  t.equal(kernel.replies.at(-1)?.error, -EIO);
});

t.test('an interrupt answers EINTR, and one for an unknown request is ignored', async (t) => {
  let pending: PendingReply | undefined;
  let interrupted = 0;
  const { kernel, fh } = kernelWith({
    read: (request) => {
      pending = request.defer(() => interrupted++);
      return DEFERRED;
    },
  });
  kernel.read(fh, 10);
  const unique = kernel.unique;
  t.equal(kernel.send(36, 0, [8, 12345]), undefined);
  t.same(kernel.send(36, 0, [8, unique]), { error: -EINTR, unique, body: Buffer.alloc(0) });
  pending?.data(Buffer.from('too late'));
  t.same([interrupted, kernel.session.pending, kernel.replies.at(-1)?.error], [1, 0, -EINTR]);
  t.equal(kernel.send(36, 0, [8, unique]), undefined, 'a second interrupt');
});

t.test('a deferred write and a deferred ioctl', async (t) => {
  const pending: PendingReply[] = [];
  const defer = (request: FileRequest) => {
    pending.push(request.defer());
    return DEFERRED;
  };
  const { kernel, fh } = kernelWith({ write: defer, ioctl: defer, flush: defer });
  kernel.write(fh, 'abc');
  kernel.ioctl(fh, 1);
  kernel.send(25, kernel.nodeOf(fh), [8, fh], [8, 0], [8, 0]);
  pending[0]!.written(3);
  t.equal(kernel.replies.at(-1)?.body.readUInt32LE(0), 3);
  pending[1]!.ioctl(-ENOSYS);
  t.same([kernel.replies.at(-1)?.error, kernel.replies.at(-1)?.body.readInt32LE(0)], [0, -ENOSYS]);
  pending[2]!.error(0);
  t.same([kernel.replies.at(-1)?.error, kernel.replies.at(-1)?.body.length], [0, 0]);
});

t.test('a request is answered EIO if the driver defers it and then returns a result or throws', async (t) => {
  const { kernel, fh } = kernelWith({
    read: (request) => {
      request.defer();
      return 0;
    },
    write: (request) => {
      request.defer();
      throw new Error('after deferring');
    },
  });
  t.equal(kernel.read(fh, 10)?.error, -EIO);
  t.equal(kernel.write(fh, 'x')?.error, -EIO);
  t.same(kernel.errors, ['READ: a driver deferred a request but returned a result', 'WRITE: after deferring']);
  t.equal(kernel.session.pending, 0);
});

t.test('an answered request cannot be deferred', async (t) => {
  let kept: FileRequest | undefined;
  const { kernel, fh } = kernelWith({
    read: (request) => {
      kept = request;
      return 0;
    },
  });
  kernel.read(fh, 10);
  t.throws(() => kept?.defer(), /keep what defer\(\) returns/);
});

t.test('an answer to one request while another is being encoded does not mix with it', async (t) => {
  let waiting: PendingReply | undefined;
  const { kernel, fh } = kernelWith({
    read: (request, offset, into) => {
      if (offset === 0) {
        waiting = request.defer();
        return DEFERRED;
      }
      const count = Buffer.from('mine').copy(into);
      waiting?.data(Buffer.from('yours, longer'));
      return count;
    },
  });
  kernel.read(fh, 20);
  const message = kernel.encode(15, kernel.nodeOf(fh), [8, fh], [8, 1], [4, 20], [4, 0], [8, 0], [4, 0], [4, 0]);
  message.copy(kernel.session.buffer);
  kernel.session.handle(message.length);
  t.same(
    kernel.replies.slice(-2).map(({ body }) => body.toString()),
    ['yours, longer', 'mine'],
  );
});
