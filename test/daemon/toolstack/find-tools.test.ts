import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import t, { type Test } from 'tap';
import { findTools } from '../../../src/daemon/toolstack/find-tools.ts';
import { installAdvice } from '../../../src/daemon/toolstack/install-advice.ts';

const DAEMONS = ['xenstored', 'xen-init-dom0', 'xenconsoled'];
const CLIENTS = ['xenstore-exists', 'xenstore-write'];

/** A root directory with these programs. A program's content names the library that it is linked with. */
function machine(t: Test, programs: readonly string[], release = ''): string {
  const root = t.testdir({});
  for (const program of programs) {
    const path = join(root, program);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `\x7fELF libxenctrl.so.${release}\0`);
    chmodSync(path, 0o755);
  }
  return root;
}

const below = (folder: string, names: readonly string[]) => names.map((name) => join(folder, name));
const debian = (release: string) => below(`usr/lib/xen-${release}/bin`, DAEMONS);
const clients = below('usr/bin', CLIENTS);

t.test("Debian's layout: the newest release, or the one that is named", async (t) => {
  const root = machine(t, [...debian('4.9'), ...debian('4.17'), ...clients]);
  t.match(findTools(undefined, root).tools, {
    release: '4.17',
    xenstored: join(root, 'usr/lib/xen-4.17/bin/xenstored'),
    xenstoreWrite: join(root, 'usr/bin/xenstore-write'),
    path: [join(root, 'usr/lib/xen-4.17/bin')],
  });
  t.equal(findTools('4.9', root).tools?.release, '4.9');
  t.match(findTools('4.20', root).missing, /^there are no tools of Xen 4\.20 \(found: 4\.17 in .*, 4\.9 in /);
  t.equal(findTools(join(root, 'usr/lib/xen-4.9'), root).tools?.release, '4.9');
  t.equal(findTools(join(root, 'usr/lib/xen-4.9/bin'), root).tools?.release, '4.9');
});

t.test("Fedora's layout: the release is that of the library", async (t) => {
  const daemons = ['usr/sbin/oxenstored', 'usr/sbin/xenconsoled', 'usr/libexec/xen/bin/xen-init-dom0'];
  const { tools } = findTools(undefined, machine(t, [...daemons, ...clients], '4.19'));
  t.equal(tools?.release, '4.19');
  t.match(tools?.xenstored, /\/oxenstored$/);
});

t.test('make install, with a prefix or a DESTDIR', async (t) => {
  const names = ['sbin/xenstored', 'sbin/xenconsoled', 'lib/xen/bin/xen-init-dom0', ...below('bin', CLIENTS)];
  const root = machine(t, [...below('usr/local', names), ...debian('4.17'), ...clients], '4.22');
  t.equal(findTools(undefined, root).tools?.release, '4.22', 'newer than the distribution has it');
  t.equal(findTools(join(root, 'usr/local'), root).tools?.release, '4.22');
  t.equal(findTools(root, root).tools?.release, '4.22', 'a DESTDIR');
  for (const part of ['sbin', 'bin/', 'lib/xen/bin']) {
    t.equal(findTools(join(root, 'usr/local', part), root).tools?.release, '4.22', part);
  }
  t.ok(findTools(root, root).tools?.path.includes(join(root, 'usr/local/sbin')));
});

t.test('missing tools are named, with their package on this distribution', async (t) => {
  t.match(findTools(undefined, machine(t, debian('4.17'))).missing, /^xenstore-exists, xenstore-write missing in /);
  t.match(findTools(undefined, machine(t, [])).missing, /^no xenstored, xen-init-dom0 and xenconsoled in /);
  const advice = (...lines: string[]) => installAdvice(lines.join('\n'));
  t.match(advice('ID=debian', 'VERSION_ID="13"'), / xen-utils-4\.20 xenstore-utils$/);
  t.match(advice('ID=debian', 'VERSION_CODENAME=sid'), /'\^xen-utils-4\[\.\]\[0-9\]\+\$' xenstore-utils$/);
  t.match(advice('ID=ubuntu', 'VERSION_ID="22.04"', 'ID_LIKE=debian'), / xen-utils-4\.16 /);
  t.match(advice('ID=fedora'), /dnf install xen-runtime/);
  t.match(advice('ID="opensuse-leap"', 'ID_LIKE="suse opensuse"'), /zypper install xen-tools/);
  t.match(advice(), /--tools DIR/);
});
