import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { findTools } from '../../src/daemon/toolstack/find-tools.ts';
import { missing } from '../helpers/capabilities.ts';
import { cli, fauxen } from '../helpers/fauxen.ts';
import { ownMounts } from '../helpers/own-mounts.ts';
import { runCommand } from '../helpers/run-command.ts';
import { inDom0, tinyGuests } from '../helpers/tiny-guests.ts';

// The distribution's own release: scripts/fresh runs this on several distributions.
const skip = missing('fuse', 'root', 'mount', 'ptrace', 'gcc', 'anyXenTools');
const release = findTools().tools?.release ?? '';

t.test('the installed tools run on the Xen release that they belong to', { skip }, async (t) => {
  const text = await inDom0(
    t,
    tinyGuests(t),
    `
echo "info: $(xl info | sed -n 's/^xen_m[aij]*[no]*r *: //p' | tr '\\n' ' ')"
xl create -e pvh.cfg
xl create -e pv.cfg
xl list
xl destroy tinypvh
xl destroy tinypv
# A domain stays until xenstored has let go of it.
for _ in $(seq 100); do [ "$(xl list | wc -l)" = 2 ] && break; sleep 0.1; done
xl list
xl dmesg`,
  );
  t.match(text, `info: ${release.replace('.', ' ')} `);
  const lists = text.split(/^Name.*\n/m).slice(1);
  t.match(lists[0], /^Domain-0 +0 .*\ntinypvh +1 +16 +1 .*\ntinypv +2 +32 +1 /m);
  t.match(lists[1], /^Domain-0 +0 /);
  t.notMatch(lists[1], /tiny/);
  t.match(text, `Fauxen: Xen version ${release}`);
});

t.test('tools are chosen by release or directory, and missing ones are named', { skip }, async (t) => {
  const of = (tools: string) =>
    fauxen(['run', '--toolstack', '--tools', tools, '--', 'xl', 'list'], { timeout: 50_000 });
  t.match(await of(release), { status: 0, stdout: /^Domain-0 /m, stderr: '' });
  const folder = findTools().tools?.path[0] ?? '';
  t.match(await of(folder), { status: 0, stdout: /^Domain-0 /m, stderr: '' });
  t.match(await of('2.0'), {
    status: 125,
    stderr: new RegExp(`--tools 2\\.0: there are no tools of Xen 2\\.0 \\(found: .*${release} in `),
  });
  t.match(await of(t.testdir({})), { status: 125, stderr: /: xenstored, xen-init-dom0, xenconsoled.* missing in / });
  t.match(await fauxen(['run', '--tools', release, 'true']), { status: 2, stderr: /--tools needs --toolstack/ });
});

t.test('oxenstored is used where there is no other xenstored', { skip: skip || missing('oxenstored') }, async (t) => {
  const folder = t.testdir({ tools: {}, limit: '1024\n' });
  const { path = [] } = findTools().tools ?? {};
  for (const name of ['oxenstored', 'xenconsoled', 'xen-init-dom0']) {
    symlinkSync(join(path[0] ?? '', name), join(folder, 'tools', name));
  }
  // It raises its limit on open files to the machine's, which root in a container may not do.
  const script = 'mount --bind "$1" /proc/sys/fs/nr_open && shift && exec "$@"';
  const run = [process.execPath, cli, 'run', '--toolstack', '--tools', join(folder, 'tools'), '--'];
  const inside = 'xl list && tr "\\0" " " < /proc/$(cat /run/xenstore.pid)/cmdline';
  const args = [...ownMounts, 'sh', '-c', script, 'sh', join(folder, 'limit'), ...run, 'sh', '-c', inside];
  const { status, stdout, stderr } = await runCommand('unshare', args, { timeout: 50_000 });
  t.equal(stderr, '');
  t.match(stdout, /^Domain-0 +0 .*\n.*\/oxenstored --config-file /m);
  t.equal(status, 0);
});
