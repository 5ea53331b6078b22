// Every command of `xl help` in one dom0: its output and exit status.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { folderInDom0 } from '../helpers/in-dom0.ts';
import { plainFolder } from '../helpers/plain-folder.ts';
import { xlCommands } from '../toolcheck/xl-commands.ts';

const skip = missing('fuse', 'root', 'ptrace', 'xenTools', 'xenstored', 'xenstoreUtils', 'grubXen', 'loopDevices');

const rows = xlCommands();

const scenario = 'domains:\n  - { name: p, type: pv, memory: 4M, state: idle }\n';
const config = (folder: string) => `name = "g"
type = "pvh"
memory = 32
vcpus = 2
maxvcpus = 4
kernel = "/usr/lib/grub-xen/grub-i386-xen_pvh.bin"
disk = [ "format=raw,vdev=xvda,access=rw,target=${folder}/disk.img" ]
vif = [ "mac=00:16:3e:11:22:33,script=/bin/true" ]
`;

/** What happens after xl has returned: a guest connects its devices, takes unneeded CPUs offline, gets a new id by a reboot, or ends. */
const waits = `connected() {
  for _ in $(seq 300); do xl block-list g | tail -n 1 | grep -q " 4  " && return; sleep 0.1; done
  return 1
}
booted() {
  for _ in $(seq 300); do xl list g | grep -Eq '^g +2 +32 +2 ' && return; sleep 0.1; done
  return 1
}
again() {
  for _ in $(seq 300); do id=$(xl domid g 2>/dev/null) && [ "$id" != "$1" ] && xl list g >/dev/null && return; sleep 0.1; done
  return 1
}
gone() { # by its number: libxl removes the name some time before the domain ends
  for _ in $(seq 300); do xl list 5 >/dev/null 2>&1 || return 0; sleep 0.1; done
  return 1
}`;

t.test('every xl command works as on a real Xen', { skip }, async (t) => {
  const folder = plainFolder(t, {
    'disk.img': Buffer.alloc(8 << 20),
    'second.img': Buffer.alloc(4 << 20),
    'scenario.yaml': scenario,
  });
  writeFileSync(join(folder, 'g.cfg'), config(folder));
  const lines = rows.map(({ command }) => `echo '=row'; { ${command}; } </dev/null 2>&1; echo "=status $?"`);
  writeFileSync(join(folder, 'all.sh'), `cd ${folder}\n${waits}\n${lines.join('\n')}\necho '=row'; xl help\n`);
  const { stdout, stderr } = await folderInDom0(folder, 110_000);
  const [, ...parts] = stdout.split('=row\n');
  const help = parts.pop() ?? '';
  t.equal(parts.length, rows.length, stderr);
  for (const [index, { command, status, pattern }] of rows.entries()) {
    const [, output = '', got] = /^([\s\S]*)=status (\d+)\n$/.exec(parts[index] ?? '') ?? [];
    t.equal(got, status, `${command}: ${output}`);
    t.match(output, new RegExp(pattern, 'm'), command);
  }
  const commands = [...help.matchAll(/^ ([a-z][a-z0-9-]+) /gm)].map(([, name = '']) => name);
  t.ok(commands.length > 80, 'xl help lists its commands');
  const tested = new Set(rows.flatMap(({ names }) => names));
  t.strictSame(
    commands.filter((name) => !tested.has(name)),
    [],
    'all of them are tested',
  );
});
