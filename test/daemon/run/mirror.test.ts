import { readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { Mirror } from '../../../src/daemon/run/mirror.ts';
import type { FsNode, SymlinkNode } from '../../../src/fuse/node.ts';
import type { Request } from '../../../src/fuse/request.ts';

const xen: FsNode = {
  kind: 'directory',
  attributes: () => ({ mode: 0o40755, size: 0 }),
  lookup: () => xen,
  list: () => [],
};

/** Only what a mirror looks at. */
const requestFrom = (tid: number) => ({ tid, uid: 0, gid: 0, compat: false }) as Request;

function linkOf(node: FsNode | number): SymlinkNode {
  if (typeof node === 'number' || node.kind !== 'symlink') throw new Error('not a symlink');
  return node;
}

t.test('every real name is a link into the place of the real directory', async (t) => {
  const real = t.testdir({ file: 'x', folder: {} });
  symlinkSync('folder', join(real, 'link'));
  const mirror = new Mirror(real, { xen });
  t.equal(linkOf(mirror.lookup('file')).target(requestFrom(1)), '.real/file');
  t.equal(linkOf(mirror.lookup('folder')).target(requestFrom(1)), '.real/folder');
  t.equal(linkOf(mirror.lookup('link')).target(requestFrom(1)), 'folder', 'a link says what the real one says');
  t.equal(mirror.lookup('absent'), -constants.errno.ENOENT);
  writeFileSync(join(real, 'later'), '');
  t.equal(linkOf(mirror.lookup('later')).target(requestFrom(1)), '.real/later');
});

t.test('names of our own come first', async (t) => {
  const mirror = new Mirror(t.testdir({ xen: 'the real one', other: '' }), { xen });
  t.equal(mirror.lookup('xen'), xen);
  t.strictSame([...mirror.list()].map(({ name }) => name).sort(), ['other', 'xen']);
});

t.test('the place of the real directory is one node for ever, and not listed', async (t) => {
  const mirror = new Mirror(t.testdir({}), {});
  t.equal(mirror.lookup('.real'), mirror.lookup('.real'), 'or the kernel would take off what is mounted there');
  t.strictSame([...mirror.list()], []);
});

t.test('directories are listed as directories, links as links', async (t) => {
  const real = t.testdir({ file: '', folder: {} });
  symlinkSync('folder', join(real, 'link'));
  const types = Object.fromEntries([...new Mirror(real, {}).list()].map(({ name, type }) => [name, type]));
  t.strictSame(types, { file: 0o100000, folder: 0o040000, link: 0o120000 });
});

t.test('/proc/self is the pid of whoever asks', async (t) => {
  const mirror = new Mirror('/proc', { xen });
  const thread = Number(readdirSync('/proc/self/task').at(-1));
  t.equal(linkOf(mirror.lookup('self')).target(requestFrom(thread)), String(process.pid));
  t.equal(linkOf(mirror.lookup('thread-self')).target(requestFrom(thread)), `${process.pid}/task/${thread}`);
  t.equal(linkOf(mirror.lookup('self')).target(requestFrom(0)), '.real/self', 'a caller in another pid namespace');
});
