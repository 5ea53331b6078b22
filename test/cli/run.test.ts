import { spawnSync } from 'node:child_process';
import { readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { cli, fauxen, mountFauxen } from '../helpers/fauxen.ts';
import { commandLines, disappears } from '../helpers/processes.ts';
import { runCommand } from '../helpers/run-command.ts';

const options = { skip: missing('mount') };
const asRoot = { skip: missing('fuse', 'root') };

const sh = (script: string, ...args: string[]) => fauxen(['run', ...args, '--', 'sh', '-c', script]);
const have = (command: string) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;

t.test('the exit status is the program’s, or says why the program did not run', options, async (t) => {
  t.match(await sh('exit 0'), { status: 0, stdout: '', stderr: '' });
  t.match(await sh('exit 7'), { status: 7, stdout: '', stderr: '' });
  t.match(await sh('kill -SEGV $$'), { status: 139 });
  t.match(await sh('kill -TERM $$'), { status: 143 });
  t.match(await fauxen(['run', 'fauxen-nonexistent']), {
    status: 127,
    stderr: /cannot run fauxen-nonexistent: ENOENT/,
  });
  t.match(await fauxen(['run', './fauxen-nonexistent']), { status: 127, stderr: /no such file/ });
  t.match(await fauxen(['run', '/etc/passwd']), { status: 126, stderr: /cannot run \/etc\/passwd: EACCES/ });
  t.match(await fauxen(['run', '/']), { status: 126 });
  t.match(await fauxen(['run', '--at', '/nonexistent', 'true']), { status: 125, stderr: /\/nonexistent is not/ });
  t.match(await fauxen(['run', '--xen', '4.99', 'true']), { status: 2, stderr: /no Xen 4\.99/ });
});

t.test('a mistake in a hypercall file gives exit status 2 before the program starts', options, async (t) => {
  const file = join(t.testdir({ 'bad.ts': '\nconst x: = 1;' }), 'bad.ts');
  t.match(await sh('echo started', '--hypercalls', file), { status: 2, stdout: '', stderr: /bad\.ts:2: / });
});

t.test('the output of a hypercall file is complete, however soon the program ends', options, async (t) => {
  const text = `import { defineHypercall } from 'fauxen';
for (let line = 0; line < 3000; line += 1) console.log('line', line);
console.error('last');
export default defineHypercall({ name: 'silent', number: 39, args: {}, handler: () => 0 });
`;
  const file = join(t.testdir({ 'prints.ts': text }), 'prints.ts');
  const { status, stdout, stderr } = await sh('exit 3', '--hypercalls', file);
  t.strictSame([status, stdout.split('\n').length, stdout.split('\n').at(-2)], [3, 3001, 'line 2999'], stderr);
  t.match(stderr, /last/);
});

t.test('the program sees /proc/xen', options, async (t) => {
  const { status, stdout } = await sh('ls /proc/xen; cat /proc/xen/capabilities; head -c 6 /proc/xen/dmesg');
  t.equal(status, 0);
  t.match(stdout, /^capabilities\ndmesg\n(.*\n)*privcmd\n(.*\n)*control_d\n\(XEN\) $/);
});

t.test('/dev/xen exists for root, and the rest of /dev works', asRoot, async (t) => {
  const { stdout, stderr } = await sh(
    'ls /dev/xen; echo x >/dev/null; head -c 3 /dev/zero | wc -c; ls -ld /dev/null /dev/pts/ptmx; ' +
      'echo y >/dev/shm/fauxen-test-$$ && rm /dev/shm/fauxen-test-$$; echo z >&2',
  );
  t.match(stdout, /^(.*\n)*privcmd\n(.*\n)*3\ncrw-rw-rw-.*\nc/);
  t.match(stdout, /^hypercall$/m, 'from which libxencall maps its buffers');
  t.equal(stderr, 'z\n');
});

t.test('the rest of /proc works as before', options, async (t) => {
  const script = [
    'cat /proc/self/comm',
    'cat /proc/$$/comm',
    'ls -d /proc/sys/kernel /proc/self/task',
    'test -e /proc/mounts && test -d /proc/net/ && echo links',
    'readlink /proc/thread-self',
    'ls /proc | grep -c "^$$\\$"',
    'ls -a /proc | grep -c "^[.][a-z]"',
    'ls /proc/99999999',
    'echo > /proc/new',
    'echo 0 > /proc/self/oom_score_adj && echo written',
  ];
  const { stdout, stderr } = await sh(script.join('\n'));
  t.match(stdout, /^cat\nsh\n\/proc\/self\/task\n\/proc\/sys\/kernel\nlinks\n(\d+)\/task\/\1\n1\n0\nwritten\n$/);
  t.match(stderr, /cannot access '\/proc\/99999999': No such file or directory\n/);
  t.match(stderr, /cannot create \/proc\/new/);
});

t.test('/proc/self names each process by its own pid', options, async (t) => {
  const { stdout } = await sh('echo $$; exec readlink /proc/self');
  const [pid, link] = stdout.split('\n');
  t.equal(link, pid);
});

t.test('ps sees the program under its own name', options, async (t) => {
  const { stdout, stderr } = await sh('ps -o pid=,comm= -p $$; echo $$');
  const [line = '', pid] = stdout.split('\n');
  t.equal(line.trim().replace(/ +/, ' '), `${pid} sh`, stderr);
});

t.test('python finds itself and its files', { skip: options.skip || !have('python3') }, async (t) => {
  const script = 'import os; print(os.readlink("/proc/self"), os.getpid(), len(os.listdir("/proc/self/fd")) >= 3)';
  const { stdout } = await fauxen(['run', 'python3', '-c', script]);
  const [link, pid, enough] = stdout.trim().split(' ');
  t.equal(link, pid);
  t.equal(enough, 'True');
});

t.test('gdb and strace work inside', { skip: options.skip || missing('gdb', 'strace', 'ptrace') }, async (t) => {
  const program = ['cat', '/proc/xen/capabilities'];
  t.match((await fauxen(['run', 'gdb', '-batch', '-ex', 'run', '--args', ...program])).stdout, /control_d/);
  t.match(await fauxen(['run', 'strace', '-o', '/dev/null', ...program]), { status: 0, stdout: 'control_d\n' });
});

t.test('stdin, stdout, directory, environment and limits pass through', options, async (t) => {
  const directory = realpathSync(t.testdir({}));
  // .ci/run or a developer may have set variables of their own.
  const outside = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('FAUXEN')));
  const env = { ...outside, FAUXEN_TEST: 'a value\nwith lines' };
  const script = [
    'cat',
    'pwd',
    'echo "$FAUXEN_TEST"',
    'env | grep -c FAUXEN',
    'ulimit -Sn',
    'grep SigIgn /proc/self/status',
    'ls /proc/self/fd | wc -l',
  ];
  const inner = [process.execPath, cli, 'run', 'sh', '-c', script.join('; ')];
  // The limit is read from the shell, which stays alive: Node has raised its own limit.
  const limited = ['-c', 'ulimit -Sn 200; "$@"; exit $?', 'sh', ...inner];
  const usual = await runCommand('sh', ['-c', 'ls /proc/self/fd | wc -l']);
  const { stdout, stderr } = await runCommand('sh', limited, { input: 'some input\n', cwd: directory, env });
  t.equal(stderr, '');
  t.equal(stdout, `some input\n${directory}\na value\nwith lines\n1\n200\nSigIgn:\t0000000000000000\n${usual.stdout}`);
});

t.test('a terminal stays a terminal', { skip: options.skip || !have('script') }, async (t) => {
  const inner = `'${process.execPath}' '${cli}' run -- sh -c 'tty; test -t 0 && test -t 1 && echo terminal; stty size'`;
  const { stdout } = await runCommand('script', ['-qec', inner, '/dev/null']);
  t.match(stdout, /^\/dev\/pts\/\d+\r\nterminal\r\n/);
});

t.test('--dmesg prints the ring to stderr at the end', options, async (t) => {
  const { stdout, stderr, status } = await sh('echo out; exit 3', '--dmesg');
  t.match({ stdout, status }, { stdout: 'out\n', status: 3 });
  t.match(stderr, /^\(XEN\) .*\n(\(XEN\) .*\n)+$/);
});

t.test('--serial writes the serial console to a file', options, async (t) => {
  const file = join(t.testdir({}), 'serial.log');
  t.match(await fauxen(['run', '--serial', file, '--', 'grep', '-c', 'XEN', file]), { status: 0 });
  t.match(await fauxen(['run', '--serial', '-', '--', 'true']), { status: 0, stderr: /^\(XEN\) / });
  t.match(await fauxen(['run', '--serial', '/nonexistent/x', 'true']), { status: 2, stderr: /serial line: ENOENT/ });
});

t.test('shells and their children work', options, async (t) => {
  const script = 'for i in 1 2 3; do (cat /proc/xen/capabilities) & done; wait; cat <(cat /proc/xen/capabilities)';
  const { stdout } = await fauxen(['run', '--', 'bash', '-c', script]);
  t.equal(stdout, 'control_d\n'.repeat(4));
});

/** What Fauxen creates, without what other tests may create at the same time. */
function traces() {
  return {
    temporary: readdirSync('/tmp').filter((name) => name.startsWith('fauxen-run')),
    overlays: spawnSync('findmnt', ['-n', '-o', 'TARGET', '-t', 'overlay'], { encoding: 'utf8' }).stdout,
    processes: commandLines().filter((line) => line.includes('fauxen-left-behind')),
  };
}

t.test('nothing is left behind', options, async (t) => {
  let [before, after] = [traces(), {}];
  // Tries again if another process created or removed such a thing meanwhile.
  for (let tries = 0; tries < 3 && JSON.stringify(before) !== JSON.stringify(after); tries += 1) {
    before = traces();
    t.match(await fauxen(['run', '--dmesg', 'sh', '-c', 'sleep 0.1 # fauxen-left-behind']), { status: 0 });
    after = traces();
  }
  t.strictSame(after, before);
});

t.test('a child that outlives the program keeps running, without Xen', options, async (t) => {
  const ended = 'for _ in $(seq 200); do [ -e /proc/xen/capabilities ] || break; sleep 0.05; done';
  const after =
    'cat /proc/xen/capabilities; ls /dev/xen; cat /proc/self/comm; grep -cE " /(proc|dev)/xen" /proc/self/mounts';
  const { status, stdout } = await sh(`(${ended}; ${after}; echo alive) 2>&1 & exit 4`);
  t.equal(status, 4);
  t.match(stdout, /capabilities: No such file or directory\n(ls.*\n)?cat\n0\nalive\n$/);
});

t.test('--at joins a mount, and several programs share its hypervisor', asRoot, async (t) => {
  const { dir } = await mountFauxen(t);
  const [first, second] = await Promise.all([
    fauxen(['run', '--at', dir, '--', 'sh', '-c', 'stat -c %d /proc/xen/dmesg; ls /dev/xen; exit 5']),
    fauxen(['run', '--at', dir, '--dmesg', '--', 'sh', '-c', 'stat -c %d /proc/xen/dmesg; ps >/dev/null']),
  ]);
  t.match(first, { status: 5, stdout: /privcmd/, stderr: '' });
  t.match(second, { status: 0, stderr: /^\(XEN\) / });
  t.equal(first.stdout.split('\n')[0], second.stdout.split('\n')[0], 'one file system');
  t.match(await fauxen(['run', '--at', dir, '--xen', '4.16', 'true']), { status: 2, stderr: /--xen belongs to/ });
  t.ok(await disappears(`run --at ${dir}`));
});
