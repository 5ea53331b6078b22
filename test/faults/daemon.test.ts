import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { compile } from '../helpers/compile.ts';
import { fauxen, isMountPoint, mountFauxen } from '../helpers/fauxen.ts';
import { runCommand } from '../helpers/run-command.ts';
import { checkout } from '../helpers/source-files.ts';

/** Limit for each run of a program: a call takes microseconds, but the machine may be busy. */
const BOUND = 10_000;

const skip = missing('mount', 'root', 'gcc', 'xenHeaders');

t.test('after SIGKILL of the daemon callers get ENOTCONN, and the next mount serves', { skip }, async (t) => {
  const program = compile(t, 'faults.c', ['-pthread']);
  const mount = await mountFauxen(t);
  const env = { ...process.env, PRIVCMD: join(mount.dir, 'privcmd') };
  const caller = spawn(program, ['until-error'], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  t.teardown(() => caller.kill('SIGKILL'));
  await once(caller.stdout, 'data');
  let said = '';
  caller.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = Promise.race([once(caller, 'close'), sleep(BOUND).then(() => ['late'])]);
  await mount.stop('SIGKILL');
  t.same(await ended, [0, null], 'a caller in the middle of a call ends');
  t.match(said, /^stopped: (Transport endpoint is not connected|Software caused connection abort)\n$/);
  t.match((await runCommand(program, ['once'], { env, timeout: BOUND })).stderr, 'Transport endpoint is not connected');

  const { status } = await fauxen(['mount', '--background', mount.dir], { timeout: 2 * BOUND });
  t.equal(status, 0);
  t.equal((await runCommand(program, ['once'], { env, timeout: BOUND })).stdout, 'xen_version: 262161\n');
  t.equal(spawnSync('umount', [mount.dir], { timeout: BOUND }).status, 0);
  t.notOk(isMountPoint(mount.dir));
});

t.test(
  'a daemon that is stopped and goes on (a suspended machine) answers what came meanwhile',
  { skip },
  async (t) => {
    const program = compile(t, 'faults.c', ['-pthread']);
    const mount = await mountFauxen(t);
    const env = { ...process.env, PRIVCMD: join(mount.dir, 'privcmd') };
    mount.process.kill('SIGSTOP');
    const waiting = runCommand(program, ['once'], { env, timeout: BOUND });
    const doomed = spawn(program, ['loop'], { env, stdio: 'ignore' });
    await sleep(200);
    doomed.kill('SIGKILL');
    mount.process.kill('SIGCONT');
    await once(doomed, 'exit');
    t.equal((await waiting).stdout, 'xen_version: 262161\n');
    t.equal((await runCommand(program, ['once'], { env, timeout: BOUND })).stdout, 'xen_version: 262161\n');
    t.equal(mount.stderr(), '');
  },
);

t.test('a daemon without free descriptors continues to serve, and unmounts when asked', { skip }, async (t) => {
  const program = compile(t, 'faults.c', ['-pthread']);
  const mount = await mountFauxen(t);
  const env = { ...process.env, PRIVCMD: join(mount.dir, 'privcmd') };
  const highest = Math.max(...readdirSync(`/proc/${mount.process.pid}/fd`).map(Number));
  const limit = `--nofile=${highest + 1}:${highest + 1}`;
  t.equal(spawnSync('prlimit', [`--pid=${mount.process.pid}`, limit]).status, 0);
  for (const number of ['17', '63', '17']) {
    // 63 is not assigned: its exact errno, ENOSYS, may need a descriptor.
    const ran = await runCommand(program, ['once', number], { env, timeout: BOUND });
    t.match(ran.stdout, number === '17' ? 'xen_version: 262161\n' : /^xen_version: -1 (Function not|Inappropriate)/);
  }
  const late = sleep(BOUND).then(() => 'late');
  t.equal(await Promise.race([mount.stop(), late]), 0);
  t.notOk(isMountPoint(mount.dir));
});

t.test(
  'nobody reads its stderr: calls are answered, the watchdog watches, lost lines are counted',
  { skip },
  async (t) => {
    const file = join(t.testdir({}), 'throws.ts');
    const long = "'x'.repeat(4000)";
    writeFileSync(
      file,
      `import { defineHypercall } from 'fauxen';
export default defineHypercall({ name: 'throws', number: 100, handler() { throw new Error(${long}); } });
`,
    );
    const mount = await mountFauxen(t, ['--hypercalls', file, '--log-format', 'json']);
    mount.process.stderr?.pause();
    const env = { ...process.env, PRIVCMD: join(mount.dir, 'privcmd') };
    const ask = compile(t, join(checkout, 'test/programs/ask.c'));
    const ran = await runCommand(ask, [...new Array<string>(200).fill('100'), '17'], { env, timeout: BOUND });
    t.notOk(ran.timedOut);
    t.match(ran.stdout, '17: 262161', ran.stderr);
    const own = compile(t, 'faults.c', ['-pthread']);
    const trapped = await runCommand(own, ['mapped', 'private'], { env, timeout: BOUND });
    t.notOk(trapped.timedOut, 'a copy that waits for the daemon is ended by the thread that writes the log');
    mount.process.stderr?.resume();
    for (const end = Date.now() + BOUND; !/dropped/.test(mount.stderr()) && Date.now() < end; ) await sleep(20);
    const lines = mount.stderr().trim().split('\n');
    const [, dropped] = /(\d+) log lines were dropped: nobody read stderr/.exec(mount.stderr()) ?? [];
    t.ok(Number(dropped) > 0, `${dropped} dropped`);
    const thrown = lines.filter((line) => JSON.parse(line).msg.startsWith('throws threw at ')).length;
    t.ok(thrown > 10 && thrown + Number(dropped) >= 200, `${thrown} written; each is whole, or counted`);
  },
);
