// The seccomp filter is installed only in processes that make many hypercalls, whose first ones come through FUSE.

import t, { type Test } from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { compile } from '../helpers/compile.ts';
import { fauxen } from '../helpers/fauxen.ts';
import { runCommand } from '../helpers/run-command.ts';
import { fauxenUnprivileged } from '../helpers/unprivileged.ts';

const skip = missing('fuse', 'mount', 'gcc', 'ptrace');
const privcmd = '/proc/xen/privcmd';
const busy = (t: Test) => compile(t, 'busy.c', ['-pthread']);

for (const [calls, what, expected] of [
  ['20', '', 'program: 0 wrong, filter 0\n'],
  ['20', 'listener', 'listener: yes\nprogram: 0 wrong, filter 2\n'],
  ['4000', '', 'program: 0 wrong, filter 2\n'],
  ['4000', 'threads', 'program: 0 wrong, filter 2\n'],
  ['4000', 'fork', 'child: 0 wrong, filter 2\nprogram: 0 wrong, filter 2\n'],
  ['4000', 'descriptors', 'program: 0 wrong, filter 0\n'],
  ['4000', 'listener', 'listener: Device or resource busy\nprogram: 0 wrong, filter 2\n'],
] as const) {
  t.test(`${calls} hypercalls ${what}`, { skip }, async (t) => {
    const { status, stdout } = await fauxen(['run', '--', busy(t), privcmd, calls, what]);
    t.equal(stdout, expected);
    t.equal(status, 0);
  });
}

t.test('each busy process has its own filter, and the shell that started them none', { skip }, async (t) => {
  const program = busy(t);
  const script =
    'for i in 1 2 3 4 5; do "$0" "$1" 4000 & "$0" "$1" 4000 threads & done; wait; "$0" "$1" 20; "$0" "$1" 4000; grep ^Seccomp: /proc/$$/status';
  const { status, stdout, stderr } = await fauxen(['run', '--', 'sh', '-c', script, program, privcmd]);
  const lines = stdout.trim().split('\n');
  t.strictSame(lines.slice(0, -3), new Array(10).fill('program: 0 wrong, filter 2'));
  t.strictSame(lines.slice(-3), ['program: 0 wrong, filter 0', 'program: 0 wrong, filter 2', 'Seccomp:\t0']);
  t.equal(stderr, '');
  t.equal(status, 0);
});

t.test('a process that may not have a filter stays with FUSE', { skip: skip || missing('root') }, async (t) => {
  const program = busy(t);
  const dropped = ['setpriv', '--bounding-set=-sys_admin', '--inh-caps=-sys_admin', program, privcmd, '4000'];
  const { status, stdout, stderr } = await fauxen(['run', '--log-level', 'info', '--', ...dropped]);
  t.equal(stdout, 'program: 0 wrong, filter 0\n');
  t.match(stderr, /a busy program's hypercalls come through FUSE: EACCES: no CAP_SYS_ADMIN/);
  t.equal(status, 0);
});

t.test('as an ordinary user', { skip: missing('fuse', 'userns', 'gcc') }, async (t) => {
  const { command, args } = fauxenUnprivileged(t, ['run', '--', busy(t), privcmd, '4000', 'threads']);
  t.equal((await runCommand(command, args)).stdout, 'program: 0 wrong, filter 2\n');
});

t.test('with --hypercalls or --explain the filter is there from the start', { skip }, async (t) => {
  const program = busy(t);
  for (const option of [['--explain'], ['--hypercalls', 'examples/hello_hypercall.ts']]) {
    const { stdout } = await fauxen(['run', ...option, '--', program, privcmd, '2']);
    t.equal(stdout, 'program: 0 wrong, filter 2\n', option.join(' '));
  }
});
