// Two domains of one hypervisor side by side: dom0 in `fauxen mount`, a guest beside it.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import t, { type Test } from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { compile } from '../helpers/compile.ts';
import { cli, fauxen, isMountPoint, mountFauxen } from '../helpers/fauxen.ts';
import { killGroup, PATIENCE, runCommand } from '../helpers/run-command.ts';

const options = { skip: missing('mount', 'root', 'gcc', 'xenHeaders', 'ptrace') };
// About thirty programs are started.
t.setTimeout(120_000);
const GUEST = ['--domain', '3', '--privcmd-unrestricted'];

/** A program that keeps running, and its output line by line. */
function start(t: Test, args: string[]) {
  const child = spawn(process.execPath, [cli, 'run', ...args], { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const timer = setTimeout(() => killGroup(child, 'SIGKILL'), PATIENCE);
  t.teardown(async () => {
    child.stdin.end();
    killGroup(child, 'SIGKILL');
    await ended;
    clearTimeout(timer);
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    line: async () => String((await lines.next()).value),
    status: async () => (await ended)[0],
    end: () => child.stdin.end(),
  };
}

const number = (line: string) => line.replace(/\D/g, '');

t.test('an event channel between dom0 and a guest carries events both ways', options, async (t) => {
  const { dir } = await mountFauxen(t);
  const program = compile(t, 'two-domains.c');
  const dom0 = start(t, ['--at', dir, '--', program, 'listen', '3']);
  const port = number(await dom0.line());
  const guest = await fauxen(['run', '--at', dir, ...GUEST, '--', program, 'call', '0', port]);
  t.match(guest, { status: 0, stdout: 'event on port of its own\nevent on port of its own\n', stderr: '' });
  t.equal(await dom0.line(), 'event on port of its own');
  t.equal(await dom0.status(), 0);
});

t.test('a page granted by one domain is seen by the other', options, async (t) => {
  const { dir } = await mountFauxen(t);
  const program = compile(t, 'two-domains.c');
  for (const [mine, his, granter, user] of [
    [[], GUEST, '0', '3'],
    [GUEST, [], '3', '0'],
  ] as const) {
    if (his === GUEST) await fauxen(['run', '--at', dir, ...GUEST, '--', 'true']); // it must exist
    const sharer = start(t, ['--at', dir, ...mine, '--', program, 'share', user, `from ${granter}`]);
    const ref = number(await sharer.line());
    const looker = await fauxen(['run', '--at', dir, ...his, '--', program, 'look', granter, ref]);
    t.match(looker, { status: 0, stdout: `page: from ${granter}\n` });
    const own = await fauxen(['run', '--at', dir, ...mine, '--', program, 'look', granter, ref]);
    t.equal(own.status, 1, 'nobody else may map it');
    sharer.end();
    t.equal(await sharer.status(), 0);
  }
});

t.test('each domain has its own capabilities and rights', options, async (t) => {
  const { dir } = await mountFauxen(t);
  const program = compile(t, 'two-domains.c');
  const script = `cat /proc/xen/capabilities; ls /proc/xen; ${program} version; ${program} print 'x'`;
  const dom0 = await fauxen(['run', '--at', dir, '--', 'sh', '-c', script]);
  t.match(dom0.stdout, /^control_d\n(.*\n)*xsd_port\nversion: 262161\nprint: 0\n$/);
  const blocked = await fauxen(['run', '--at', dir, '--domain', '3', '--', 'sh', '-c', script]);
  t.equal(
    blocked.stdout,
    'capabilities\ndmesg\nprivcmd\nxenbus\nversion: -1 Operation not permitted\nprint: -1 Operation not permitted\n',
  );
  const allowed = await fauxen(['run', '--at', dir, ...GUEST, '--', 'sh', '-c', script]);
  t.equal(allowed.stdout, 'capabilities\ndmesg\nprivcmd\nxenbus\nversion: 262161\nprint: -1 Operation not permitted\n');
  const other = await fauxen(['run', '--at', dir, '--domain', '3', '--domain-type', 'pvh', '--', 'true']);
  t.match(other, { status: 125, stderr: /domain 3 .*EEXIST. It exists, but is not a PVH guest/ });
});

t.test('options that conflict with --at and --join are reported', options, async (t) => {
  const { dir } = await mountFauxen(t);
  t.match(await fauxen(['run', '--at', dir, '--domain-type', 'pvh', 'true']), { status: 2, stderr: /needs --domain/ });
  t.match(await fauxen(['run', '--at', dir, '--domain', '3', '--serial', '-', 'true']), {
    status: 2,
    stderr: /--serial/,
  });
  t.match(await fauxen(['mount', '--join', dir, '/mnt']), { status: 2, stderr: /--join needs --domain/ });
  t.match(await fauxen(['mount', '--join', dir, '--domain', '3']), { status: 2, stderr: /directory of its own/ });
  t.match(await fauxen(['mount', '--join', dir, '--domain', '3', '-b', '/mnt']), { status: 2, stderr: /--background/ });
  t.match(await fauxen(['mount', '--join', '/usr', '--domain', '3', '/mnt']), { status: 1, stderr: /\/usr is not/ });
  t.match(await fauxen(['mount', '--join', dir, '--domain', '3', dir]), { status: 1, stderr: /mounted on .* already/ });
  for (const text of ['x', '3 hvm', '32752', '3 pv unrestricted more', '']) {
    const written = spawnSync('sh', ['-c', `printf '%s' "$1" >"$2/.fauxen/join"`, 'sh', text, dir], {
      encoding: 'utf8',
    });
    if (text !== '') t.match(written.stderr, /Invalid argument|I\/O error/, `join: ${text}`);
  }
  t.same(readdirSync(join(dir, '.fauxen/domains')), ['0'], 'and no guest was started');
});

t.test('a second mount shows the guest, and ends with the first', options, async (t) => {
  const { dir, stop } = await mountFauxen(t);
  const program = compile(t, 'two-domains.c');
  const second = mkdtempSync(join(tmpdir(), 'fauxen-second-'));
  t.teardown(() => {
    while (isMountPoint(second)) spawnSync('umount', ['-l', second], { timeout: 5_000 });
    rmdirSync(second);
  });
  const joined = () => fauxen(['mount', '--join', dir, ...GUEST, second]);
  t.match(await joined(), { status: 0, stdout: `fauxen: mounted ${second}\n`, stderr: '' });
  t.equal(readFileSync(join(second, 'capabilities'), 'utf8'), '');
  const PRIVCMD = join(second, 'privcmd');
  const direct = await runCommand(program, ['version'], { env: { ...process.env, PRIVCMD } });
  t.equal(direct.stdout, 'version: 262161\n');
  const viewed = await fauxen(['run', '--at', second, '--', program, 'print', 'x']);
  t.equal(viewed.stdout, 'print: -1 Operation not permitted\n', '--at the second mount is in its domain');
  t.equal(spawnSync('umount', [second]).status, 0);
  t.equal(readFileSync(join(dir, 'capabilities'), 'utf8'), 'control_d\n', 'the first goes on');
  t.match(await joined(), { status: 0 });
  t.equal(await stop(), 0);
  t.notOk(isMountPoint(second));
});

t.test('a guest that dom0 destroys affects no other domain', options, async (t) => {
  const { dir } = await mountFauxen(t);
  const program = compile(t, 'two-domains.c');
  const destroy = compile(t, 'destroy.c');
  const guest = start(t, ['--at', dir, ...GUEST, '--', program, 'wait']);
  t.match(await guest.line(), /^port \d+$/);
  t.match(await fauxen(['run', '--at', dir, '--', destroy, '3']), { stdout: 'destroydomain: 0\n' });
  t.equal(await guest.status(), 1, 'the process that waited is told');
  t.notOk(existsSync(join(dir, '.fauxen/domains/3')));
  const again = await fauxen(['run', '--at', dir, ...GUEST, '--', program, 'version']);
  t.equal(again.stdout, 'version: 262161\n', 'the id may come back');
});

t.test('a program in dom0 gets the event that a process in a guest requests', options, async (t) => {
  const { dir } = await mountFauxen(t);
  const program = compile(t, 'monitor.c', ['-lxenctrl', '-lxenevtchn']);
  const guest = ['run', '--at', dir, ...GUEST, '--domain-type', 'pvh', '--', program, 'ask'];
  t.match(await fauxen(guest), { stdout: 'guest request: 0\n' }, 'nobody listens');
  const dom0 = start(t, ['--at', dir, '--', program, 'listen', '3']);
  t.equal(await dom0.line(), 'listening for 0x1f7b', "all that Xen has on AMD's CPUs");
  t.match(await fauxen(guest), { status: 0, stdout: 'guest request: 0\n' });
  t.equal(await dom0.line(), 'version 7, reason 8, virtual CPU 0, which waits');
  t.equal(await dom0.line(), 'answered: it waits for an interrupt');
  t.equal(await dom0.status(), 0);
});
