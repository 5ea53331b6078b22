import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { cli, fauxen, isMountPoint, mountFauxen } from '../helpers/fauxen.ts';
import { disappears, idleIn } from '../helpers/processes.ts';

const options = { skip: missing('fuse', 'root') };

/** A mount point for the test, always unmounted afterwards. */
function freeDirectory(t: Test): string {
  const directory = mkdtempSync(join(tmpdir(), 'fauxen-cli-'));
  t.teardown(() => {
    while (isMountPoint(directory)) spawnSync('umount', ['-l', directory], { timeout: 5_000 });
    rmdirSync(directory);
  });
  return directory;
}

t.test('the mount shows the files of xenfs', options, async (t) => {
  const { dir, stop } = await mountFauxen(t);
  const names = readdirSync(dir);
  for (const name of ['capabilities', 'dmesg', 'privcmd']) t.ok(names.includes(name), name);
  t.notOk(names.includes('.fauxen'), 'what is for --at is not listed');
  t.equal(statSync(join(dir, 'privcmd')).mode, 0o100600);
  t.equal(statSync(join(dir, 'dmesg')).mode, 0o100444);
  t.equal(readFileSync(join(dir, 'capabilities'), 'utf8'), 'control_d\n');
  t.match(await readFile(join(dir, 'dmesg'), 'utf8'), /^\(XEN\) /);
  t.equal(await stop(), 0);
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  t.test(`${signal} unmounts, with exit status 0`, options, async (t) => {
    const { dir, stop, stderr } = await mountFauxen(t);
    t.ok(isMountPoint(dir));
    t.equal(await stop(signal), 0);
    t.notOk(isMountPoint(dir));
    t.equal(stderr(), '');
  });
}

t.test('the compiled code of both threads is stored when a mount ends, and used by the next', options, async (t) => {
  const cache = join(t.testdir({}), 'cache');
  const env = { ...process.env, FAUXEN_CACHE: cache, NODE_OPTIONS: '' };
  const stored = async () => {
    const { stop } = await mountFauxen(t, [], { env });
    t.equal(await stop(), 0);
    return readdirSync(cache).map((name) => [name, statSync(join(cache, name)).mtimeMs]);
  };
  const first = await stored();
  for (const part of ['main-mount-', 'thread-mount-'])
    t.ok(
      first.some(([name]) => String(name).startsWith(part)),
      part,
    );
  t.strictSame(await stored(), first);
});

t.test('a signal unmounts even while a program uses the mount', options, async (t) => {
  const { dir, stop } = await mountFauxen(t);
  const user = idleIn(dir);
  t.teardown(() => user.kill('SIGKILL'));
  t.equal(await stop(), 0);
  t.notOk(isMountPoint(dir));
});

t.test('umount ends the daemon, with exit status 0', options, async (t) => {
  const { dir, process: daemon } = await mountFauxen(t);
  const ended = new Promise((resolve) => daemon.on('exit', resolve));
  t.equal(spawnSync('umount', [dir]).status, 0);
  t.equal(await ended, 0);
});

t.test('--background returns once the mount answers, and umount ends the daemon', options, async (t) => {
  const directory = freeDirectory(t);
  const { status, stdout, stderr } = await fauxen(['mount', '--background', directory]);
  t.equal(status, 0, stderr);
  t.equal(stdout, `fauxen: mounted ${directory}\n`);
  t.equal(readFileSync(join(directory, 'capabilities'), 'utf8'), 'control_d\n');
  const again = await fauxen(['mount', directory]);
  t.match(again, { status: 1, stderr: new RegExp(`mounted on ${directory} already.*umount ${directory}`) });
  t.equal(spawnSync('umount', [directory]).status, 0);
  t.ok(await disappears(`mount --background ${directory}`));
});

t.test('--background reports why it could not start', options, async (t) => {
  const missingDirectory = join(tmpdir(), 'fauxen-nonexistent', 'x');
  t.match(await fauxen(['mount', '-b', missingDirectory]), { status: 1, stdout: '', stderr: /ENOENT.*mkdir -p/ });
  const file = join(t.testdir({ 'bad.ts': 'export default (' }), 'bad.ts');
  const directory = freeDirectory(t);
  t.match(await fauxen(['mount', '-b', '--hypercalls', file, directory]), {
    status: 2,
    stdout: '',
    stderr: /bad\.ts:1/,
  });
  t.notOk(isMountPoint(directory));
});

t.test('the next mount clears what killed daemons left on the directory', options, async (t) => {
  const { dir, process: daemon } = await mountFauxen(t);
  const ended = new Promise((resolve) => daemon.on('exit', resolve));
  daemon.kill('SIGKILL');
  await ended;
  t.ok(isMountPoint(dir));
  const again = spawn(process.execPath, [cli, 'mount', dir], { stdio: ['ignore', 'pipe', 'pipe'] });
  t.teardown(() => again.kill('SIGKILL'));
  let stderr = '';
  again.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  t.match(String((await once(again.stdout, 'data'))[0]), `fauxen: mounted ${dir}`);
  t.match(readFileSync(join(dir, 'capabilities'), 'utf8'), 'control_d');
  again.kill();
  t.same(await once(again, 'close'), [0, null]);
  t.match(stderr, `cleared ${dir}: the daemon that served it was killed`);
  t.match(stderr, /^\[[\d:.]+\] WARN \(fauxen\): /, 'for people, also where stderr is no terminal');
  t.notOk(isMountPoint(dir));
});

t.test('-o accepts the usual options and refuses others', options, async (t) => {
  const { dir } = await mountFauxen(t, ['-o', 'allow_other,fsname=xenish', '-o', 'ro']);
  const line = readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .find((one) => one.split(' ')[1] === dir);
  t.match(line, /^xenish .* fuse\.fauxen ro,.*default_permissions,allow_other/);
  t.match(await fauxen(['mount', '-o', 'nonsense', '/']), { status: 2, stderr: /nonsense/ });
});

t.test('a mistake in a hypercall file gives exit status 2', options, async (t) => {
  const file = join(t.testdir({ 'bad.ts': 'const x: = 1;' }), 'bad.ts');
  const directory = freeDirectory(t);
  t.match(await fauxen(['mount', '--hypercalls', file, directory]), { status: 2, stdout: '', stderr: /bad\.ts:1: / });
  t.match(await fauxen(['mount', '--xen', '4.99', directory]), { status: 2, stderr: /no Xen 4\.99/ });
  t.notOk(isMountPoint(directory));
});
