// libvirt's Xen driver, in Debian's libvirtd.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { fauxen } from '../helpers/fauxen.ts';
import { plainFolder } from '../helpers/plain-folder.ts';

const skip = missing('fuse', 'root', 'ptrace', 'xenTools', 'xenstored', 'grubXen', 'libvirtXen');

const guest = `<domain type="xen">
  <name>fauxen-test</name><memory unit="MiB">32</memory><vcpu>1</vcpu>
  <os><type arch="x86_64" machine="xenpvh">xenpvh</type><kernel>/usr/lib/grub-xen/grub-i386-xen_pvh.bin</kernel></os>
</domain>`;

async function run(t: Test, cpu: string, script: string) {
  const folder = plainFolder(t, {
    'guest.xml': guest,
    'disk.img': Buffer.alloc(1 << 20),
    'second.img': Buffer.alloc(1 << 20),
  });
  writeFileSync(join(folder, 'cpu.json'), JSON.stringify({ machine: { cpu } }));
  const inside = `cd ${folder}; export LIBVIRT_DEFAULT_URI=xen:///system LC_ALL=C
libvirtd -d -p /run/libvirtd.pid || exit
for _ in $(seq 50); do virsh uri >/dev/null 2>&1 && break; sleep 0.2; done
${script}`;
  return fauxen(['run', '--toolstack', '--scenario', join(folder, 'cpu.json'), '--', 'bash', '-c', inside], {
    timeout: 110_000,
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

t.test('virsh recognises the CPUs of real hosts', { skip }, async (t) => {
  const script = "virsh capabilities | grep -E 'model|avx512f'";
  t.match((await run(t, 'amd-epyc', script)).stdout, /<model>pentium<\/model>\n$/);
  t.match((await run(t, 'intel-xeon', script)).stdout, /<model>.*<\/model>[\s\S]*avx512f/);
});

t.test('a guest follows virsh’s commands, and virsh reports the events', { skip }, async (t) => {
  const { status, stdout, stderr } = await run(
    t,
    'amd-epyc',
    `g=fauxen-test; until_() { for _ in $(seq 100); do eval "$1" && return; sleep 0.1; done; echo "never: $1"; }
virsh event --all --loop >events & loop=$!
until_ '[ -e /proc/$loop/fd/3 ]'
virsh nodeinfo | grep '^CPU model' && virsh define guest.xml && virsh setvcpus $g 2 --config --maximum && virsh start $g &&
virsh setmem $g 24M && until_ 'xl list $g | grep -q " 24 "' && virsh setvcpus $g 1 --config && virsh vcpupin $g 0 1 &&
virsh vcpuinfo $g | grep '^CPU Affinity' && virsh schedinfo $g --set weight=512 | grep weight &&
virsh attach-disk $g $PWD/second.img xvdb --driver phy && virsh domblklist $g && virsh domblkstat $g xvdb && virsh detach-disk $g xvdb &&
virsh attach-device $g <(echo '<interface type="ethernet"><mac address="00:16:3e:11:22:33"/><script path="/bin/true"/></interface>') &&
virsh domiflist $g && virsh detach-interface $g ethernet --mac 00:16:3e:11:22:33 &&
virsh dommemstat $g && virsh ttyconsole $g && virsh dumpxml $g | grep '<domain' &&
virsh save $g saved && virsh restore saved && virsh domid $g && virsh reboot $g && until_ 'virsh domid $g 2>/dev/null | grep -q 3' &&
virsh managedsave $g && virsh start $g && virsh shutdown $g && until_ '[ "$(virsh domid $g)" = - ]' && virsh list --all &&
virsh domstats; virsh undefine $g; until_ 'grep -q Undefined events'; kill $loop; cat events`,
  );
  t.equal(status, 0, stderr);
  t.notMatch(stdout, /never:/);
  t.match(stdout, /^CPU Affinity: +-y$/m);
  t.match(stdout, /^weight +: 512$/m);
  t.match(stdout, /^ xvdb +\/.*second\.img$/m);
  t.match(stdout, /^xvdb rd_req 0$/m);
  t.match(stdout, /^ - +ethernet .* 00:16:3e:11:22:33$/m);
  t.match(stdout, /^available 32768$/m);
  t.match(stdout, /^Domain restored from saved\s+2$/m);
  t.match(stdout, /^ - +fauxen-test +shut off$/m);
  t.match(
    stderr,
    /not supported by the connection driver: virConnectGetAllDomainStats/,
    "libvirt's Xen driver has no domstats",
  );
  for (const event of [
    'Started Booted',
    'Stopped Saved',
    'Started Restored',
    'Stopped Shutdown',
    'Undefined Removed',
  ]) {
    t.match(stdout, `event 'lifecycle' for domain 'fauxen-test': ${event}`);
  }
});

t.test(
  'virt-install makes an HVM guest with a disk, a CD and a screen, which is saved, started and shut down',
  { skip: skip || missing('virtInstall', 'loopDevices', 'xenQemu') },
  async (t) => {
    const { status, stdout, stderr } = await run(
      t,
      'amd-epyc',
      `virt-install --connect xen:///system --name made --memory 32 --vcpus 2 --hvm --disk path=$PWD/disk.img,bus=ide --cdrom $PWD/second.img \
--boot emulator=/usr/libexec/xen-qemu-system-i386,loader=/usr/lib/xen-4.17/boot/hvmloader --network none --graphics vnc \
--osinfo detect=on,require=off --wait 0 && virsh vncdisplay made && virsh domblklist made && virsh vcpucount made --live --current &&
virsh managedsave made && virsh start made && virsh list && virsh shutdown made &&
for _ in $(seq 300); do [ "$(virsh domid made)" = - ] && break; sleep 0.1; done && virsh list --all && virsh undefine made`,
    );
    t.equal(status, 0, stderr);
    t.match(stdout, /^127\.0\.0\.1:\d+$/m);
    t.match(stdout, /^ hda +\/.*disk\.img\n hdb +\/.*second\.img$/m);
    t.match(stdout, /^ 2 +made +running$[\s\S]*^ - +made +shut off$/m);
  },
);

t.test(
  'virt-install makes a guest with a disk and a network interface, and virsh destroy ends it',
  { skip: skip || missing('virtInstall', 'loopDevices') },
  async (t) => {
    const { status, stdout, stderr } = await run(
      t,
      'amd-epyc',
      `virt-install --connect xen:///system --name made --memory 32 --import --paravirt --disk path=$PWD/disk.img,driver.name=phy \
--network type=ethernet,xpath0.set=./script/@path,xpath0.value=/bin/true --graphics none --noautoconsole --osinfo detect=on,require=off \
--boot kernel=/usr/lib/grub-xen/grub-x86_64-xen.bin && virsh list && virsh domiflist made && virsh domifstat made vif1.0 && virsh domblklist made && xl list made && virsh destroy made && virsh list --all && xl list`,
    );
    t.equal(status, 0, stderr);
    t.match(stdout, /Domain creation completed/);
    t.match(stdout, /^ 1 +made +running$/m);
    t.match(stdout, /^ vif1\.0 +ethernet /m);
    t.match(stdout, /^vif1\.0 rx_bytes 0$/m);
    t.match(stdout, /^ xvda +\/.*disk\.img$/m);
    t.match(stdout, /^made +1 +32 +1 +-b---- /m);
    t.match(stdout, /^ - +made +shut off$/m);
    t.notMatch(stdout.slice(stdout.lastIndexOf('Name  ')), /made/);
  },
);
