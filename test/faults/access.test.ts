import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { mountFauxen } from '../helpers/fauxen.ts';

const skip = missing('mount', 'root');

/** Runs a command as user nobody and returns its output. */
function asNobody(...command: string[]): string {
  const user = ['--reuid=65534', '--regid=65534', '--clear-groups', '--inh-caps=-all'];
  const { stdout, stderr } = spawnSync('setpriv', [...user, ...command], { encoding: 'utf8', timeout: 10_000 });
  return stdout + stderr;
}

t.test('another user cannot enter a mount without allow_other, nor open privcmd with it', { skip }, async (t) => {
  const closed = await mountFauxen(t);
  // The folder of mkdtemp is 0700, but the mount over it is 0755, so FUSE is what refuses.
  t.match(asNobody('ls', join(closed.dir, 'privcmd')), 'Permission denied');
  const open = await mountFauxen(t, ['-o', 'allow_other']);
  t.match(asNobody('ls', join(open.dir, 'privcmd')), /privcmd\n$/);
  t.match(asNobody('cat', join(open.dir, 'privcmd')), 'Permission denied');
  t.match(asNobody('sh', '-c', `: >>${join(open.dir, 'privcmd')}`), 'Permission denied');
  t.equal(statSync(join(open.dir, 'privcmd')).mode & 0o777, 0o600);
});

t.test('the mount is nosuid and nodev', { skip }, async (t) => {
  const { dir } = await mountFauxen(t);
  const line = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .find((text) => text.split(' ')[4] === dir);
  t.match(line, /nosuid,nodev/);
});
