// A handle is valid only for the node and the kind (file or directory) for which it was opened.

import { constants } from 'node:os';
import t from 'tap';
import type { DirectoryNode, FileNode, FsNode } from '../../src/fuse/node.ts';
import { FakeKernel, type Part } from './fixtures/fake-kernel.ts';

const { EBADF, ENOTTY } = constants.errno;
const ROOT = 1;
const IOCTL_DIR = 1 << 4;
const FATTR_FH = 1 << 6;
const FATTR_SIZE = 1 << 3;

/** A root with two files and a directory; each file records its operations. */
function twoFiles() {
  const calls: string[] = [];
  const file = (name: string): FileNode => {
    const said = (what: string, result: number) => {
      calls.push(`${what} ${name}`);
      return result;
    };
    return {
      kind: 'file',
      attributes: () => ({ mode: 0o600, size: 0 }),
      open: () => ({
        read: () => said('read', 0),
        write: (_request, _offset, data) => said('write', data.length),
        ioctl: () => said('ioctl', 7),
        poll: () => said('poll', 1),
        flush: () => said('flush', 0),
        fsync: () => said('fsync', 0),
        release: () => void said('release', 0),
      }),
    };
  };
  const nodes: Record<string, FsNode> = { one: file('one'), two: file('two') };
  const directory = (names: Record<string, FsNode>): DirectoryNode => ({
    kind: 'directory',
    attributes: () => ({ mode: 0o755, size: 0 }),
    lookup: (name) => names[name] ?? -constants.errno.ENOENT,
    list: () => [],
  });
  nodes.folder = directory({});
  return { kernel: new FakeKernel(directory(nodes)), calls };
}

const zeroes = (bytes: number) => Buffer.alloc(bytes);

/** Every request with a handle: its opcode and content. `setattr` and `getattr` accept a handle of either kind. */
const ofFile: Record<string, [opcode: number, parts: (fh: number) => Part[]]> = {
  read: [15, (fh) => [[8, fh], [8, 0], [4, 8], zeroes(20)]],
  write: [16, (fh) => [[8, fh], [8, 0], [4, 1], zeroes(20), Buffer.from('x')]],
  ioctl: [39, (fh) => [[8, fh], [4, 0], [4, 0x305000], [8, 0x1000], zeroes(8)]],
  poll: [
    40,
    (fh) => [
      [8, fh],
      [8, 0],
      [4, 0],
      [4, 1],
    ],
  ],
  flush: [25, (fh) => [[8, fh], zeroes(16)]],
  fsync: [20, (fh) => [[8, fh], zeroes(8)]],
  release: [18, (fh) => [[8, fh], zeroes(16)]],
};
const ofDirectory: typeof ofFile = {
  readdir: [28, (fh) => [[8, fh], [8, 0], [4, 512], zeroes(20)]],
  'ioctl of a directory': [39, (fh) => [[8, fh], [4, IOCTL_DIR], [4, 0x305000], [8, 0x1000], zeroes(8)]],
  fsyncdir: [30, (fh) => [[8, fh], zeroes(8)]],
  releasedir: [29, (fh) => [[8, fh], zeroes(16)]],
};
const ofEither: typeof ofFile = {
  getattr: [
    3,
    (fh) => [
      [4, 1],
      [4, 0],
      [8, fh],
    ],
  ],
  setattr: [4, (fh) => [[4, FATTR_FH | FATTR_SIZE], [4, 0], [8, fh], zeroes(72)]],
};

t.test('files and directories share one numbering, and closed handles are not reused', async (t) => {
  const { kernel } = twoFiles();
  const handles = [kernel.open('one').fh, kernel.opendir(ROOT), kernel.open('two').fh, kernel.opendir(ROOT)];
  t.equal(new Set(handles).size, 4);
  t.equal(kernel.ask(29, ROOT, [8, handles[3]!], zeroes(16)).error, 0);
  t.notOk(handles.includes(kernel.open('one').fh));
});

for (const [name, [opcode, parts]] of Object.entries(ofFile)) {
  t.test(`${name}: only with a handle of that file`, async (t) => {
    const { kernel, calls } = twoFiles();
    const [one, two] = [kernel.open('one'), kernel.open('two')];
    const ask = (nodeid: number, fh: number) => kernel.ask(opcode, nodeid, ...parts(fh)).error;
    t.equal(ask(one.nodeid, two.fh), -EBADF, 'a handle of another file');
    t.equal(ask(one.nodeid, kernel.opendir(ROOT)), -EBADF, 'a handle of a directory');
    t.equal(ask(ROOT, one.fh), -EBADF, 'about another node');
    t.equal(ask(ROOT, kernel.opendir(ROOT)), -EBADF, 'about a directory, with its handle');
    t.equal(ask(one.nodeid, 99), -EBADF, 'no handle');
    t.same(calls, []);
    t.equal(ask(one.nodeid, one.fh), 0);
    t.same(calls, [`${name} one`]);
    t.same([kernel.session.open, kernel.errors], [name === 'release' ? 3 : 4, []]);
  });
}

for (const [name, [opcode, parts]] of Object.entries(ofDirectory)) {
  t.test(`${name}: only with a handle of that directory`, async (t) => {
    const { kernel, calls } = twoFiles();
    const one = kernel.open('one');
    const folder = kernel.lookup('folder');
    const ask = (nodeid: number, fh: number) => kernel.ask(opcode, nodeid, ...parts(fh));
    t.equal(ask(ROOT, one.fh).error, -EBADF, 'a handle of a file');
    t.equal(ask(one.nodeid, one.fh).error, -EBADF, 'a handle of a file, about that file');
    t.equal(ask(folder, kernel.opendir(ROOT)).error, -EBADF, 'a handle of another directory');
    t.equal(ask(ROOT, 99).error, -EBADF, 'no handle');
    const { error } = ask(folder, kernel.opendir(folder));
    t.equal(error, opcode === 39 ? -ENOTTY : 0, 'which knows no ioctl');
    t.same([calls, kernel.errors], [[], []]);
  });
}

for (const [name, [opcode, parts]] of Object.entries(ofEither)) {
  t.test(`${name} of an open file: only with a handle of that node`, async (t) => {
    const { kernel } = twoFiles();
    const [one, two] = [kernel.open('one'), kernel.open('two')];
    const ask = (nodeid: number, fh: number) => kernel.ask(opcode, nodeid, ...parts(fh)).error;
    t.equal(ask(one.nodeid, two.fh), -EBADF);
    t.equal(ask(one.nodeid, kernel.opendir(ROOT)), -EBADF);
    t.equal(ask(one.nodeid, 99), -EBADF);
    t.equal(ask(one.nodeid, one.fh), 0);
  });
}

t.test('a handle stays valid after its node is forgotten: RELEASE may come after FORGET', async (t) => {
  const { kernel, calls } = twoFiles();
  const { nodeid, fh } = kernel.open('one');
  kernel.send(2, nodeid, [8, 1]);
  t.equal(kernel.ask(18, nodeid, [8, fh], zeroes(16)).error, 0);
  t.same([calls, kernel.session.open], [['release one'], 0]);
});
