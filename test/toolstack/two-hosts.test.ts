// A guest migrates from one run to another, as between two hosts. xl's stream goes through pipes instead of ssh.

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { fauxen } from '../helpers/fauxen.ts';
import { plainFolder } from '../helpers/plain-folder.ts';

const skip = missing('fuse', 'root', 'ptrace', 'xenTools', 'xenstored', 'grubXen');

const config = `name = "traveller"
type = "pvh"
memory = 32
vcpus = 2
kernel = "/usr/lib/grub-xen/grub-i386-xen_pvh.bin"
`;

t.test('a PVH guest migrates to the dom0 of another run', { skip }, async (t) => {
  const folder = plainFolder(t);
  writeFileSync(join(folder, 'g.cfg'), config);
  for (const name of ['there', 'back']) spawnSync('mkfifo', [join(folder, name)]);
  const dom0 = (script: string) =>
    fauxen(['run', '--quiet', '--toolstack', '--', 'sh', '-c', `cd ${folder}; ${script}`], { timeout: 60_000 });
  const [from, to] = await Promise.all([
    dom0(`xl create g.cfg >/dev/null && xl vcpu-set traveller 1 &&
      xl migrate -s '' traveller 'cat back & exec cat >there'; echo "ended $?"; xl list`),
    dom0('xl migrate-receive <there >back; echo "ended $?"; xl list'),
  ]);
  t.match(from.stdout, /^ended 0$/m, from.stderr);
  t.notMatch(from.stdout, /^traveller /m, 'it has left');
  t.match(to.stdout, /^ended 0$/m, to.stderr);
  t.match(to.stdout, /^traveller +1 +32 +\d /m, 'it has arrived');
});
