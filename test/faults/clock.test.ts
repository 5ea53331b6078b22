import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { compile } from '../helpers/compile.ts';
import { cli, fauxen, isMountPoint, mountFauxen } from '../helpers/fauxen.ts';
import { runCommand } from '../helpers/run-command.ts';
import { checkout } from '../helpers/source-files.ts';

/** Limit for each run of a program: a call takes microseconds, but the machine may be busy. */
const BOUND = 15_000;

const YEAR = 365 * 24 * 3600;

/** --handler-timeout: far more than a handler below takes, and far less than a year. */
const LIMIT_MS = 4_000;

const skip = missing('mount', 'root', 'gcc', 'xenHeaders');

/** Sets the clock of only the daemons that are started with `env`, in seconds from the true time. */
function ownClock(t: Test) {
  const folder = t.testdir({});
  const file = join(folder, 'shift');
  const set = (seconds: number) => {
    // Written in place: the daemon has the file mapped.
    const fd = openSync(file, 'r+');
    writeSync(fd, new BigInt64Array([BigInt(seconds)]));
    closeSync(fd);
  };
  writeFileSync(file, new BigInt64Array(1));
  const library = compile(t, 'clock-jump.c', ['-shared', '-fPIC']);
  return { set, folder, file, env: { ...process.env, LD_PRELOAD: library, CLOCK_JUMP: file } };
}

/** Hypercalls whose handlers set the clock: 100 sets it forward; 101 sets it back and then never ends. */
function settingHypercalls(folder: string, clock: string): string {
  const file = join(folder, 'sets-clock.ts');
  writeFileSync(
    file,
    `import { closeSync, openSync, writeSync } from 'node:fs';
import { defineHypercall } from 'fauxen';
function work(milliseconds: number) {
  for (const end = performance.now() + milliseconds; performance.now() < end; );
}
function jump(years: number): number {
  work(${0.15 * LIMIT_MS}); // time for the watchdog to read the clock
  const before = Date.now();
  const fd = openSync(${JSON.stringify(clock)}, 'r+');
  writeSync(fd, new BigInt64Array([BigInt(years * ${YEAR})]));
  closeSync(fd);
  return Math.round((Date.now() - before) / ${YEAR * 1000});
}
export default [
  defineHypercall({
    name: 'forward',
    number: 100,
    handler() {
      const years = jump(40);
      work(${0.15 * LIMIT_MS}); // and to read it again
      return years;
    },
  }),
  defineHypercall({
    name: 'back',
    number: 101,
    handler(_args, xen) {
      xen.printk(\`back by \${-jump(-20)} years\\n\`);
      for (;;);
    },
  }),
];
`,
  );
  return file;
}

t.test(
  'the wall clock is set while a handler runs: none is cut off early, none runs for ever, through either transport',
  { skip },
  async (t) => {
    const clock = ownClock(t);
    const file = settingHypercalls(clock.folder, clock.file);
    const ask = compile(t, join(checkout, 'test/programs/ask.c'));
    for (const transport of ['fuse', 'seccomp']) {
      clock.set(0);
      const started = performance.now();
      const ran = await fauxen(
        [
          ...['run', '--transport', transport, '--handler-timeout', String(LIMIT_MS / 1000), '--hypercalls', file],
          ...['--dmesg', '--xen-cmdline', 'console_timestamps=date', '--', ask, '100', '101', '17'],
        ],
        { env: clock.env, timeout: 2 * BOUND },
      );
      t.notOk(ran.timedOut, transport);
      t.equal(ran.stdout, '100: 40\n101: -1 Connection timed out\n17: 262161\n', transport);
      t.ok(performance.now() - started > LIMIT_MS, 'not cut off before its time, either');
      t.match(ran.stderr, `back by 60 years`, 'the clock was set');
      t.match(ran.stderr, `the handler was cut off after ${LIMIT_MS} ms; the caller gets ETIMEDOUT`);
      t.equal(ran.status, 0);
      const stamps = [...ran.stderr.matchAll(/^\(XEN\) \[(\d{4})-\d\d-\d\d \d\d:\d\d:\d\d\] /gm)].map(([, year]) =>
        Number(year),
      );
      const year = new Date().getUTCFullYear();
      t.same([...new Set(stamps)].slice(0, 2), [year, year - 20], 'dmesg has the time that the machine has');
    }
  },
);

t.test(
  'the wall clock jumps to and fro under load: all is answered, no line is lost, and it ends when asked',
  { skip },
  async (t) => {
    const clock = ownClock(t);
    const program = compile(t, 'faults.c', ['-pthread']);
    const serial = join(clock.folder, 'serial');
    const options = ['--serial', serial, '--explain', '--xen-cmdline', 'console_to_ring conring_size=256k'];
    const mount = await mountFauxen(t, options, { env: clock.env });
    const env = { ...process.env, PRIVCMD: join(mount.dir, 'privcmd') };

    const shifts = [YEAR, -YEAR, 0, -70 * YEAR, 3600, 150 * YEAR, -1, 1];
    let jumps = 0;
    const timer = setInterval(() => clock.set(shifts[jumps++ % shifts.length] ?? 0), 3);
    t.teardown(() => clearInterval(timer));

    const callers = ['loop', 'loop'].map((mode) =>
      spawn(program, [mode], { env, stdio: ['ignore', 'pipe', 'ignore'] }),
    );
    t.teardown(() => callers.map((child) => child.kill('SIGKILL')));
    for (const child of callers) await once(child.stdout, 'data');

    const lines = Array.from({ length: 2000 }, (_, index) => `line ${index} of many`);
    const says = compile(t, join(checkout, 'test/programs/console-lines.c'));
    const said = await runCommand(says, [String(lines.length)], { env, timeout: BOUND });
    t.notOk(said.timedOut, 'a caller that prints is not kept waiting');
    t.equal(said.stdout, `${lines.length} lines\n`);
    // The watchdog, which measures time, ends this copy. An exact ENOSYS needs a stop, which is bounded in time.
    const trapped = await runCommand(program, ['mapped', 'private'], { env, timeout: BOUND });
    t.notOk(trapped.timedOut);
    t.match(trapped.stdout, 'call: -1 Bad address');
    const none = await runCommand(program, ['once', '63'], { env, timeout: BOUND });
    t.match(none.stdout, /^xen_version: -1 (Function not|Inappropriate)/);
    t.ok(jumps > 20, `${jumps} jumps`);
    clearInterval(timer);

    const printed = (text: string) => [...text.matchAll(/line \d+ of many/g)].map(([line]) => line);
    t.same(printed(readFileSync(join(mount.dir, 'dmesg'), 'latin1')), lines, 'the ring has every line, in order');
    t.same(printed(readFileSync(serial, 'latin1')), lines, 'and the serial line');

    for (const shift of [-70 * YEAR, 40 * YEAR]) {
      clock.set(shift);
      t.match((await runCommand(says, ['1'], { env, timeout: BOUND })).stdout, '1 lines'); // its mtime is the time of the last line
      const expected = Date.now() + shift * 1000;
      const off = statSync(join(mount.dir, 'dmesg')).mtimeMs - expected;
      t.ok(Math.abs(off) < 60_000, `dmesg was changed ${new Date(expected).getUTCFullYear()}: ${off} ms off`);
    }
    for (const child of callers) {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    t.equal(await mount.stop(), 0);
    t.notOk(isMountPoint(mount.dir));
  },
);

t.test(
  'what the daemon waits for with a limit, it waits for by the monotonic clock',
  { skip: skip || missing('strace') },
  async (t) => {
    const text = `import { defineHypercall } from 'fauxen';
export default defineHypercall({ name: 'fine', number: 100, handler: () => 7 });
`;
    const folder = t.testdir({ 'fine.ts': text });
    const [calls, file] = [join(folder, 'calls'), join(folder, 'fine.ts')];
    const ask = compile(t, join(checkout, 'test/programs/ask.c'));
    const waits = 'trace=futex,clock_nanosleep,timer_create,timerfd_create';
    // 63 is not assigned: its exact errno needs a stop of the thread, which has a time limit.
    const run = [process.execPath, cli, 'run', '--hypercalls', file, '--', ask, '100', '63', '17'];
    const traced = await runCommand('strace', ['-f', '-e', waits, '-o', calls, ...run], { timeout: 2 * BOUND });
    t.match(traced.stdout, /^100: 7\n63: -1 .*\n17: 262161\n$/);
    const lines = readFileSync(calls, 'latin1').split('\n');
    t.ok(
      lines.some((line) => /timer_create\(CLOCK_MONOTONIC/.test(line)),
      'it sets limits',
    );
    const byWallClock = lines.filter(
      (line) =>
        /futex\(.*FUTEX_CLOCK_REALTIME.*\{tv_sec=/.test(line) ||
        /clock_nanosleep\(CLOCK_REALTIME.*TIMER_ABSTIME/.test(line) ||
        /(timer|timerfd)_create\(CLOCK_REALTIME/.test(line),
    );
    t.same(byWallClock, []);
  },
);
