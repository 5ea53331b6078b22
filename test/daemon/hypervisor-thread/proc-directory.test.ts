import { readdirSync, rmdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { ProcDirectory } from '../../../src/daemon/hypervisor-thread/proc-directory.ts';
import type { FileRequest } from '../../../src/fuse/file-request.ts';
import type { FsNode, SymlinkNode } from '../../../src/fuse/node.ts';

const xen: FsNode = {
  kind: 'directory',
  attributes: () => ({ mode: 0o40755, size: 0 }),
  lookup: () => xen,
  list: () => [],
};

/** Only what the directory uses. */
const requestFrom = (tid: number, uid = 0) => ({ tid, uid, gid: uid, compat: false }) as FileRequest;
const anybody = requestFrom(1);

function linkOf(node: FsNode | number): SymlinkNode {
  if (typeof node === 'number' || node.kind !== 'symlink') throw new Error('not a symlink');
  return node;
}

const kindOf = (node: FsNode | number) => (typeof node === 'number' ? node : node.kind);

t.test('each file and directory keeps its node, so that it can be mounted on', async (t) => {
  const real = t.testdir({ file: 'x', folder: {}, 17: {} });
  symlinkSync('folder', join(real, 'link'));
  const proc = new ProcDirectory({ xen }, real);
  t.equal(kindOf(proc.lookup('file', anybody)), 'file');
  t.equal(kindOf(proc.lookup('folder', anybody)), 'directory');
  for (const name of ['.real', 'file', 'folder']) {
    t.equal(
      proc.lookup(name, anybody),
      proc.lookup(name, anybody),
      'or the kernel would take off what is mounted there',
    );
  }
  t.equal(linkOf(proc.lookup('link', anybody)).target(anybody), 'folder', 'a link says what the real one says');
});

t.test('processes and later entries are links into the real directory', async (t) => {
  const real = t.testdir({ 17: {} });
  const proc = new ProcDirectory({ xen }, real);
  const process17 = linkOf(proc.lookup('17', anybody));
  t.equal(process17.target(anybody), '.real/17');
  t.equal(process17.attributes(anybody).size, '.real/17'.length, 'the kernel cuts a target off at the size');
  t.equal(proc.lookup('17', anybody), process17, 'the kernel keeps the target as long as the node is the same');
  t.equal(process17.keepSeconds, 60, 'so that ps need not ask for each path');
  t.equal(process17.isVisible?.(anybody), true);
  rmdirSync(join(real, '17'));
  t.equal(process17.isVisible?.(anybody), false, 'its end is noticed at once');
  t.equal(proc.lookup('absent', anybody), -constants.errno.ENOENT);
  writeFileSync(join(real, 'later'), '');
  t.equal(linkOf(proc.lookup('later', anybody)).target(anybody), '.real/later');
});

t.test('our own names take precedence', async (t) => {
  const proc = new ProcDirectory({ xen }, t.testdir({ xen: 'the real one', other: '' }));
  t.equal(proc.lookup('xen', anybody), xen);
  t.strictSame([...proc.list(anybody)].map(({ name }) => name).sort(), ['other', 'xen']);
});

t.test('the listing has the kernel’s order (names, then processes by number) and the real types', async (t) => {
  const real = t.testdir({ file: '', folder: {}, 100: {}, 9: {} });
  symlinkSync('folder', join(real, 'link'));
  const list = [...new ProcDirectory({}, real).list(anybody)];
  t.strictSame(Object.fromEntries(list.map(({ name, type }) => [name, type])), {
    file: 0o100000,
    folder: 0o040000,
    link: 0o120000,
    9: 0o040000,
    100: 0o040000,
  });
  t.strictSame(
    list.slice(-2).map(({ name }) => name),
    ['9', '100'],
  );
});

t.test('/proc/self is the pid of the process that asks', async (t) => {
  const proc = new ProcDirectory({ xen }, '/proc');
  const thread = Number(readdirSync('/proc/self/task').at(-1));
  const target = (name: string, tid: number) => linkOf(proc.lookup(name, requestFrom(tid))).target(requestFrom(tid));
  t.equal(target('self', thread), String(process.pid));
  t.equal(target('thread-self', thread), `${process.pid}/task/${thread}`);
  t.equal(target('self', 0), '.real/self', 'a caller in another pid namespace');
});
