// Disks and network interfaces: both ends go through the states of a real host's drivers.

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { fauxen } from '../helpers/fauxen.ts';
import { plainFolder } from '../helpers/plain-folder.ts';

const skip = missing('fuse', 'root', 'ptrace', 'xenTools', 'xenstored', 'xenstoreUtils', 'grubXen', 'loopDevices');
const timeout = 60_000;

const config = (folder: string) => `name = "g"
type = "pvh"
memory = 32
kernel = "/usr/lib/grub-xen/grub-i386-xen_pvh.bin"
disk = [ "format=raw,vdev=xvda,access=rw,target=${folder}/disk.img" ]
vif = [ "mac=00:16:3e:11:22:33,script=/bin/true" ]
`;

/** The guest connects its devices once it runs, after xl create has returned. */
const wait =
  'connected() { for _ in $(seq 100); do xl "$1-list" g | tail -n 1 | grep -q " 4  " && return; sleep 0.1; done; }';

async function run(t: Test, script: string) {
  const folder = plainFolder(t, { 'disk.img': Buffer.alloc(8 << 20), 'second.img': Buffer.alloc(4 << 20) });
  writeFileSync(join(folder, 'g.cfg'), config(folder));
  return fauxen(
    [
      'run',
      '--toolstack',
      '--',
      'bash',
      '-c',
      `cd ${folder}\nxl create g.cfg >/dev/null 2>&1 || exit\n${wait}\n${script}`,
    ],
    {
      timeout,
    },
  );
}

t.test(
  'a guest with a disk and a network interface is created and destroyed, and nothing stays behind',
  { skip },
  async (t) => {
    const { stdout, stderr } = await run(
      t,
      `connected block; connected network
     xl block-list g | awk 'NR == 2 { print $1, $4 }'
     xl network-list g | awk 'NR == 2 { print $3, $5 }'
     ls /sys/bus/xen-backend/devices
     awk -F: '/vif[0-9.]+:/ { print $1, NF }' /proc/net/dev; cat /sys/class/net/vif1.0/statistics/rx_bytes
     xenstore-read /local/domain/0/backend/vbd/1/51712/sectors
     loop=$(xenstore-read /local/domain/0/backend/vbd/1/51712/physical-device-path)
     xl destroy g; echo "destroyed $?"
     ls /sys/bus/xen-backend/devices; grep -E 'vif[0-9.]+:' /proc/net/dev; readlink /proc/net
     for _ in $(seq 50); do losetup "$loop" >/dev/null 2>&1 || break; sleep 0.1; done
     losetup "$loop" 2>&1 | grep -c "$PWD"`,
    );
    t.equal(stderr, '');
    t.strictSame(stdout.split('\n'), [
      '51712 4',
      '00:16:3e:11:22:33 4',
      'vbd-1-51712',
      'vif-1-0',
      'vif1.0 2',
      '508',
      '16384',
      'destroyed 0',
      'self/net',
      '0',
      '',
    ]);
  },
);

t.test('devices are attached and detached while the guest runs', { skip }, async (t) => {
  const { stdout } = await run(
    t,
    `xl block-attach g format=raw,vdev=xvdb,access=ro,target=$PWD/second.img
     connected block; xl block-list g | awk 'NR == 3 { print $1, $4 }'
     xl block-detach g xvdb && echo detached
     xl network-attach g mac=00:16:3e:11:22:44 script=/bin/true
     connected network; xl network-list g | awk 'NR == 3 { print $3, $5 }'
     xl network-detach g 1 && echo detached
     xl network-list g | wc -l
     xl destroy g`,
  );
  t.strictSame(stdout.split('\n'), ['51728 4', 'detached', '00:16:3e:11:22:44 4', 'detached', '2', '']);
});

t.test('network interfaces need no bridge on the machine', { skip }, async (t) => {
  const { stdout, stderr } = await run(
    t,
    `xl network-attach g && xl network-attach g bridge=lan && xl network-attach g script=vif-route ip=10.0.0.5
     for _ in $(seq 300); do [ "$(xl network-list g | grep -c ' 4  ')" = 4 ] && break; sleep 0.1; done
     xl network-list g | awk 'NR > 1 { print $1, $5 }'
     for vif in 1.1 1.2 1.3; do basename $(readlink /sys/class/net/vif$vif/master); xenstore-read /local/domain/0/backend/vif/1/\${vif#1.}/hotplug-status; done
     ls /sys/class/net/lan/brif
     xl network-detach g 2; ls /sys/class/net | grep -c lan; xl destroy g`,
  );
  t.match(stderr, /^basename: missing operand\n.*\n$/, 'a routed interface is on no bridge');
  t.strictSame(stdout.split('\n'), [
    ...['0 4', '1 4', '2 4', '3 4'],
    ...['xenbr0', 'connected', 'lan', 'connected', 'connected'],
    ...['vif1.2', '0', ''],
  ]);
});

t.test('an interface has the name and MTU of its configuration if Xen’s own script sets it up', { skip }, async (t) => {
  const { stdout, stderr } = await run(
    t,
    `xl network-attach g bridge=lan vifname=web0 mtu=1400; xl network-attach g bridge=lan vifname=own script=/bin/true
     xl network-attach g bridge=lan vifname=web0
     for _ in $(seq 300); do [ "$(xl network-list g | grep -c ' 4  ')" = 4 ] && break; sleep 0.1; done
     ls /sys/class/net | grep -e web -e own -e vif; cat /sys/class/net/web0/mtu /sys/class/net/vif1.2/mtu
     grep -c web0: /proc/net/dev; ls /sys/class/net/lan/brif
     xl network-detach g 1; ls /sys/class/net | grep -c web; xl destroy g`,
  );
  t.equal(stderr, '');
  t.strictSame(stdout.split('\n'), [
    ...['vif1.0', 'vif1.2', 'vif1.3', 'web0', '1400', '1500', '1'],
    ...['vif1.2', 'vif1.3', 'web0', '0', ''],
  ]);
});

t.test(
  'QEMU serves disks of PVH and PV guests, whose rings are free again after a disk is detached',
  { skip: skip || missing('xenQemu') },
  async (t) => {
    const { stdout, stderr } = await run(
      t,
      `sed -i 's/"g"/"pvh"/; /^vif/d; s/access=rw/&,backendtype=qdisk/' g.cfg
sed 's/"pvh"/"pv"/; s/grub-i386-xen_pvh/grub-x86_64-xen/' g.cfg > pv.cfg
state() {
  for _ in $(seq 300); do xl block-list $1 | awk "/^$2/"' && $4 == 4 { found = 1; print $4 } END { exit !found }' && break; sleep 0.1; done
}
disk() { # QEMU may keep a detached disk's name for a moment: each disk has a name of its own
  xl block-attach $1 format=raw,vdev=$2,backendtype=qdisk,target=$PWD/second.img; state $1 $3
  xenstore-read /local/domain/$(xl domid $1)/device/vbd/$3/ring-ref /local/domain/$(xl domid $1)/device/vbd/$3/event-channel
  detach $1 $2; xl block-list $1 | grep -c ^$3
}
# libxl waits for the backend's state 6. QEMU removes the backend right after it; if libxl looks later, it says so, and the second call tidies up.
detach() {
  xl block-detach $1 $2 2>lost || { grep -q '^libxl: error:.*unable to remove device with path' lost && xl block-detach $1 $2 2>>lost; } || cat lost >&2
}
xl create -q g.cfg && xl create -q pv.cfg
for name in pvh pv; do
  echo $name; state $name 51712; disk $name xvdb 51728; disk $name xvdc 51744; disk $name xvdd 51760; disk $name xvde 51776
done
xl mem-set pvh 8; for _ in $(seq 100); do xl list pvh | grep -q ' 8 ' && break; sleep 0.1; done
disk pvh xvdf 51792
cat /var/log/xen/qemu-*.log`,
    );
    const disk = '4\n(9|10)\n(4|5)\n0\n'; // a frontend may take its ring back only after xl has returned
    t.match(stdout, new RegExp(`^pvh\n4\n(${disk}){4}pv\n4\n(${disk}){5}$`));
    t.notMatch(stdout, 'error');
    t.match(stderr, /^(.*device model.*\n)*$/, 'only that QEMU is there for the disks');
  },
);

/** The machine's loop devices that use this file. */
const loopsOf = (image: string) => {
  const { stdout } = spawnSync('losetup', ['--list', '--noheadings', '--output', 'NAME,BACK-FILE'], {
    encoding: 'utf8',
  });
  return stdout.split('\n').filter((line) => line.includes(` ${image}`));
};

for (const [how, end] of [
  ['its program ends', 'true'],
  ['fauxen is killed', 'kill -9 $PPID; sleep 30'],
] as const) {
  t.test(`a run whose guest has a disk leaves no loop device when ${how}`, { skip }, async (t) => {
    const { stdout } = await run(
      t,
      `connected block; pwd; xenstore-read /local/domain/0/backend/vbd/1/51712/node; ${end}`,
    );
    const [folder = '', loop] = stdout.split('\n');
    t.match(loop, /^\/dev\/loop\d+$/);
    const image = join(folder, 'disk.img');
    for (const limit = Date.now() + timeout; loopsOf(image).length > 0 && Date.now() < limit; ) await sleep(50);
    t.strictSame(loopsOf(image), []);
  });
}

t.test('the user’s own loop device is left alone', { skip }, async (t) => {
  const image = join(plainFolder(t, { 'own.img': Buffer.alloc(1 << 20) }), 'own.img');
  const { stdout: made } = spawnSync('losetup', ['--find', '--show', image], { encoding: 'utf8' });
  const device = made.trim();
  t.teardown(() => spawnSync('losetup', ['--detach', device]));
  const script = `xl block-attach g format=raw,vdev=xvdb,access=rw,target=${device}; connected block; xl block-list g | awk 'NR == 3 { print $4 }'`;
  t.equal((await run(t, script)).stdout, '4\n');
  t.equal(loopsOf(image).length, 1);
});
