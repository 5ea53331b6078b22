import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { compile } from '../helpers/compile.ts';
import { runCommand } from '../helpers/run-command.ts';
import { fauxenUnprivileged } from '../helpers/unprivileged.ts';

const options = { skip: missing('fuse', 'userns') };

t.test('without root the program sees /proc/xen too', options, async (t) => {
  const script = 'id -u; cat /proc/xen/capabilities; ps -p $$ -o comm=; exit 6';
  const { command, args } = fauxenUnprivileged(t, ['run', '--dmesg', '--', 'sh', '-c', script]);
  const { status, stdout, stderr } = await runCommand(command, args);
  t.equal(status, 6);
  t.equal(stdout, '0\ncontrol_d\nsh\n');
  t.match(stderr, /^\(XEN\) /);
});

t.test('without root the exit statuses are the same', options, async (t) => {
  for (const [words, status] of [
    [['sh', '-c', 'kill -9 $$'], 137],
    [['fauxen-nonexistent'], 127],
    [['/etc/passwd'], 126],
  ] as const) {
    const { command, args } = fauxenUnprivileged(t, ['run', '--', ...words]);
    t.equal((await runCommand(command, args)).status, status, words.join(' '));
  }
});

t.test('without root a mount is refused with advice', options, async (t) => {
  const { command, args } = fauxenUnprivileged(t, ['mount', '.']);
  t.match(await runCommand(command, args), { status: 1, stdout: '', stderr: /Run as root/ });
});

t.test('without root a C program makes hypercalls', { skip: options.skip || missing('gcc') }, async (t) => {
  const program = compile(t, 'test/cli/programs/version.c');
  const { command, args } = fauxenUnprivileged(t, ['run', '--', program]);
  t.match(await runCommand(command, args), { status: 0, stdout: 'xen_version = 0x40011\n' });
});

t.test('without root the program gets the descriptors that fauxen was given', options, async (t) => {
  const { command, args } = fauxenUnprivileged(t, ['run', '--', 'sh', '-c', 'cat <&3']);
  const script = `exec 3<${t.testdir({ file: 'data' })}/file; exec "$@"`;
  t.match(await runCommand('sh', ['-c', script, 'sh', command, ...args]), { status: 0, stdout: 'data' });
});
