import t, { type Test } from 'tap';
import { missing } from '../../helpers/capabilities.ts';
import { compile } from '../../helpers/compile.ts';
import { fauxen } from '../../helpers/fauxen.ts';
import { runCommand } from '../../helpers/run-command.ts';
import { fauxenUnprivileged } from '../../helpers/unprivileged.ts';

const skip = missing('fuse', 'mount', 'ptrace', 'gcc', 'xenHeaders');

/** Runs a program of test/programs within `fauxen run`: its output, of which no line may begin with "not ok". */
async function check(t: Test, name: string, flags: string[] = [], ...args: string[]): Promise<string> {
  const program = compile(t, `${name}.c`, ['-Wno-unused-function', '-lxenctrl', ...flags]);
  const { status, stdout, stderr } = await fauxen(['run', '--', program, ...args]);
  const failures = stdout.split('\n').filter((line) => line.startsWith('not ok'));
  t.same(failures, [], `${name} ${args}`);
  t.equal(status, 0, stderr);
  t.match(stdout, /^done$/m);
  return stdout;
}

t.test('frames of a domain are mapped by the rules of Linux, for PV and PVH', { skip }, async (t) => {
  await check(t, 'foreign-rules');
});

t.test('grant tables are mapped, their size is told, and what is not there is refused', { skip }, async (t) => {
  await check(t, 'foreign-resource');
});

t.test("two processes see each other's writes to the same frames, a million times", { skip }, async (t) => {
  const output = await check(t, 'foreign-coherence', ['-pthread'], '500000');
  t.match(output, /^1000000 rounds/m);
});

t.test(
  'what gntdev maps is guest memory, and a mapped grant table shows what the model writes',
  { skip },
  async (t) => {
    await check(t, 'foreign-grants', ['-lxengnttab']);
  },
);

t.test('the trace buffers of Xen are mapped, several at once, and fill while they are', { skip }, async (t) => {
  await check(t, 'foreign-trace', ['-lxenevtchn']);
});

t.test('a program that is traced already cannot map, and maps once it is not', { skip }, async (t) => {
  await check(t, 'foreign-traced');
});

t.test('any user may map, in a user namespace', { skip: skip || missing('userns') }, async (t) => {
  const program = compile(t, 'foreign-rules.c', ['-Wno-unused-function', '-lxenctrl']);
  const { command, args } = fauxenUnprivileged(t, ['run', '--', program]);
  const { status, stdout, stderr } = await runCommand(command, args);
  t.notMatch(stdout, /^not ok/m);
  t.match(stdout, /^done$/m);
  t.equal(status, 0, stderr);
});

t.test('256 frames are mapped within a millisecond', { skip }, async (t) => {
  const output = await check(t, 'foreign-speed', [], '60');
  const best = Number(/^256 median .* best (\S+)$/m.exec(output)?.[1]);
  t.ok(best < 1, `${best} ms at best`);
});
