import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { fauxen } from '../helpers/fauxen.ts';
import { plainFolder } from '../helpers/plain-folder.ts';

const skip = missing('fuse', 'root', 'ptrace', 'xenTools', 'xenstored', 'xenstoreUtils', 'grubXen');

t.test("xl builds guests of Debian's grub-xen-host, PV and PVH, and destroys them", { skip }, async (t) => {
  const common = 'memory=64\nvcpus=1\n';
  const folder = plainFolder(t, {
    'pv.cfg': `name="pv"\nkernel="/usr/lib/grub-xen/grub-x86_64-xen.bin"\n${common}`,
    'pvh.cfg': `name="pvh"\ntype="pvh"\nkernel="/usr/lib/grub-xen/grub-i386-xen_pvh.bin"\n${common}`,
  });
  const script = `cd "$1" && xl create -e pv.cfg && xl create -e pvh.cfg && xl list &&
    xenstore-read /local/domain/1/console/type /local/domain/2/console/tty &&
    xl destroy pv && xl destroy pvh &&
    for _ in $(seq 50); do n=$(xl list | wc -l); [ $n = 2 ] && break; sleep 0.1; done; echo $n`; // xenconsoled unmaps its pages
  const command = ['run', '--toolstack', '--', 'sh', '-c', script, 'sh', folder];
  const { status, stdout, stderr } = await fauxen(command, { timeout: 50_000 });
  t.equal(status, 0, stderr);
  t.match(stdout, /^pv +1 +64 +1 +-b---- /m);
  t.match(stdout, /^pvh +2 +6[34] +1 +-b---- /m);
  t.match(stdout, /^xenconsoled\n\/dev\/pts\/\d+\n2\n$/m);
});

t.test('a 32-bit PV guest is refused, as by the recorded Xen', { skip }, async (t) => {
  const folder = plainFolder(t, {
    'pv32.cfg': 'name="pv32"\nkernel="/usr/lib/grub-xen/grub-i386-xen.bin"\nmemory=64\n',
  });
  const script = 'xl info xen_caps; xl create -e "$1/pv32.cfg"; echo "status $?"; xl list | wc -l';
  const command = ['run', '--toolstack', '--', 'sh', '-c', script, 'sh', folder];
  const { stdout, stderr } = await fauxen(command, { timeout: 50_000 });
  t.match(stdout, /^xen-3.0-x86_64 hvm-3.0-x86_32 hvm-3.0-x86_32p hvm-3.0-x86_64 *$/m);
  t.match(stderr, 'guest type xen-3.0-x86_32p not supported by xen kernel, sorry');
  t.match(stdout, /^status [1-9]\n2$/m, 'dom0 alone');
});
