import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { fauxen } from '../helpers/fauxen.ts';

const skip = missing('fuse', 'root', 'ptrace', 'xenTools', 'xenstored', 'xenstoreUtils', 'grubXen');

t.test("xl builds guests of Debian's grub-xen-host, PV and PVH, and destroys them", { skip }, async (t) => {
  const common = 'memory=64\nvcpus=1\n';
  const folder = t.testdir({
    'pv.cfg': `name="pv"\nkernel="/usr/lib/grub-xen/grub-x86_64-xen.bin"\n${common}`,
    'pvh.cfg': `name="pvh"\ntype="pvh"\nkernel="/usr/lib/grub-xen/grub-i386-xen_pvh.bin"\n${common}`,
  });
  const script = `cd "$1" && xl create -e pv.cfg && xl create -e pvh.cfg && xl list &&
    xenstore-read /local/domain/1/console/type /local/domain/2/console/tty &&
    xl destroy pv && xl destroy pvh && xl list | wc -l`;
  const command = ['run', '--toolstack', '--', 'sh', '-c', script, 'sh', folder];
  const { status, stdout, stderr } = await fauxen(command, { timeout: 50_000 });
  t.equal(status, 0, stderr);
  t.match(stdout, /^pv +1 +64 +1 +-b---- /m);
  t.match(stdout, /^pvh +2 +6[34] +1 +-b---- /m);
  t.match(stdout, /^xenconsoled\n\/dev\/pts\/\d+\n2\n$/m);
});
