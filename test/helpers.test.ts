import { existsSync } from 'node:fs';
import t from 'tap';
import { capabilities, missing, presentCapabilityNamedIn } from './helpers/capabilities.ts';
import { compile } from './helpers/compile.ts';
import { runCommand } from './helpers/run-command.ts';
import { fauxenUnprivileged } from './helpers/unprivileged.ts';

t.test('a skip names what is missing, and only that', (t) => {
  const skip = missing('root', 'fuse');
  t.equal(skip === false, capabilities.root && capabilities.fuse);
  t.equal(presentCapabilityNamedIn('missing: /dev/fuse') !== undefined, capabilities.fuse);
  t.equal(presentCapabilityNamedIn('no /dev/fuse here') !== undefined, capabilities.fuse, 'in free words too');
  t.equal(presentCapabilityNamedIn('it is too late'), undefined);
  t.equal(presentCapabilityNamedIn(''), undefined);
  t.end();
});

t.test(
  'compile: a program to run, a reason when it does not compile, nothing left',
  { skip: missing('gcc', 'xenHeaders') },
  async (t) => {
    let program = '';
    await t.test('compiled', async (t) => {
      program = compile(t, 'examples/hello.c');
      const { status, stderr } = await runCommand(program, ['x'], { env: {} });
      t.equal(status, 1);
      t.match(stderr, 'cannot open /proc/xen/privcmd');
    });
    t.notOk(existsSync(program), 'removed with its test');
    t.throws(() => compile(t, 'no-such-program.c'), /no-such-program\.c/);
  },
);

t.test('runCommand ends what takes too long, with its children', async (t) => {
  const { timedOut, signal, stdout } = await runCommand('sh', ['-c', 'sleep 60 & echo started; wait'], {
    timeout: 300,
  });
  t.equal(timedOut, true);
  t.equal(signal, 'SIGKILL');
  t.equal(stdout, 'started\n');
  t.equal((await runCommand('no-such-command', [])).status, 127);
});

t.test(
  'an unprivileged run is nobody, and can open /dev/fuse',
  { skip: missing('root', 'fuse', 'userns') },
  async (t) => {
    const { command, args } = fauxenUnprivileged(t, []);
    // Everything before the command itself (node and the CLI), which is replaced by a script that inspects its surroundings.
    const lookAround = [
      'sh',
      '-c',
      'id -u; stat -c %a /dev/fuse; exec 3<>/dev/fuse && echo open; ls "$0" >/dev/null && echo seen',
    ];
    const { stdout, stderr } = await runCommand(command, [
      ...args.slice(0, -2),
      ...lookAround,
      `${args.at(-1)?.replace('/dist/cli/main.js', '')}`,
    ]);
    t.equal(stdout, '65534\n666\nopen\nseen\n', stderr);
  },
);
