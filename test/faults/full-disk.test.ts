import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { cli } from '../helpers/fauxen.ts';
import { ownMounts } from '../helpers/own-mounts.ts';
import { runCommand } from '../helpers/run-command.ts';
import { checkout } from '../helpers/source-files.ts';

/** Runs fauxen with one directory of this machine on a full disk; `temporary` is the one for temporary files. */
function withFull(directory: string, temporary: string, ...args: string[]) {
  const script = 'mount -t tmpfs -o size=64k full "$0" && dd if=/dev/zero of="$0/fill" bs=4k 2>/dev/null; exec "$@"';
  const command = [...ownMounts, 'sh', '-c', script, directory, process.execPath, cli, ...args];
  const { NODE_V8_COVERAGE: _, ...env } = process.env;
  return runCommand('unshare', command, { cwd: checkout, env: { ...env, TMPDIR: temporary }, timeout: 50_000 });
}

/** Not /tmp itself: the checkout may be there. */
const temporary = mkdtempSync(join(tmpdir(), 'fauxen-full-'));
t.teardown(() => rmdirSync(temporary));

const skip = missing('mount', 'root');

t.test('without space for temporary files programs run, and hypercalls load', { skip }, async (t) => {
  for (const transport of ['fuse', 'auto']) {
    const options = ['--transport', transport, '--hypercalls', 'examples/hello_hypercall.ts'];
    t.match(await withFull(temporary, temporary, 'run', ...options, '--', 'cat', '/proc/xen/capabilities'), {
      status: 0,
      stdout: 'control_d\n',
      stderr: '',
    });
  }
});

t.test('an operation that needs the space reports what is missing', { skip: skip || missing('clang') }, async (t) => {
  const { status, stdout, stderr } = await withFull(
    temporary,
    temporary,
    'run',
    '--hypercalls',
    'examples/hello_hypercall.c',
    'true',
  );
  t.equal(status, 2);
  t.equal(stdout, '');
  t.ok(
    stderr.endsWith(`hello_hypercall.c: cannot be compiled in ${temporary}: ENOSPC. Make room there, or set TMPDIR\n`),
    stderr,
  );
});

t.test(
  "with the machine's own /run full, a dom0 has a /run of its own",
  { skip: skip || missing('xenTools', 'xenstored', 'xenstoreUtils') },
  async (t) => {
    // A destroyed domain stays in the list until xenstored, which has its page mapped, is notified.
    const script = `xl list && xl destroy web &&
      for _ in $(seq 200); do xl list > /run/left && ! grep -q '^[^ ]* *1 ' /run/left && break; sleep 0.1; done
      tail -n +2 /run/left | cut -d ' ' -f 1 && echo room > /run/room && cat /run/room`;
    const options = ['--toolstack', '--scenario', 'examples/scenarios/small.yaml'];
    const { status, stdout, stderr } = await withFull('/run', tmpdir(), 'run', ...options, '--', 'sh', '-c', script);
    t.match(stdout, /^web +1 +2048 +2 +-b---- .*\nDomain-0\ndatabase\nnightly\nbroken\nroom\n$/ms);
    t.equal(stderr, '');
    t.equal(status, 0);
  },
);
