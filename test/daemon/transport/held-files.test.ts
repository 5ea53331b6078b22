// This needs no FUSE: the files of any file system will do, here those of the test's folder, opened by this process.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fstatSync, openSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { HeldFiles } from '../../../src/daemon/transport/held-files.ts';
import { OpenInodes } from '../../../src/daemon/transport/open-inodes.ts';
import { systemCall } from '../../../src/linux/libc.ts';
import { deviceOf } from '../../../src/linux/open-file.ts';

const SYS_DUP2 = 33;
const O_PATH = 0o10000000;
const self = process.pid;

interface File {
  name: string;
}

/** Names of files in a folder, opened for the test; `open` reports each as a driver would. */
function world(t: Test, inodes = new OpenInodes<File>()) {
  const dir = t.testdir(Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`f${index}`, ''])));
  const opened: number[] = [];
  const given: number[] = [];
  let now = 1_000;
  const open = (name: string, flags: string | number = 'r') => {
    const fd = openSync(join(dir, name), flags);
    opened.push(fd);
    return fd;
  };
  const device = deviceOf(open('f0'));
  const closeElsewhere = (descriptor: number) => given.push(descriptor);
  const files = new HeldFiles<File>({ inodes, device, now: () => now, closeElsewhere });
  t.teardown(() => {
    files.close();
    for (const fd of new Set([...opened, ...given])) closeIfOpen(fd);
  });
  return {
    dir,
    files,
    given,
    inodes,
    /** Opens a file and registers it. */
    openKnown(name: string) {
      const fd = open(name);
      const file = { name };
      inodes.opened(fstatSync(fd).ino, file);
      return { fd, file };
    },
    open,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

function closeIfOpen(fd: number): void {
  try {
    closeSync(fd);
  } catch {
    // the test closed it
  }
}

/** How many descriptors of this process refer to that file. */
const descriptorsOf = (path: string) =>
  readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) === path;
    } catch {
      return false;
    }
  }).length;

t.test('a second caller of the same file is recognised, whatever its descriptor numbers', async (t) => {
  const { files, openKnown, dir } = world(t);
  const { fd, file } = openKnown('f1');
  t.equal(files.find(self, fd), undefined, 'the first time it is not worth a fetch');
  t.equal(files.size, 0);
  t.equal(files.find(self, fd), file);
  t.equal(files.find(self, fd), file);
  t.equal(descriptorsOf(join(dir, 'f1')), 2, 'one copy is held');
  systemCall(SYS_DUP2, fd, 200);
  t.equal(files.find(self, 200), file, 'another number of the same open file, at once');
  closeSync(fd);
  t.equal(files.find(self, fd), undefined, 'the closed number');
  t.equal(files.find(self, 200), file);
  closeSync(200);
});

t.test('a descriptor number that was reused is not mistaken for the old file', async (t) => {
  const { files, openKnown, open } = world(t);
  const [one, two] = [openKnown('f1'), openKnown('f2')];
  for (let round = 0; round < 2; round++) for (const { fd } of [one, two]) files.find(self, fd);
  t.equal(files.size, 2);
  const stranger = open('f3');
  systemCall(SYS_DUP2, stranger, one.fd);
  t.equal(files.find(self, one.fd), undefined, 'a file that is not ours');
  systemCall(SYS_DUP2, two.fd, one.fd);
  t.equal(files.find(self, one.fd), two.file, 'the other one of ours');
});

t.test('with two open files of one inode, neither can be identified', async (t) => {
  const { files, inodes, openKnown } = world(t);
  const first = openKnown('f1');
  files.find(self, first.fd);
  t.equal(files.find(self, first.fd), first.file);
  const second = openKnown('f1');
  for (let round = 0; round < 3; round++) t.equal(files.find(self, second.fd), undefined);
  t.equal(files.find(self, first.fd), first.file, 'the one that is held is proven still');
  inodes.released(fstatSync(first.fd).ino, first.file);
});

t.test('an O_PATH descriptor gives no access', async (t) => {
  const { files, openKnown, open } = world(t);
  const { fd, file } = openKnown('f1');
  const named = open('f1', O_PATH);
  for (let round = 0; round < 3; round++) t.equal(files.find(self, named), undefined);
  files.find(self, fd);
  t.equal(files.find(self, fd), file);
  t.equal(files.find(self, named), undefined);
});

t.test('an inode number in another file system does not match', async (t) => {
  const { files, inodes } = world(t);
  const other = openSync('/proc/self/status', 'r');
  inodes.opened(fstatSync(other).ino, { name: 'of procfs' });
  for (let round = 0; round < 3; round++) t.equal(files.find(self, other), undefined);
  closeSync(other);
});

t.test('a reused thread id is not trusted: each process is compared by its own descriptors', async (t) => {
  const { files, openKnown, open } = world(t);
  const { fd, file } = openKnown('f1');
  const stranger = open('f2');
  files.find(self, fd);
  t.equal(files.find(self, fd), file);
  const child = (given: number) => spawn('sleep', ['60'], { stdio: ['ignore', 'ignore', 'ignore', given] });
  const [heir, other] = [child(fd), child(stranger)];
  await Promise.all([once(heir, 'spawn'), once(other, 'spawn')]);
  t.equal(files.find(heir.pid!, 3), file, 'an inherited descriptor, at once');
  t.equal(files.find(other.pid!, 3), undefined);
  t.equal(files.find(other.pid!, 3), undefined);
  heir.kill('SIGKILL');
  other.kill('SIGKILL');
  await Promise.all([once(heir, 'exit'), once(other, 'exit')]);
  t.equal(files.find(heir.pid!, 3), undefined, 'a process that has ended');
});

t.test('an invisible thread, and an invalid descriptor number', async (t) => {
  const { files, openKnown } = world(t);
  const { fd } = openKnown('f1');
  for (let round = 0; round < 3; round++) {
    t.equal(files.find(0, fd), undefined);
    t.equal(files.find(self, -1), undefined);
    t.equal(files.find(self, 1_000_000), undefined);
  }
});

t.test('many files are distinguished, and files beyond the limit are not held', async (t) => {
  const { files, openKnown } = world(t);
  const all = Array.from({ length: 70 }, (_, index) => openKnown(`f${index}`));
  for (const { fd } of all) {
    files.find(self, fd);
    files.find(self, fd);
  }
  t.equal(files.size, 64);
  const found = all.map(({ fd }) => files.find(self, fd));
  t.same(
    found.map((file, index) => file === undefined || file === all[index]?.file),
    all.map(() => true),
  );
  t.equal(found.filter((file) => file !== undefined).length, 64);
});

t.test('a copy that is unused for a second is closed, and its file can be released', async (t) => {
  const { files, openKnown, pass, dir } = world(t);
  const [one, two] = [openKnown('f1'), openKnown('f2')];
  for (let round = 0; round < 2; round++) for (const { fd } of [one, two]) files.find(self, fd);
  pass(900);
  files.expire();
  t.equal(files.find(self, one.fd), one.file);
  pass(900);
  files.expire();
  t.equal(files.size, 1, 'each use counts');
  t.equal(descriptorsOf(join(dir, 'f2')), 1, 'the program’s own');
  t.equal(files.find(self, one.fd), one.file);
  files.close();
  t.same([files.size, descriptorsOf(join(dir, 'f1'))], [0, 1]);
});

t.test('a fetched descriptor of another file is rejected, and is closed on another thread', async (t) => {
  /** As if the descriptor changed between the check and the fetch: the second answer describes what was fetched. */
  class Changing extends OpenInodes<File> {
    asked = 0;
    override only(inode: number): File | undefined {
      this.asked++;
      return this.asked % 2 === 0 ? undefined : super.only(inode);
    }
  }
  const inodes = new Changing();
  const { files, given, openKnown, pass, dir } = world(t, inodes);
  const { fd } = openKnown('f1');
  files.find(self, fd);
  t.equal(files.find(self, fd), undefined);
  t.same([files.size, given.length, descriptorsOf(join(dir, 'f1'))], [0, 1, 2], 'it is not closed here');
  const { asked } = inodes;
  t.equal(files.find(self, fd), undefined);
  t.equal(inodes.asked, asked, 'nothing is fetched for a while');
  pass(100);
  files.find(self, fd);
  t.ok(inodes.asked > asked);
});
