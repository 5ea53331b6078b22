import { join } from 'node:path';
import t from 'tap';
import { checkMountPoint, MountError, unmountFuse } from '../../src/fuse/mount.ts';

t.test('a directory that is missing or none is named, with what to do', async (t) => {
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

t.test('unmounting what is not mounted fails with what umount said', async (t) => {
  const directory = t.testdir({});
  await t.rejects(unmountFuse(directory), MountError);
  await t.rejects(unmountFuse(directory, { lazy: true }), {
    message: new RegExp(`^cannot unmount ${directory}: umount: `),
  });
});
