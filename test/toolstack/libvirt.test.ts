// libvirt's Xen driver, in Debian's libvirtd.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { fauxen } from '../helpers/fauxen.ts';

const skip = missing('fuse', 'root', 'ptrace', 'xenTools', 'xenstored', 'grubXen', 'libvirtXen');

const guest = `<domain type="xen">
  <name>fauxen-test</name><memory unit="MiB">32</memory><vcpu>1</vcpu>
  <os><type arch="x86_64" machine="xenpvh">xenpvh</type><kernel>/usr/lib/grub-xen/grub-i386-xen_pvh.bin</kernel></os>
</domain>`;

async function run(t: Test, cpu: string, script: string) {
  const folder = t.testdir({ 'guest.xml': guest });
  writeFileSync(join(folder, 'cpu.json'), JSON.stringify({ machine: { cpu } }));
  const inside = `cd ${folder}; export LIBVIRT_DEFAULT_URI=xen:///system LC_ALL=C
libvirtd -d -p /run/libvirtd.pid || exit
for _ in $(seq 50); do virsh uri >/dev/null 2>&1 && break; sleep 0.2; done
${script}`;
  return fauxen(['run', '--toolstack', '--scenario', join(folder, 'cpu.json'), '--', 'bash', '-c', inside], {
    timeout: 60_000,
  });
}

t.test('virsh finds dom0, and defines, starts, pauses and ends a guest', { skip }, async (t) => {
  const { status, stdout, stderr } = await run(
    t,
    'amd-epyc',
    `virsh list --all && virsh define guest.xml && ls /proc/1/root/etc/libvirt/libxl 2>/dev/null | sed 's/^/outside: /'; virsh start fauxen-test && virsh suspend fauxen-test &&
virsh domstate fauxen-test && virsh resume fauxen-test && virsh domstate fauxen-test && xl list &&
ls /etc/libvirt/libxl && virsh destroy fauxen-test && virsh undefine fauxen-test && xl list`,
  );
  t.equal(status, 0, stderr);
  t.match(stdout, /^ 0 +Domain-0 +running/m);
  t.match(stdout, /^paused$[\s\S]*^running$[\s\S]*^fauxen-test +1 +32 +1 /m);
  t.notMatch(stdout.slice(stdout.lastIndexOf('Name  ')), /fauxen-test/);
  t.match(stdout, /^fauxen-test.xml$/m, 'the definition of the guest');
  t.notMatch(stdout, /outside: fauxen-test/, "which the machine's own libvirt does not have");
});

t.test('it knows the CPUs of real hosts', { skip }, async (t) => {
  const script = "virsh capabilities | grep -E 'model|avx512f'";
  t.match((await run(t, 'amd-epyc', script)).stdout, /<model>pentium<\/model>\n$/);
  t.match((await run(t, 'intel-xeon', script)).stdout, /<model>.*<\/model>[\s\S]*avx512f/);
});
