import t from 'tap';
import { opcodes } from '../../src/fuse/opcodes.ts';
import { struct } from '../../src/fuse/struct.ts';
import * as wire from '../../src/fuse/wire.ts';
import { bytes } from './fixtures/bytes.ts';
import { FakeKernel } from './fixtures/fake-kernel.ts';
import { fakeTree } from './fixtures/tree.ts';

t.test('every struct has the size that include/uapi/linux/fuse.h gives it', async (t) => {
  const sizes: Record<string, number> = {
    inHeader: 40,
    outHeader: 16,
    forgetIn: 8,
    batchForgetIn: 8,
    forgetOne: 16,
    getattrIn: 16,
    setattrIn: 88,
    openIn: 8,
    readIn: 40,
    writeIn: 40,
    releaseIn: 24,
    flushIn: 24,
    fsyncIn: 16,
    interruptIn: 8,
    ioctlIn: 32,
    pollIn: 24,
    initIn: 16,
    attrOut: 88,
    entryOut: 128,
    getattrOut: 104,
    openOut: 16,
    writeOut: 8,
    statfsOut: 80,
    ioctlOut: 16,
    pollOut: 8,
    initOut: 64,
    notifyPollOut: 8,
    dirent: 24,
  };
  t.same(Object.fromEntries(Object.entries(wire).map(([name, { size }]) => [name, size])), sizes);
});

t.test('a struct refuses a field that C would have padded', async (t) => {
  t.throws(() => struct(0, { a: 4, b: 8 }), { message: 'field b at 4 is not aligned to 8' });
});

t.test('the opcode table has a row under its own number', async (t) => {
  opcodes.forEach((row, number) => {
    if (row) t.equal(row.number, number, row.name);
  });
  t.equal(opcodes[44], undefined, 'READDIRPLUS is not served');
});

t.test(
  'INIT of Linux 6.18 gets 7.40, big writes, parallel lookups, kept links and shared mmap without page cache, no readahead, and nothing else',
  async (t) => {
    const kernel = new FakeKernel(fakeTree(() => {}).root, { init: false });
    const reply = kernel.sendRaw(
      bytes(`
      68000000          // len 104
      1a000000          // opcode INIT
      0200000000000000  // unique 2
      0000000000000000  // nodeid 0
      00000000          // uid
      00000000          // gid
      00000000          // pid: the kernel itself
      0000 0000         // extensions, padding
      07000000          // major 7
      2d000000          // minor 45
      00000200          // max_readahead 128 KiB
      fbfffb73          // flags, FUSE_INIT_EXT among them
      ff030000          // flags2
      00000000 0000000000000000 0000000000000000 0000000000000000 0000000000000000 0000000000000000
    `),
    );
    t.same(
      reply?.body,
      bytes(`
      07000000          // major 7
      28000000          // minor 40
      00000000          // max_readahead: none
      20008040          // flags: BIG_WRITES, CACHE_SYMLINKS, INIT_EXT; this kernel did not offer PARALLEL_DIROPS
      4000 3000         // max_background 64, congestion_threshold 48
      00000200          // max_write 128 KiB
      01000000          // time_gran 1 ns
      0000 0000         // max_pages, map_alignment
      10000000          // flags2: DIRECT_IO_ALLOW_MMAP
      00000000 0000000000000000 0000000000000000 0000000000000000
    `),
    );
    t.same([reply?.error, reply?.unique], [0, 2n]);
  },
);

t.test('an ioctl on the wire', async (t) => {
  const kernel = new FakeKernel(fakeTree(() => {}).root);
  const { nodeid, fh } = kernel.open('control');
  t.same([nodeid, fh], [2, 1]);
  const reply = kernel.sendRaw(
    bytes(`
      48000000          // len 72
      27000000          // opcode IOCTL
      fefffffffeffffff  // unique: all its bits come back
      0200000000000000  // nodeid
      e8030000 64000000 // uid, gid
      e1100000          // pid: the thread's
      0000 0000         // extensions, padding
      0100000000000000  // fh
      00000000          // flags
      00503000          // cmd 0x305000
      3412000000000000  // arg 0x1234
      00000000 00000000 // in_size, out_size
    `),
  );
  t.equal(reply?.unique, 0xfffffffefffffffen);
  t.equal(reply?.error, 0);
  t.same(
    reply?.body,
    bytes(`
      2a000000          // result 42
      00000000          // flags
      00000000 00000000 // in_iovs, out_iovs
    `),
  );
});

t.test('attributes on the wire', async (t) => {
  const kernel = new FakeKernel({
    kind: 'directory',
    attributes: () => ({ mode: 0o555, size: 513, uid: 1, gid: 2, nlink: 3, rdev: 4, mtime: 1_500_000_000_250 }),
    lookup: () => -2,
    list: () => [],
  });
  t.same(
    kernel.ask(3, 1, [4, 0], [4, 0], [8, 0]).body,
    bytes(`
      0000000000000000  // attr_valid 0 s: ask again each time
      00000000 00000000 // attr_valid_nsec, dummy
      0100000000000000  // ino: the node's id
      0102000000000000  // size 513
      0000000000000000  // blocks of 512
      002f685900000000  // atime 1500000000
      002f685900000000  // mtime
      002f685900000000  // ctime
      80b2e60e 80b2e60e 80b2e60e // 250 ms
      6d410000          // mode S_IFDIR | 0555: the type comes from the kind
      03000000          // nlink
      01000000 02000000 // uid, gid
      04000000          // rdev
      00100000          // blksize
      00000000          // flags
    `),
  );
});

t.test('a directory on the wire', async (t) => {
  const { root } = fakeTree(() => {});
  const kernel = new FakeKernel({ ...root, list: () => [{ name: 'xen', type: 0o100000 }] });
  const fh = Number(kernel.ask(27, 1, [4, 0], [4, 0]).body.readBigUInt64LE(0));
  const read = (offset: number, size: number) =>
    kernel.ask(28, 1, [8, fh], [8, offset], [4, size], [4, 0], [8, 0], [4, 0], [4, 0]).body;
  t.same(
    read(0, 4096),
    bytes(`
      ffffffff00000000 0100000000000000 01000000 04000000 2e00000000000000 // ino unknown, next 1, length 1, DT_DIR, "."
      ffffffff00000000 0200000000000000 02000000 04000000 2e2e000000000000 // ".."
      ffffffff00000000 0300000000000000 03000000 08000000 78656e0000000000 // "xen", DT_REG
    `),
  );
  t.equal(read(2, 4096).length, 32, 'from an offset');
  t.equal(read(0, 70).length, 64, 'whole entries only');
  t.equal(read(3, 4096).length, 0, 'the end');
  t.equal(read(99, 4096).length, 0, 'beyond the end');
});

t.test('a poll wake-up is a notification with unique 0', async (t) => {
  const kernel = new FakeKernel(fakeTree(() => {}).root);
  kernel.session.notifyPoll(0xfedcba9876543210n);
  const { error, unique, body } = kernel.replies.at(-1)!;
  t.same([error, unique, body.readBigUInt64LE()], [1, 0n, 0xfedcba9876543210n]);
});
