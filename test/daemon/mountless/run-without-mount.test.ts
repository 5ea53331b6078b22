// `fauxen run` in emulated containers where nothing can be mounted: its messages, what a shell sees, and how it ends.

import t from 'tap';
import { missing } from '../../helpers/capabilities.ts';
import { compile } from '../../helpers/compile.ts';
import { fauxen } from '../../helpers/fauxen.ts';
import { inContainer } from './container.ts';

t.test(
  'a 32-bit program finds its files, and gets the answer of a 64-bit kernel',
  {
    skip: missing('gcc', 'multilib', 'ia32'),
  },
  async (t) => {
    const program = compile(t, 'test/cli/programs/version.c', ['-m32']);
    const run = (...options: string[]) =>
      fauxen(['run', '-q', '--transport', 'seccomp-only', ...options, '--', program]);
    t.match(await run(), { status: 0, stdout: 'xen_version = 0xffffffff\n' });
    t.match(await run('--dom0-bits', '32'), { status: 0, stdout: 'xen_version = 0x40011\n' });
  },
);

t.test(
  'a forced mount or a dom0 names the option of the engine',
  { skip: missing('root', 'mount', 'gcc') },
  async (t) => {
    for (const options of [
      ['--transport', 'fuse'],
      ['--transport', 'seccomp'],
    ]) {
      const { status, stderr } = await inContainer(t, { rules: 'docker', user: 0 }, [...options, '--', 'true']);
      t.match(stderr, /^fauxen: cannot .*--device \/dev\/fuse --cap-add SYS_ADMIN/);
      t.equal(status, 125);
    }
  },
);

t.test('a /dev/fuse that is another file counts as missing', { skip: missing('root', 'mount', 'gcc') }, async (t) => {
  const container = { rules: 'docker', user: 0, admin: true, fuse: 'file' } as const;
  const { status, stdout, stderr } = await inContainer(t, container, ['--', 'cat', '/proc/xen/capabilities']);
  t.match(stderr, /^fauxen: no mount \(cannot open \/dev\/fuse: ENODEV\)/);
  t.equal(stdout, 'control_d\n');
  t.equal(status, 0);
});

t.test(
  'neither a mount nor a listener: the refusal says why and what to add',
  { skip: missing('root', 'mount', 'gcc') },
  async (t) => {
    const { status, stderr } = await inContainer(t, { rules: 'listener', user: 0 }, ['-q', '--', 'true']);
    t.match(stderr, /^fauxen: without a mount: cannot install a seccomp filter: EBUSY.*--device \/dev\/fuse/);
    t.equal(status, 125);
  },
);

t.test(
  'what outlives the program is ended, since its calls would fail',
  { skip: missing('root', 'mount', 'gcc') },
  async (t) => {
    const script = '(setsid sleep 60 >&- 2>&- <&- & echo $!); exit 7';
    const { status, stdout } = await inContainer(t, { rules: 'docker', user: 0 }, ['-q', '--', 'sh', '-c', script]);
    t.equal(status, 7);
    t.throws(() => process.kill(Number(stdout), 0), { code: 'ESRCH' });
  },
);

t.test('a shell sees the files', { skip: missing('root', 'mount', 'gcc') }, async (t) => {
  const script = [
    'cp /proc/xen/dmesg copy && cat /proc/xen/dmesg | cmp - copy && cp -r /proc/xen/capabilities . && echo copied',
    'cat /proc/xen/capabilities',
    'test -e /proc/xen/privcmd && test ! -e /proc/xen/nothing && test -d /dev/xen && echo found',
    'ls /dev/xen',
    'cd /proc/xen && cat capabilities && ls dmesg && cd / && cat proc//xen/../xen/./capabilities',
    'stat -c "%F %a" /proc/xen/privcmd',
    'readlink /proc/xen/privcmd || echo no link',
    'ls -la /proc/xen /dev/xen >/dev/null && cd /proc/xen && test -d ../xen/.. && cd -P .. && pwd -P',
    'head -c 6 /proc/xen/dmesg',
  ].join('; ');
  const { stdout } = await inContainer(t, { rules: 'docker', user: 0 }, ['-q', '--', 'sh', '-c', script]);
  t.equal(
    stdout,
    [
      'copied',
      'control_d',
      'found',
      'evtchn\nhypercall\nprivcmd\nxenbus',
      'control_d\ndmesg\ncontrol_d',
      'regular empty file 600',
      'no link',
      '/proc',
      '(XEN) ',
    ].join('\n'),
  );
});

t.test(
  'a program that is not found, or fails, ends with its status',
  { skip: missing('root', 'mount', 'gcc') },
  async (t) => {
    for (const [words, status] of [
      [['sh', '-c', 'exit 7'], 7],
      [['sh', '-c', 'kill -9 $$'], 137],
      [['fauxen-nonexistent'], 127],
      [['/etc/passwd'], 126],
    ] as const) {
      t.equal(
        (await inContainer(t, { rules: 'docker', user: 0 }, ['-q', '--', ...words])).status,
        status,
        words.join(' '),
      );
    }
  },
);
