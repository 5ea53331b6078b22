import { constants } from 'node:os';
import t from 'tap';
import { DEFERRED, type DirectoryNode, type FileNode } from '../../src/fuse/node.ts';
import { Session } from '../../src/fuse/session.ts';
import { FakeKernel } from './fixtures/fake-kernel.ts';
import { kernelWith } from './fixtures/kernel-with.ts';
import { fakeTree } from './fixtures/tree.ts';

const { EACCES, EBADF, EINVAL, EIO, ENOENT, ENOSYS, ENOTDIR, ENOTTY, EOPNOTSUPP, EPERM, EPROTO, ESTALE } =
  constants.errno;

const fakeKernel = () => new FakeKernel(fakeTree(() => {}).root);

t.test('a kernel older than 7.31 is refused with a reason', async (t) => {
  const kernel = new FakeKernel(fakeTree(() => {}).root, { init: false });
  t.equal(kernel.ask(26, 0, [4, 7], [4, 30], [4, 0], [4, 0]).error, -EPROTO);
  t.match(kernel.session.failure?.message, 'the kernel speaks FUSE 7.30, needed is 7.31');
});

t.test('a kernel of a later major version gets version 7, and sends INIT again', async (t) => {
  const kernel = new FakeKernel(fakeTree(() => {}).root, { init: false });
  const first = kernel.ask(26, 0, [4, 8], [4, 1], [4, 0], [4, 0]);
  t.same([first.error, first.body.readUInt32LE(0)], [0, 7]);
  t.equal(kernel.getattr(1).error, -EIO, 'nothing is served before the second INIT');
  t.equal(kernel.ask(26, 0, [4, 7], [4, 31], [4, 0], [4, 0]).body.readUInt32LE(4), 31);
  t.equal(kernel.getattr(1).error, 0);
});

t.test('the same object keeps its node id, a new object gets a fresh one', async (t) => {
  const kernel = fakeKernel();
  t.equal(kernel.lookup('greeting'), kernel.lookup('greeting'));
  t.not(kernel.lookup('fresh'), kernel.lookup('fresh'));
});

t.test('a node is removed once the kernel has forgotten every lookup', async (t) => {
  const kernel = fakeKernel();
  const id = kernel.lookup('greeting');
  kernel.lookup('greeting');
  t.equal(kernel.session.nodes, 2);
  t.equal(kernel.send(2, id, [8, 1]), undefined, 'FORGET has no reply');
  t.equal(kernel.getattr(id).error, 0);
  kernel.send(2, id, [8, 1]);
  t.equal(kernel.getattr(id).error, -ESTALE);
  t.not(kernel.lookup('greeting'), id, 'ids are not used again');
});

t.test('BATCH_FORGET forgets each node, and does not trust the count', async (t) => {
  const kernel = fakeKernel();
  const ids = [kernel.lookup('fresh'), kernel.lookup('fresh')];
  t.equal(
    kernel.send(
      42,
      0,
      [4, 0xffffffff],
      [4, 0],
      ...ids.flatMap((id) => [[8, id] as [8, number], [8, 1] as [8, number]]),
    ),
    undefined,
  );
  kernel.send(2, 1, [8, 100]);
  t.equal(kernel.session.nodes, 1, 'the root stays');
});

t.test('a node that is hidden from some users has a cached name, but uncached attributes', async (t) => {
  let visible = true;
  const { root } = fakeTree(() => {});
  const link = {
    kind: 'symlink',
    keepSeconds: 60,
    attributes: () => ({ mode: 0o120777, size: 1 }),
    target: () => 'x',
  } as const;
  const found = { open: link, guarded: { ...link, isVisible: () => visible } };
  const kernel = new FakeKernel({ ...root, lookup: (name) => found[name as keyof typeof found] ?? -ENOENT }); // the names that are looked up below
  /** How many seconds a name and its attributes are cached. */
  const kept = (name: string) => {
    const { body } = kernel.ask(1, 1, name);
    return [Number(body.readBigUInt64LE(16)), Number(body.readBigUInt64LE(24))];
  };
  t.strictSame(kept('open'), [60, 60]);
  t.strictSame(kept('guarded'), [60, 0]);
  const id = kernel.lookup('guarded');
  t.equal(kernel.getattr(id).error, 0);
  visible = false;
  t.equal(kernel.getattr(id).error, -ENOENT);
});

t.test('names: missing, empty, unterminated, below a file', async (t) => {
  const kernel = fakeKernel();
  t.equal(kernel.ask(1, 1, 'missing').error, -ENOENT);
  t.equal(kernel.ask(1, 1, '').error, -EIO);
  t.equal(kernel.ask(1, 1, Buffer.from('endless')).error, -EIO);
  t.equal(kernel.ask(1, kernel.lookup('greeting'), 'x').error, -ENOTDIR);
  t.equal(kernel.ask(1, 77, 'x').error, -ESTALE);
});

t.test('changes to a directory are refused, with procfs’s errno or the directory’s own', async (t) => {
  const kernel = fakeKernel();
  for (const opcode of [8, 35]) t.equal(kernel.ask(opcode, 1, [8, 0], 'x').error, -EACCES, `opcode ${opcode}`);
  for (const opcode of [6, 9, 10, 11, 12, 13, 45])
    t.equal(kernel.ask(opcode, 1, [8, 0], 'x').error, -EPERM, `opcode ${opcode}`);
  const readOnly = new FakeKernel({ ...fakeTree(() => {}).root, createError: -constants.errno.EROFS });
  t.equal(readOnly.ask(35, 1, [8, 0], 'x').error, -constants.errno.EROFS);
});

t.test('unknown opcodes answer ENOSYS, so that the kernel stops asking', async (t) => {
  const kernel = fakeKernel();
  for (const opcode of [21, 22, 23, 24, 34, 44, 46, 47, 52, 4096, 0xffffffff]) {
    t.equal(kernel.ask(opcode, 1, [8, 0]).error, -ENOSYS, `opcode ${opcode}`);
  }
});

t.test('malformed messages answer EIO; anything shorter than a header is ignored', async (t) => {
  const kernel = fakeKernel();
  for (const opcode of [4, 14, 15, 16, 18, 26, 27, 39, 40])
    t.equal(kernel.ask(opcode, 1).error, -EIO, `opcode ${opcode}`);
  for (const opcode of [2, 36, 42]) t.equal(kernel.send(opcode, 1), undefined, `silent opcode ${opcode}`);
  const lying = kernel.encode(3, 1);
  lying.writeUInt32LE(41, 0);
  t.equal(kernel.sendRaw(lying)?.error, -EIO);
  t.equal(kernel.sendRaw(Buffer.alloc(39)), undefined);
  t.equal(kernel.sendRaw(Buffer.alloc(0)), undefined);
  t.same(kernel.errors, []);
});

t.test('a write with less data than its header says is malformed', async (t) => {
  const kernel = fakeKernel();
  const { fh } = kernel.open('notes');
  t.equal(
    kernel.ask(16, kernel.nodeOf(fh), [8, fh], [8, 0], [4, 9], [4, 0], [8, 0], [4, 0], [4, 0], Buffer.alloc(8)).error,
    -EIO,
  );
});

t.test('random bytes do not stop a session', async (t) => {
  const kernel = fakeKernel();
  kernel.open('control');
  let seed = 1;
  const random = () => {
    seed = (seed * 48271) % 0x7fffffff;
    return seed;
  };
  for (let round = 0; round < 20_000; round++) {
    const body = Buffer.from(Array.from({ length: random() % 100 }, () => random() % 256));
    kernel.replies.length = 0;
    kernel.sendRaw(kernel.encode(random() % 56, random() % 4, body)); // throws where the session does
  }
  t.equal(kernel.getattr(1).error, 0);
});

t.test('missing methods: EINVAL, ENOTTY, success, always ready', async (t) => {
  const { kernel, fh } = kernelWith({});
  t.equal(kernel.read(fh, 10)?.error, -EINVAL);
  t.equal(kernel.write(fh, 'x')?.error, -EINVAL);
  t.equal(kernel.ioctl(fh, 1)?.error, -ENOTTY);
  t.equal(kernel.ask(25, kernel.nodeOf(fh), [8, fh], [8, 0], [8, 0]).error, 0, 'flush');
  t.equal(kernel.ask(20, kernel.nodeOf(fh), [8, fh], [8, 0]).error, -EINVAL, 'fsync');
  t.equal(kernel.ask(40, kernel.nodeOf(fh), [8, fh], [8, 9], [4, 1], [4, 0x2005]).body.readUInt32LE(0), 5, 'poll');
  t.equal(kernel.ask(18, kernel.nodeOf(fh), [8, fh], [8, 0], [8, 0]).error, 0, 'release');
  t.equal(kernel.read(fh, 10)?.error, -EBADF);
});

t.test('open flags tell the kernel how to treat the file', async (t) => {
  const [DIRECT_IO, KEEP_CACHE, NONSEEKABLE, STREAM, NOFLUSH] = [1, 2, 4, 16, 32] as const;
  t.equal(kernelWith({}).openFlags, DIRECT_IO | NOFLUSH);
  t.equal(kernelWith({ pageCache: true }).openFlags, KEEP_CACHE | NOFLUSH);
  t.equal(kernelWith({ nonseekable: true, flush: () => 0 }).openFlags, DIRECT_IO | NONSEEKABLE | STREAM);
});

t.test('an exception in a driver gives EIO and is reported', async (t) => {
  const kernel = fakeKernel();
  const { fh } = kernel.open('broken');
  t.equal(kernel.read(fh, 10)?.error, -EIO);
  t.same(kernel.errors, ['READ: a driver went wrong']);
});

t.test('an invalid result from a driver gives EIO', async (t) => {
  for (const nonsense of [11, 0.5, Number.NaN, -1000, -0.5, DEFERRED]) {
    const { kernel, fh } = kernelWith({ read: () => nonsense });
    t.equal(kernel.read(fh, 10)?.error, -EIO, String(nonsense));
  }
});

t.test("a driver's ENOSYS would switch the operation off for the whole mount: it becomes EOPNOTSUPP", async (t) => {
  const { kernel, fh } = kernelWith({ read: () => -ENOSYS, ioctl: () => -ENOSYS });
  t.equal(kernel.read(fh, 10)?.error, -EOPNOTSUPP);
  t.equal(kernel.ioctl(fh, 1)?.body.readInt32LE(0), -ENOSYS, "an ioctl's result goes unchanged");
});

t.test('an ioctl reaches the driver with its caller, command and pointer', async (t) => {
  const seen: unknown[] = [];
  const { kernel, fh } = kernelWith({
    ioctl: ({ tid, uid, gid, compat }, command, argument) => {
      seen.push([tid, uid, gid, compat, command, argument]);
      return -3;
    },
  });
  t.equal(kernel.ioctl(fh, 0xc0305000, 0x7fff_ffff_f000)?.body.readInt32LE(0), -3);
  kernel.ioctl(fh, 1, 0, 1);
  kernel.ioctl(fh, 1, 0xffff_ffff_ffff_ffffn, 8);
  t.same(seen, [
    [4321, 1000, 100, false, 0xc0305000, 0x7fff_ffff_f000],
    [4321, 1000, 100, true, 1, 0],
    [4321, 1000, 100, true, 1, 2 ** 64],
  ]);
});

t.test('poll gives its handle only when the kernel wants a wake-up', async (t) => {
  const handles: (bigint | undefined)[] = [];
  const { kernel, fh } = kernelWith({
    poll: (_request, events, handle) => {
      handles.push(handle);
      return events & 4;
    },
  });
  t.equal(kernel.ask(40, kernel.nodeOf(fh), [8, fh], [8, 2n ** 63n], [4, 1], [4, 5]).body.readUInt32LE(0), 4);
  kernel.ask(40, kernel.nodeOf(fh), [8, fh], [8, 2n ** 63n], [4, 0], [4, 5]);
  t.same(handles, [2n ** 63n, undefined]);
});

t.test('truncating is allowed by default, chmod, chown and utimes are not', async (t) => {
  const kernel = fakeKernel();
  const id = kernel.lookup('greeting');
  const setattr = (valid: number) => kernel.ask(4, id, [4, valid], [4, 0], Buffer.alloc(80)).error;
  t.equal(setattr(8), 0, 'size');
  t.equal(setattr(8 | 32 | 1024), 0, 'size with mtime and ctime, as truncate(2) sends');
  for (const valid of [1, 2, 4, 9, 32]) t.equal(setattr(valid), -EPERM, `valid ${valid}`);
});

t.test('a driver may accept changes of attributes', async (t) => {
  const { root, log } = fakeTree(() => {});
  const kernel = new FakeKernel(root);
  const id = kernel.lookup('notes');
  const { fh } = kernel.open('notes');
  kernel.write(fh, 'abcdef');
  const { error, body } = kernel.ask(4, id, [4, 8], [4, 0], [8, 0], [8, 2], Buffer.alloc(64));
  t.same([error, Number(body.readBigUInt64LE(24)), log.at(-1)], [0, 2, 'truncate 2']);
});

t.test('a refused reply is reported, unless its caller has ended', async (t) => {
  const kernel = fakeKernel();
  for (const result of [-ENOENT, -constants.errno.ENODEV, -EINVAL]) {
    kernel.writeResult = result;
    kernel.getattr(1);
  }
  t.same(kernel.errors, [`GETATTR: the kernel refused a reply: errno ${EINVAL}`]);
});

t.test('closing releases all open files, even if one release throws', async (t) => {
  let released = 0;
  const { kernel } = kernelWith({
    release: () => {
      released++;
      if (released === 1) throw new Error('on release');
    },
    read: (request) => {
      request.defer();
      return DEFERRED;
    },
  });
  const { fh } = kernel.open('file');
  kernel.read(fh, 1);
  kernel.session.close();
  t.same([released, kernel.session.open, kernel.session.pending], [2, 0, 0]);
  t.same(kernel.errors, ['RELEASE: on release']);
});

t.test('serving an ioctl allocates nothing', async (t) => {
  const file: FileNode = {
    kind: 'file',
    attributes: () => ({ mode: 0o600, size: 0 }),
    open: () => ({ ioctl: (_request, command) => command }),
  };
  const root: DirectoryNode = {
    kind: 'directory',
    attributes: () => ({ mode: 0o755, size: 0 }),
    lookup: () => file,
    list: () => [],
  };
  const encoder = new FakeKernel(root);
  const session = new Session({ root, io: { read: () => 0, write: (_bytes, length) => length } });
  const messages = [
    encoder.encode(26, 0, [4, 7], [4, 31], [4, 0], [4, 0]),
    encoder.encode(1, 1, 'file'),
    encoder.encode(14, 2, [4, 0], [4, 0]),
    encoder.encode(39, 2, [8, 1], [4, 0], [4, 5], [8, 0x1000], [4, 0], [4, 0]),
  ];
  for (const message of messages) {
    message.copy(session.buffer);
    session.handle(message.length);
  }
  const length = messages[3]!.length;
  const run = (times: number) => {
    for (let call = 0; call < times; call++) session.handle(length);
  };
  run(200_000);
  const calls = 20_000;
  const before = process.memoryUsage().heapUsed;
  run(calls);
  const perCall = (process.memoryUsage().heapUsed - before) / calls;
  t.ok(perCall < 8, `${perCall.toFixed(2)} bytes a call, less than the smallest object`);
});
