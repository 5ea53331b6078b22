import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { cli } from '../helpers/fauxen.ts';
import { runCommand } from '../helpers/run-command.ts';
import { checkout } from '../helpers/source-files.ts';

/** Runs fauxen with a /tmp of its own that has no byte to spare. */
function withFullTmp(...args: string[]) {
  const script = 'mount -t tmpfs -o size=64k full /tmp && dd if=/dev/zero of=/tmp/fill bs=4k 2>/dev/null; exec "$@"';
  const command = ['--mount', 'sh', '-c', script, 'sh', process.execPath, cli, ...args];
  const { NODE_V8_COVERAGE: _, ...env } = process.env;
  return runCommand('unshare', command, { cwd: checkout, env: { ...env, TMPDIR: '/tmp' } });
}

const skip = missing('mount', 'root');

t.test('with a full /tmp programs run, and hypercalls load', { skip }, async (t) => {
  for (const door of ['fuse', 'auto']) {
    const options = ['--door', door, '--hypercalls', 'examples/hello_hypercall.ts'];
    t.match(await withFullTmp('run', ...options, '--', 'cat', '/proc/xen/capabilities'), {
      status: 0,
      stdout: 'control_d\n',
      stderr: '',
    });
  }
});

t.test('what needs room there says so', { skip: skip || missing('clang') }, async (t) => {
  const { status, stdout, stderr } = await withFullTmp('run', '--hypercalls', 'examples/hello_hypercall.c', 'true');
  t.equal(status, 2);
  t.equal(stdout, '');
  t.match(stderr, /hello_hypercall\.c: cannot be compiled in \/tmp: ENOSPC\. Make room there, or set TMPDIR\n$/);
});
