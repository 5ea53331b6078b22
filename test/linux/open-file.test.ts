import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fstatSync, openSync, readlinkSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { close } from '../../src/linux/io.ts';
import { deviceAt, deviceOf, fileOf, openInode, openName } from '../../src/linux/open-file.ts';
import { missing } from '../helpers/capabilities.ts';
import { mountFauxen } from '../helpers/fauxen.ts';
import { runCommand } from '../helpers/run-command.ts';

const O_PATH = 0o10000000;

t.test('the file of a descriptor is identified by device and inode', async (t) => {
  const dir = t.testdir({ one: '', two: '' });
  const [one, again, two] = ['one', 'one', 'two'].map((name) => openSync(join(dir, name), 'r')) as [
    number,
    number,
    number,
  ];
  const other = openSync('/proc/self/status', 'r');
  t.same(fileOf('self', one), { device: deviceOf(one), inode: fstatSync(one).ino });
  t.same(fileOf(process.pid, one), fileOf('self', again));
  t.not(fileOf('self', one)?.inode, fileOf('self', two)?.inode);
  t.equal(deviceOf(one), deviceOf(two));
  t.equal(deviceAt(dir), deviceOf(one));
  t.not(deviceOf(one), deviceOf(other));
  for (const fd of [one, again, two, other]) closeSync(fd);
  t.equal(fileOf('self', one), undefined);
  t.ok(deviceOf(one) < 0);
  t.ok(deviceAt('/no/such/file') < 0);
  t.ok(deviceAt(`/${'x'.repeat(5_000)}`) < 0);
});

t.test('an open file has an inode; an O_PATH descriptor does not count as an open file', async (t) => {
  const file = join(t.testdir({ one: '' }), 'one');
  const [open, named] = [openSync(file, 'r'), openSync(file, O_PATH)];
  t.equal(openInode('self', open), statSync(file).ino);
  t.equal(openInode(process.pid, open), statSync(file).ino);
  t.equal(openInode('self', named), undefined);
  for (const fd of [open, named]) closeSync(fd);
  t.equal(openInode('self', open), undefined);
  t.equal(openInode(2 ** 22 + 1, 0), undefined, 'no such process');
});

t.test('a held path refers to the same file, whatever happens to the path', async (t) => {
  const dir = t.testdir({ one: {} });
  const fd = openName(`/proc/self/cwd`);
  t.equal(readlinkSync(`/proc/self/fd/${fd}`), process.cwd());
  close(fd);
  const child = spawn('sleep', ['60'], { cwd: join(dir, 'one'), stdio: 'ignore' });
  await once(child, 'spawn');
  const held = openName(`/proc/${child.pid}/cwd`);
  child.kill('SIGKILL');
  await once(child, 'exit');
  renameSync(join(dir, 'one'), join(dir, 'other'));
  t.equal(readlinkSync(`/proc/self/fd/${held}`), join(dir, 'other'));
  t.ok(openName(`/proc/${child.pid}/cwd`) < 0);
  close(held);
});

const LOOK = `
import { openSync } from 'node:fs';
import { deviceOf, fileOf, openInode } from '${new URL('../../src/linux/open-file.ts', import.meta.url).href}';
const fd = openSync(process.argv[1], 'r');
process.kill(Number(process.argv[2]), 'SIGSTOP');
console.log(JSON.stringify([deviceOf(fd) >= 0, openInode('self', fd) > 0, fileOf('self', fd) !== undefined]));
`;

t.test('a file system that does not answer is not waited for', { skip: missing('mount', 'root') }, async (t) => {
  const mount = await mountFauxen(t);
  const args = ['--import=tsx', '--input-type=module', '-e', LOOK, join(mount.dir, 'dmesg'), String(mount.process.pid)];
  const looked = await runCommand(process.execPath, args, { timeout: 20_000 });
  process.kill(mount.process.pid!, 'SIGCONT');
  t.notOk(looked.timedOut, 'in time');
  t.equal(looked.stdout, '[true,true,true]\n', looked.stderr);
});
