import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { compile } from '../helpers/compile.ts';
import { cli, fauxen, isMountPoint, mountFauxen } from '../helpers/fauxen.ts';
import { runCommand } from '../helpers/run-command.ts';
import { checkout } from '../helpers/source-files.ts';

const skip = missing('fuse', 'gcc', 'xenHeaders', 'ptrace');
const skipMount = missing('mount', 'root', 'gcc', 'xenHeaders');

/** Takes so much CPU time: a handler is not cut off for time in which it gets none. */
const BUSY = `import { defineHypercall, u64 } from 'fauxen';
export default defineHypercall({ name: 'busy', number: 100, args: { us: u64 }, handler({ us }) {
  const start = process.cpuUsage();
  for (let used = process.cpuUsage(start); used.user + used.system < Number(us); used = process.cpuUsage(start));
  return 0;
} });
`;

function source(t: Test, text: string, name = 'calls.ts'): string {
  const file = join(t.testdir({}), name);
  writeFileSync(file, text);
  return file;
}

const ask = (t: Test) => compile(t, join(checkout, 'test/programs/ask.c'));

t.test('cutting off a handler fails no other call, through either transport', { skip }, async (t) => {
  const program = compile(t, 'guards.c', ['-pthread']);
  const file = source(t, BUSY);
  for (const transport of ['fuse', 'seccomp']) {
    const options = [
      '--transport',
      transport,
      '--log-level',
      'silent',
      '--handler-timeout',
      '0.05',
      '--hypercalls',
      file,
    ];
    const ran = await fauxen(['run', ...options, '--', program, 'after-handlers', '24', '52000'], { timeout: 50_000 });
    t.equal(ran.stdout, 'some cut off: yes, innocent calls that failed: 0, calls never answered: 0\n', transport);
  }
});

t.test('a handler cannot end the process, and the attempt is reported', { skip }, async (t) => {
  const file = source(
    t,
    `import { defineHypercall } from 'fauxen';
export default defineHypercall({ name: 'leave', number: 100, handler() { process.exit(3); } });
`,
  );
  const { stdout, stderr } = await fauxen(['run', '--hypercalls', file, '--', ask(t), '100', '17']);
  t.equal(stdout, '100: -1 Bad address\n17: 262161\n', 'the hypervisor goes on');
  t.match(stderr, 'process.exit(3) would end the hypervisor, and is refused');
});

t.test('timers and promises that a handler leaves behind do not end the hypervisor', { skip }, async (t) => {
  const file = source(
    t,
    `import { defineHypercall } from 'fauxen';
export default defineHypercall({ name: 'litter', number: 100, handler() {
  setTimeout(() => { throw new Error('a timer'); }, 0);
  void Promise.reject(new Error('a promise'));
  for (;;);
} });
`,
  );
  const options = ['--handler-timeout', '0.1', '--hypercalls', file, '--', ask(t), '100', '17', '100', '17'];
  const { stdout, stderr, status } = await fauxen(['run', ...options]);
  t.equal(stdout, '100: -1 Connection timed out\n17: 262161\n'.repeat(2));
  t.equal(status, 0);
  t.match(stderr, 'left behind threw: Error: a promise');
  t.match(stderr, 'left behind threw: Error: a timer');
});

t.test(
  'nobody waits for a timer or a promise that a handler leaves behind and that never ends',
  { skip },
  async (t) => {
    for (const leave of ['setTimeout(endless, 0)', 'void Promise.resolve().then(endless)']) {
      const file = source(
        t,
        `import { defineHypercall } from 'fauxen';
const endless = () => { for (;;); };
export default defineHypercall({ name: 'litter', number: 100, handler() { ${leave}; endless(); } });
`,
      );
      const options = ['--handler-timeout', '0.1', '--hypercalls', file, '--', ask(t), '100', '17'];
      const { stdout, timedOut } = await fauxen(['run', ...options], { timeout: 40_000 });
      t.equal(timedOut, false, leave);
      t.match(stdout, /^100: -1 .*\n17: .*\n$/);
    }
  },
);

t.test('a handler that blocks in the kernel ends the hypervisor, with a message', { skip }, async (t) => {
  const file = source(
    t,
    `import { spawnSync } from 'node:child_process';
import { defineHypercall } from 'fauxen';
export default defineHypercall({ name: 'wait', number: 100, handler() { spawnSync('sleep', ['60']); return 0; } });
`,
  );
  for (const transport of ['fuse', 'seccomp']) {
    const options = ['--transport', transport, '--handler-timeout', '0.1', '--hypercalls', file];
    const { stdout, stderr, status } = await fauxen(['run', ...options, '--', ask(t), '100', '17']);
    t.match(stdout, /^100: -1 .*\n17: -1 .*\n$/, 'callers get an errno');
    t.match(stderr, 'a handler takes too long and cannot be cut off', transport);
    t.equal(status, 125, 'though the program ended well');
  }
});

t.test(
  'a mount whose hypervisor dies goes at once: callers get an errno, the exit status is not 0',
  { skip: skipMount },
  async (t) => {
    const file = source(
      t,
      `import { defineHypercall } from 'fauxen';
const kept: number[][] = [];
export default defineHypercall({ name: 'hoard', number: 100, handler() { for (;;) kept.push(new Array(100_000).fill(1)); } });
`,
    );
    const mount = await mountFauxen(t, ['--handler-timeout', '0', '--hypercalls', file]);
    const env = { ...process.env, PRIVCMD: join(mount.dir, 'privcmd') };
    const ended = once(mount.process, 'exit');
    const caller = await runCommand(ask(t), ['100'], { env, timeout: 40_000 });
    t.match(caller.stdout, /^100: -1 /);
    t.same(await ended, [1, null]);
    t.notOk(isMountPoint(mount.dir));
    t.match(mount.stderr(), 'the hypervisor ran out of memory');
  },
);

t.test('a daemon that has run out of descriptors still logs, serves and ends', { skip: skipMount }, async (t) => {
  const file = source(
    t,
    `import { defineHypercall } from 'fauxen';
export default defineHypercall({ name: 'fail', number: 100, handler() { throw new Error('on purpose'); } });
`,
  );
  const mount = await mountFauxen(t, ['--hypercalls', file, '--log-format', 'json']);
  const limit = ['--pid', String(mount.process.pid), '--nofile=8:8'];
  t.equal((await runCommand('prlimit', limit)).status, 0);
  const env = { ...process.env, PRIVCMD: join(mount.dir, 'privcmd') };
  const caller = await runCommand(ask(t), ['100', '17'], { env });
  t.equal(caller.stdout, '100: -1 Bad address\n17: 262161\n');
  t.equal(await mount.stop('SIGINT'), 0);
  t.match(mount.stderr(), /"level":50,.*"name":"fauxen",.*fail threw at .*: Error: on purpose/);
});

t.test('top-level code that never ends is cut off; the old handler stays active', { skip }, async (t) => {
  const file = source(t, BUSY);
  const until = 'for _ in $(seq 200); do grep -q "not reloaded" /proc/xen/dmesg && break; sleep 0.1; done';
  const shell = `"$1" 100; echo 'for (;;) {}' >>"$2"; ${until}; "$1" 17 100`;
  const options = ['--hypercalls', file, '--', 'sh', '-c', shell, 'sh', ask(t), file];
  const { stdout, stderr } = await fauxen(['run', ...options], { timeout: 50_000 });
  t.equal(stdout, '100: 0\n17: 262161\n100: 0\n');
  t.match(stderr, `not reloaded, the old version stays active: ${file}: its top-level code takes too long`);
});

t.test('a start fails with a reason if top-level code never ends', { skip }, async (t) => {
  const file = source(t, 'for (;;) {}\n');
  const { status, stderr } = await fauxen(['run', '--hypercalls', file, '--', 'true'], { timeout: 50_000 });
  t.equal(status, 125);
  t.match(stderr, `fauxen: ${file}: its top-level code takes too long`);
});

t.test('a start can be interrupted, by either command', { skip: missing('mount', 'root') }, async (t) => {
  const directory = t.testdir({ m: {} });
  const path = (name: string) => join(directory, name);
  const [file, begun, m] = [path('calls.ts'), path('begun'), path('m')];
  writeFileSync(file, `import { writeFileSync } from 'node:fs';\nwriteFileSync('${begun}', '');\nfor (;;) {}\n`);
  for (const words of [
    ['run', '--handler-timeout', '0', '--hypercalls', file, '--', 'true'],
    ['mount', '--handler-timeout', '0', '--hypercalls', file, m],
  ]) {
    const child = spawn(process.execPath, [cli, ...words], { stdio: 'ignore' });
    const ended = once(child, 'exit');
    for (const end = Date.now() + 20_000; !existsSync(begun) && Date.now() < end; ) await sleep(20);
    rmSync(begun, { force: true });
    child.kill('SIGINT');
    const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
    t.same(await ended, words[0] === 'run' ? [null, 'SIGINT'] : [130, null], `${words[0]} with ${words[4]}`);
    clearTimeout(timer);
  }
  t.notOk(isMountPoint(m));
});

t.test('a run without a time limit is ended by a signal, though its handler never ends', { skip }, async (t) => {
  const directory = t.testdir({});
  const begun = join(directory, 'begun');
  const file = source(
    t,
    `import { writeFileSync } from 'node:fs';
import { defineHypercall } from 'fauxen';
export default defineHypercall({ name: 'endless', number: 100, handler() { writeFileSync('${begun}', ''); for (;;); } });
`,
  );
  for (const transport of ['fuse', 'seccomp']) {
    const words = [
      cli,
      'run',
      '--transport',
      transport,
      '--handler-timeout',
      '0',
      '--hypercalls',
      file,
      '--',
      ask(t),
      '100',
    ];
    const child = spawn(process.execPath, words, { stdio: 'ignore' });
    const ended = once(child, 'exit');
    for (const end = Date.now() + 20_000; !existsSync(begun) && Date.now() < end; ) await sleep(20);
    rmSync(begun, { force: true });
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
    t.same(await ended, [143, null], transport);
    clearTimeout(timer);
  }
});

t.test("a ring that cannot be printed does not change the program's exit status", { skip }, async (t) => {
  const full = openSync('/dev/full', 'w');
  const words = [cli, 'run', '--dmesg', '--', 'sh', '-c', 'exit 3'];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'ignore', full] });
  t.same(await once(child, 'exit'), [3, null]);
});
