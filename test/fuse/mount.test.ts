import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { checkMountPoint, MountError, prepareMount, unmountFuse } from '../../src/fuse/mount.ts';
import { missing } from '../helpers/capabilities.ts';
import { mountFuse } from './mount-fuse.ts';

t.test('a missing directory, or a path that is not a directory, is named with advice', async (t) => {
  const directory = t.testdir({ file: '' });
  const missing = join(directory, 'missing');
  t.throws(() => checkMountPoint(missing), {
    name: 'MountError',
    code: 'ENOENT',
    message: `cannot mount on ${missing}: ENOENT. Create it first: mkdir -p ${missing}`,
  });
  t.throws(() => checkMountPoint(join(directory, 'file')), { code: 'ENOTDIR' });
  t.doesNotThrow(() => checkMountPoint(directory));
});

t.test("unmounting a directory without a mount fails with umount's message", async (t) => {
  const directory = t.testdir({});
  await t.rejects(unmountFuse(directory), MountError);
  await t.rejects(unmountFuse(directory, { lazy: true }), {
    message: new RegExp(`^cannot unmount ${directory}: umount: `),
  });
});

/** A PATH with a command of that name that prints a message and exits with a status. */
function fake(t: Test, name: string, script: string): void {
  const before = process.env.PATH;
  const directory = t.testdir({ [name]: `#!/bin/sh\n${script}\n`, point: {} });
  chmodSync(join(directory, name), 0o755);
  process.env.PATH = directory;
  t.teardown(() => {
    process.env.PATH = before;
  });
}

const failures: [script: string, message: RegExp][] = [
  [
    'echo "mount: unknown filesystem type \'fuse\'." >&2; exit 32',
    /unknown filesystem type 'fuse'\. Run modprobe fuse/,
  ],
  ['echo "mount: must be superuser to use mount." >&2; exit 1', /Run as root, or inside unshare/],
  ['exit 3', /exit status 3 dmesg may say more\.$/],
  ['kill -9 $$', /killed by SIGKILL dmesg may say more\.$/],
];

for (const [script, message] of failures) {
  t.test(`mount(8) fails: ${message.source}`, { skip: missing('fuse') }, async (t) => {
    fake(t, 'mount', script);
    t.throws(() => mountFuse(join(t.testdirName, 'point')), { name: 'MountError', message });
  });
}

t.test('missing mount(8) and umount(8) are reported', { skip: missing('fuse') }, async (t) => {
  fake(t, 'other', 'exit 0');
  const point = join(t.testdirName, 'point');
  t.throws(() => mountFuse(point), {
    code: 'ENOENT',
    message: 'cannot run mount(8): ENOENT. Install util-linux, which has mount(8).',
  });
  await t.rejects(unmountFuse(point), { code: 'ENOENT', message: 'cannot run umount(8): ENOENT.' });
});

t.test('options that mount(8) would misread, and a busy mount', { skip: missing('fuse') }, async (t) => {
  fake(t, 'umount', 'echo "umount: $4: target is busy." >&2; exit 32');
  const point = join(t.testdirName, 'point');
  t.throws(() => prepareMount(point, { subtype: 'a,dev' }), { message: 'bad mount option subtype=a,dev.' });
  await t.rejects(unmountFuse(point), { message: /target is busy\. Close what uses it \(fuser -m / });
});
