// Both transports must behave alike: test/programs/transports.c checks results, errors, descriptors, threads, processes and signals.

import t, { type Test } from 'tap';
import { getAffinity } from '../helpers/affinity.ts';
import { missing } from '../helpers/capabilities.ts';
import { compile } from '../helpers/compile.ts';
import { cli, fauxen } from '../helpers/fauxen.ts';
import { runCommand } from '../helpers/run-command.ts';
import { fauxenUnprivileged } from '../helpers/unprivileged.ts';

const privcmd = '/proc/xen/privcmd';
const passed = /^checked \d+\ndone 20\n$/;

/** A program cannot have two seccomp listeners. Where one exists already, as in some containers, there is no seccomp transport. */
const filtered = `
import { ioctlFilter, listenerArguments } from '${new URL('../../src/linux/seccomp.ts', import.meta.url).href}';
import { SYS } from '${new URL('../../src/linux/arch/x86-64/system-calls.ts', import.meta.url).href}';
import { addressOf, systemCall } from '${new URL('../../src/linux/libc.ts', import.meta.url).href}';
import { exec } from '${new URL('../../src/linux/exec.ts', import.meta.url).href}';
const { operation, flags, program } = listenerArguments(ioctlFilter([0x12345678]));
const keep = [systemCall(SYS.seccomp, operation, flags, addressOf(program))];
exec(process.execPath, [process.execPath, ...process.argv.slice(1)], { keep });
`;

const transports = (t: Test) => compile(t, 'transports.c', ['-pthread']);

for (const transport of ['fuse', 'seccomp', 'auto']) {
  t.test(`--transport ${transport}`, { skip: missing('fuse', 'mount', 'gcc', 'ptrace') }, async (t) => {
    const { status, stdout, stderr } = await fauxen(['run', '--transport', transport, '--', transports(t), privcmd]);
    t.match(stdout, passed);
    t.equal(stderr, '');
    t.equal(status, 0);
  });
}

t.test('on one CPU, with and without --spin', { skip: missing('fuse', 'mount', 'gcc', 'ptrace') }, async (t) => {
  const program = transports(t);
  const [cpu] = getAffinity(0) as number[]; // of this thread: no error
  for (const options of [
    ['--transport', 'seccomp'],
    ['--transport', 'fuse'],
    ['--transport', 'fuse', '--spin', '1000'],
  ]) {
    const command = [process.execPath, cli, 'run', ...options, '--', program, privcmd];
    const { status, stdout, stderr } = await runCommand('taskset', ['-c', String(cpu), ...command]);
    t.match(stdout, passed, options.join(' '));
    t.equal(stderr, '');
    t.equal(status, 0);
  }
});

t.test('the seccomp transport, rootless', { skip: missing('fuse', 'userns', 'gcc') }, async (t) => {
  const { command, args } = fauxenUnprivileged(t, ['run', '--transport', 'seccomp', '--', transports(t), privcmd]);
  const { status, stdout, stderr } = await runCommand(command, args);
  t.match(stdout, passed);
  t.equal(stderr, '');
  t.equal(status, 0);
});

t.test('a static program', { skip: missing('fuse', 'mount', 'gcc', 'static') }, async (t) => {
  const program = compile(t, 'transports.c', ['-pthread', '-static']);
  const { stdout } = await fauxen(['run', '--transport', 'seccomp', '--', program, privcmd]);
  t.match(stdout, passed);
});

t.test('strace shows the calls and their errors', { skip: missing('fuse', 'mount', 'gcc', 'strace') }, async (t) => {
  const strace = ['strace', '-f', '-e', 'trace=ioctl', transports(t), privcmd];
  const { stdout, stderr } = await fauxen(['run', '--transport', 'seccomp', '--', ...strace]);
  t.match(stdout, passed);
  t.match(stderr, /ioctl\(\d+, .*\) += 262161/);
  t.match(stderr, /ioctl\(\d+, .*\) += -1 ENOSYS/);
});

t.test('gdb stops the program and continues it', { skip: missing('fuse', 'mount', 'gcc', 'gdb') }, async (t) => {
  const commands = ['break errors', 'run', 'delete', 'continue'].flatMap((command) => ['-ex', command]);
  const gdb = ['gdb', '-batch', '-nx', ...commands, '--args', transports(t), privcmd];
  const { stdout } = await fauxen(['run', '--transport', 'seccomp', '--', ...gdb]);
  t.match(stdout, /Breakpoint 1, .*errors/);
  t.match(stdout, /^done 20$/m);
  t.notMatch(stdout, /not ok/);
});

t.test('falls back to FUSE if a listener exists', { skip: missing('fuse', 'mount', 'root', 'gcc') }, async (t) => {
  const under = (...args: string[]) =>
    runCommand(process.execPath, ['--import=tsx', '--input-type=module', '-e', filtered, '--', cli, 'run', ...args]);
  const program = transports(t);
  const auto = await under('--log-level', 'info', '--', program, privcmd);
  t.match(auto.stdout, passed);
  t.match(auto.stderr, /come through FUSE: .*EBUSY/);
  const only = await under('--transport', 'seccomp', '--', program, privcmd);
  t.equal(only.status, 125);
  t.equal(only.stdout, '', 'the program did not run');
  t.match(only.stderr, /^fauxen: --transport seccomp: cannot install a seccomp filter: EBUSY/m);
});

/** Refuses kcmp(2), which the seccomp transport needs, with EPERM, as some containers do. */
const uncomparable = `
import { addressOf, systemCall } from '${new URL('../../src/linux/libc.ts', import.meta.url).href}';
import { exec } from '${new URL('../../src/linux/exec.ts', import.meta.url).href}';
const words = [[0x20, 0], [0x15 | 1 << 24, 312], [0x06, 0x00050001], [0x06, 0x7fff0000]]; // struct sock_filter: load; if; EPERM; allow
const filter = Uint32Array.from(words.flat());
const program = new BigUint64Array([4n, BigInt(addressOf(filter))]);
const installed = systemCall(317, 1, 0, addressOf(program));
if (installed < 0) throw new Error('seccomp: ' + installed + filter);
exec(process.execPath, [process.execPath, ...process.argv.slice(1)], {});
`;

t.test(
  'falls back to FUSE where open files cannot be compared',
  { skip: missing('fuse', 'mount', 'root', 'gcc') },
  async (t) => {
    const under = (...args: string[]) =>
      runCommand(process.execPath, [
        '--import=tsx',
        '--input-type=module',
        '-e',
        uncomparable,
        '--',
        cli,
        'run',
        ...args,
      ]);
    const program = transports(t);
    const auto = await under('--log-level', 'info', '--', program, privcmd);
    t.match(auto.stdout, passed);
    t.match(auto.stderr, /come through FUSE: cannot compare open files: EPERM/);
    const only = await under('--transport', 'seccomp', '--', program, privcmd);
    t.equal(only.status, 125);
    t.equal(only.stdout, '', 'the program did not run');
    t.match(only.stderr, /^fauxen: --transport seccomp: cannot compare open files: EPERM/m);
  },
);

t.test('--at refuses --transport seccomp, also by its older name --door', async (t) => {
  for (const option of ['--transport', '--door']) {
    const { status, stderr } = await fauxen(['run', '--at', '/', option, 'seccomp', '--', 'true']);
    t.equal(status, 2);
    t.match(stderr, /--transport seccomp/);
  }
});

t.test('--spin reports its accepted values', async (t) => {
  const { status, stderr } = await fauxen(['run', '--spin', 'often', '--', 'true']);
  t.equal(status, 2);
  t.match(stderr, /--spin takes auto, off, or microseconds, not 'often'/);
});

t.test('FUSE is served during a dense stream of calls', { skip: missing('fuse', 'mount', 'gcc') }, async (t) => {
  const script = `"$1" "$2" & while kill -0 $! 2>/dev/null; do head -c 10 /proc/xen/capabilities; done; wait`;
  const { status, stdout } = await fauxen([
    'run',
    '--transport',
    'seccomp',
    '--',
    'sh',
    '-c',
    script,
    'sh',
    transports(t),
    privcmd,
  ]);
  t.match(stdout, /control_d\n(.*\n)*checked \d+\n/);
  t.notMatch(stdout, /not ok/);
  t.equal(status, 0);
});

t.test('children that outlive the program do not delay its end', { skip: missing('fuse', 'mount') }, async (t) => {
  const script = 'sleep 60 >&- 2>&- <&- & echo $!; exit 7';
  const { status, stdout, timedOut } = await fauxen(['run', '--transport', 'seccomp', '--', 'sh', '-c', script]);
  process.kill(Number(stdout), 'SIGKILL'); // throws if it has ended before
  t.match({ status, timedOut }, { status: 7, timedOut: false });
});
