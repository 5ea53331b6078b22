// HVM guests, with the distribution's own QEMU as their device model.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { fauxen } from '../helpers/fauxen.ts';
import { plainFolder } from '../helpers/plain-folder.ts';

const skip = missing('fuse', 'root', 'ptrace', 'xenTools', 'xenstored', 'xenQemu');

async function run(t: Test, script: string) {
  const folder = plainFolder(t, { 'disk.img': Buffer.alloc(1 << 20) });
  writeFileSync(
    join(folder, 'g.cfg'),
    `name = "g"
type = "hvm"
memory = 64
vcpus = 2
serial = "pty"
disk = [ "format=raw,vdev=hda,access=rw,target=${folder}/disk.img" ]
`,
  );
  const inside = `cd ${folder}; xl create g.cfg || { cat /var/log/xen/qemu-dm-g.log; exit 1; }\n${script}`;
  return fauxen(['run', '--toolstack', '--', 'bash', '-c', inside], { timeout: 110_000 });
}

t.test('QEMU serves an HVM guest of two CPUs, answers as its monitor and ends with it', { skip }, async (t) => {
  const { status, stdout, stderr } = await run(
    t,
    `xl qemu-monitor-command g 'info status'
xl qemu-monitor-command g 'info block' | grep -q disk.img && echo has the disk
xl list
pid=$(xenstore-read /local/domain/1/image/device-model-pid)
xl destroy g; xl list
for _ in $(seq 50); do kill -0 $pid 2>/dev/null || break; sleep 0.1; done
kill -0 $pid 2>/dev/null && echo QEMU is left
true`,
  );
  t.equal(status, 0, stderr);
  t.match(stdout, /VM status: running/);
  t.match(stdout, /has the disk/);
  t.match(stdout, /^g +1 +\d+ +2 /m);
  t.notMatch(stdout, /QEMU is left/);
  t.notMatch(stdout.slice(stdout.lastIndexOf('Domain-0')), /^g /m);
});

t.test('an HVM guest is saved, restored, migrated to the same host, and shut down by ACPI', { skip }, async (t) => {
  const { status, stdout, stderr } = await run(
    t,
    `xl save g saved && xl restore saved && xl qemu-monitor-command g 'info status' && echo "restored as $(xl domid g)" && xl list g &&
xl migrate -s '' g 'xl migrate-receive' && xl qemu-monitor-command g 'info status' && echo "migrated as $(xl domid g)" &&
xl shutdown -F -w g || exit
for _ in $(seq 100); do xl list | tail -n +3 | grep -q . || break; sleep 0.1; done
xl list`,
  );
  t.equal(status, 0, stderr);
  t.match(stdout, /VM status: running\s+restored as 2\s/);
  t.match(stdout, /^g +2 +64 +2 /m, 'with all of its memory');
  t.match(stdout, /VM status: running\s+migrated as 3\s/);
  t.match(stdout.slice(stdout.lastIndexOf('Name  ')), /^Name.*\nDomain-0 .*\n$/);
});
