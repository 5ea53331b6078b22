import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { compile } from '../helpers/compile.ts';
import { fauxen, mountFauxen } from '../helpers/fauxen.ts';
import { FreezerGroup } from '../helpers/freezer-group.ts';
import { runCommand } from '../helpers/run-command.ts';

/** Limit for each run of a program: a call takes microseconds, but the machine may be busy. */
const BOUND = 10_000;

const skip = missing('mount', 'root', 'gcc', 'xenHeaders');

async function setUp(t: Test) {
  const program = compile(t, 'faults.c', ['-pthread']);
  const mount = await mountFauxen(t);
  const env = { ...process.env, PRIVCMD: join(mount.dir, 'privcmd') };
  const run = (...words: string[]) =>
    runCommand(words[0] ?? '', words.slice(1), { env, timeout: BOUND }).then((ran) => {
      t.notOk(ran.timedOut, `${words.join(' ')}: in time`);
      return ran;
    });
  const alive = async (when: string) =>
    t.equal((await run(program, 'once')).stdout, 'xen_version: 262161\n', `the daemon answers ${when}`);
  /** Starts a program that makes calls for ever; resolves once it has begun. */
  const start = async (mode: string): Promise<ChildProcess> => {
    const child = spawn(program, [mode], { env, stdio: ['ignore', 'pipe', 'ignore'] });
    t.teardown(() => child.kill('SIGKILL'));
    if (child.stdout !== null) await once(child.stdout, 'data');
    return child;
  };
  return { program, mount, run, alive, start };
}

t.test(
  'callers killed with SIGKILL at any moment of a call end at once and leave nothing behind',
  { skip },
  async (t) => {
    const { mount, alive, start } = await setUp(t);
    for (let round = 0; round < 12; round += 1) {
      const child = await start(round % 2 === 0 ? 'loop' : 'loop-print');
      await sleep(round);
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      const late = sleep(BOUND).then(() => ['late']);
      t.same((await Promise.race([ended, late])).at(-1), 'SIGKILL', `round ${round}`);
    }
    await alive('afterwards');
    t.equal(mount.stderr(), '', 'and has nothing to complain of');
  },
);

t.test('a stopped caller delays no other caller, and can be continued', { skip }, async (t) => {
  const { alive, start } = await setUp(t);
  const child = await start('loop-print');
  child.kill('SIGSTOP');
  await alive('while another is stopped');
  child.kill('SIGCONT');
  await alive('when it goes on');
});

t.test(
  'a caller frozen in a cgroup delays no other caller, continues, and can be killed',
  { skip: missing('mount', 'root', 'gcc', 'xenHeaders', 'freezer') },
  async (t) => {
    const { alive, start } = await setUp(t);
    const group = FreezerGroup.make();
    if (group === undefined) throw new Error('there was a cgroup a moment ago');
    const child = await start('loop-print');
    const ended = once(child, 'exit');
    t.teardown(async () => {
      child.kill('SIGKILL');
      await ended;
      group.remove();
    });
    group.add(child.pid ?? 0);
    for (const round of ['first', 'second']) {
      group.freeze(true);
      for (const end = Date.now() + BOUND; !group.frozen && Date.now() < end; ) await sleep(5);
      t.ok(group.frozen, `${round}: stands still, in a call or between two`);
      await alive(`${round}: while another is frozen`);
      if (round === 'second') break;
      group.freeze(false);
      await alive('when it goes on');
    }
    child.kill('SIGKILL');
    t.same((await Promise.race([ended, sleep(BOUND).then(() => ['late'])])).at(-1), 'SIGKILL');
    await alive('afterwards');
  },
);

t.test(
  'threads that call and exit, exec in between, and the end of a process with calls under way',
  { skip },
  async (t) => {
    const { program, mount, run, alive } = await setUp(t);
    for (const mode of ['threads', 'exec']) {
      t.equal((await run(program, mode)).stdout, 'xen_version: 262161\n', mode);
    }
    t.equal((await run(program, 'leave')).status, 0);
    await alive('afterwards');
    t.equal(mount.stderr(), '');
  },
);

t.test(
  'a program under strace gets its answers; an unknown number fails, never hangs',
  { skip: skip || missing('strace') },
  async (t) => {
    const { program, run, alive } = await setUp(t);
    const ran = await run('strace', '-f', '-o', '/dev/null', program, 'threads');
    t.equal(ran.stdout, 'xen_version: 262161\n');
    // A process has only one tracer, so Fauxen cannot inject ENOSYS into the caller: see docs/security.md.
    t.match(
      (await run('strace', '-o', '/dev/null', program, 'once', '63')).stdout,
      /^xen_version: -1 (Inappropriate ioctl|Function not)/,
    );
    await alive('afterwards');
  },
);

t.test('a program under gdb, stopped at a call, gets its answers', { skip: skip || missing('gdb') }, async (t) => {
  const { program, run, alive } = await setUp(t);
  const gdb = [
    'gdb',
    '-nx',
    '-batch',
    '-ex',
    'catch syscall ioctl',
    '-ex',
    'run',
    '-ex',
    'continue',
    '-ex',
    'continue',
  ];
  const ran = await run(...gdb, '--args', program, 'once');
  t.match(ran.stdout, 'xen_version: 262161');
  await alive('afterwards');
});

for (const transport of ['fuse', 'auto']) {
  t.test(
    `a caller that a tracer stops at any moment gets its answers (--transport ${transport})`,
    { skip },
    async (t) => {
      const program = compile(t, 'attached.c');
      const { stdout, stderr } = await fauxen(['run', '--transport', transport, '--', program, '2'], {
        timeout: 60_000,
      });
      t.equal(stdout, 'wrong: 0\ngoes on: 1\n', stderr);
    },
  );
}
