import t from 'tap';
import { kernelOptions, parseMountOptions } from '../../src/fuse/mount-options.ts';

t.test('options have mount(8)’s syntax', async (t) => {
  t.same(parseMountOptions('allow_other,default_permissions,,max_read=4096,fsname=a=b,subtype=xenfs,ro'), {
    allowOther: true,
    defaultPermissions: true,
    maxRead: 4096,
    fsname: 'a=b',
    subtype: 'xenfs',
    readOnly: true,
  });
  t.same(parseMountOptions('ro,rw'), { readOnly: false });
  t.same(parseMountOptions(''), {});
});

t.test('a wrong option is named', async (t) => {
  t.throws(() => parseMountOptions('allow_root'), {
    message: /^unknown mount option allow_root: known are allow_other,/,
  });
  t.throws(() => parseMountOptions('constructor'), { message: /^unknown mount option constructor/ });
  t.throws(() => parseMountOptions('allow_other=1'), { message: 'mount option allow_other takes no value, got 1.' });
  t.throws(() => parseMountOptions('fsname'), { message: 'mount option fsname needs a value: fsname=VALUE.' });
  t.throws(() => kernelOptions(parseMountOptions('max_read=x'), 3, 0, 0), {
    message: /^mount option max_read must be/,
  });
});

t.test('the kernel gets the descriptor, the owner and the flags', async (t) => {
  t.equal(
    kernelOptions({ allowOther: true, defaultPermissions: true, maxRead: 4096, readOnly: true }, 3, 1000, 100),
    'fd=3,rootmode=40755,user_id=1000,group_id=100,nosuid,nodev,allow_other,default_permissions,ro,max_read=4096',
  );
});
