import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { compile } from '../helpers/compile.ts';
import { inDom0, tinyGuests, withoutDom0 } from '../helpers/tiny-guests.ts';

const skip = withoutDom0();
const tools = 'PATH=$PATH:/usr/lib/xen-4.17/bin';
/** `fauxen test kernel`, as xenctx prints bytes. */
const KERNEL_TEXT = Buffer.from('fauxen te')
  .toString('hex')
  .replace(/(..)(?!$)/g, '$1 ');

t.test('xenctx shows registers and code of a PV and a PVH guest that xl built', { skip }, async (t) => {
  const text = await inDom0(
    t,
    tinyGuests(t),
    `${tools}
xl create -q -e -p pv.cfg
xl create -q -e -p pvh.cfg
echo pv; xenctx -a $(xl domid tinypv)
echo pvh; xenctx -a $(xl domid tinypvh)`,
  );
  const [, pv = '', pvh = ''] = /^pv\n([\s\S]*)^pvh\n([\s\S]*)/m.exec(text) ?? [];
  t.match(pv, /^rip: 0000000000100000/m);
  t.match(pv, /^ cs: e033\t ss: e02b/m, 'flat segments of a PV kernel');
  t.match(pv, /^cr3: (?!0{16})[\da-f]{13}000/m);
  t.match(pv, new RegExp(`<eb> fe .*${KERNEL_TEXT.slice(0, 20)}`));
  t.match(pvh, /^cs:eip: 0000:00100000/m);
  t.match(pvh, /ebx: 00101000/, 'where the start info lies');
  t.match(pvh, /^cr0: 00000011/m, 'protected mode');
  t.match(pvh, new RegExp(`<f4> eb fd ${KERNEL_TEXT.slice(0, 20)}`));
});

t.test('xen-mfndump shows which guest frame each machine frame is, and compares frames', { skip }, async (t) => {
  const text = await inDom0(
    t,
    tinyGuests(t),
    `${tools}
known() { xen-mfndump dump-m2p | grep mfn= | grep -vc ffffffffffffffff; }
echo "dom0: $(known)"
xl create -q -e -p pv.cfg
echo "with a guest: $(known) of $(xen-mfndump dump-m2p | grep -c mfn=)"
ring=$(printf 0x%x $(xenstore-read /local/domain/$(xl domid tinypv)/console/ring-ref))
xen-mfndump dump-m2p | grep "mfn=$ring "
id=$(xl domid tinypv)
xen-mfndump memcmp-mfns $id $ring $id $ring`,
  );
  const [, dom0, both, all] = /dom0: (\d+)\nwith a guest: (\d+) of (\d+)/.exec(text)?.map(Number) ?? [];
  t.equal(dom0, 262_144, '1 GiB');
  t.equal(Number(both) - Number(dom0), 32 * 256, '32 MiB');
  t.equal(all, 0xbffe0, 'every machine frame');
  t.match(text, /mfn=0x[\da-f]+ ==> pfn=0x1[\da-f]{2}$/m, 'the ring lies right behind the kernel at 1 MiB');
  t.match(text, 'memcpy(1, 2) = 0');
});

t.test('a PVH guest is saved and restored with its memory and registers', { skip }, async (t) => {
  const folder = tinyGuests(t);
  const read = compile(t, 'foreign-read.c', ['-Wno-unused-function', '-lxenctrl']);
  const text = await inDom0(
    t,
    folder,
    `${tools}
state() {
  echo "$1: $(xenctx -a $(xl domid tinypvh) | md5sum) $(${read} $(xl domid tinypvh) 0x100 0 4096 | md5sum)" \
    "$(${read} $(xl domid tinypvh) 0x101 0 4096 | md5sum) $(xl list tinypvh | tail -1 | cut -c 47-59)"
}
xl create -q -e pvh.cfg
state before
xl save tinypvh saved 2>save.log
xl list tinypvh || echo gone
xl restore -e -p saved 2>restore.log
state after
xl destroy tinypvh`,
  );
  const [, before] = /^before: (.*)$/m.exec(text) ?? [];
  const [, after] = /^after: (.*)$/m.exec(text) ?? [];
  t.match(before, /\w{32} .*\w{32} .*\w{32} /);
  t.equal(after, before);
  t.match(text, /^gone$/m);
  t.match(readFileSync(join(folder, 'restore.log'), 'utf8'), 'Restore successful');
});

t.test('a paused guest that is asked to suspend does so only once it runs', { skip }, async (t) => {
  const text = await inDom0(
    t,
    tinyGuests(t),
    `xl create -q -e -p pvh.cfg
request=/local/domain/$(xl domid tinypvh)/control/shutdown
xl save tinypvh saved 2>save.log & saving=$!
until [ "$(xenstore-read $request)" = suspend ]; do sleep 0.05; done
xl list tinypvh
echo "$(xenstore-read $request) is not answered"
kill -0 $saving
xl unpause tinypvh
wait $saving
xl list tinypvh 2>&1 || true
xl restore -e -p saved 2>restore.log
xl list tinypvh
xl destroy tinypvh`,
  );
  t.match(text, /^tinypvh +\d+ +16 +1 +--p---.*\nsuspend is not answered$/m);
  t.match(text, /is an invalid domain identifier[\s\S]*^tinypvh +\d+ +16 +1 +--p---/m, 'gone, then back');
});

t.test('xl builds an HVM guest up to the start of its device model', { skip }, async (t) => {
  const text = await inDom0(
    t,
    tinyGuests(t),
    `head -c 65536 /dev/zero > bios
printf 'name="tinyhvm"\\ntype="hvm"\\nmemory=16\\nbios_path_override="%s"\\ndevice_model_override="/none/qemu"\\n' $PWD/bios > hvm.cfg
xl create -e hvm.cfg > hvm.log 2>&1 && echo created
cat hvm.log
xl list`,
  );
  t.notMatch(text, /^created$/m);
  t.match(text, 'device model /none/qemu is not executable');
  t.notMatch(text, /^tinyhvm/m, 'nothing of it stays');
});

t.test('xl refuses a stub domain, says why, and leaves nothing', { skip }, async (t) => {
  const text = await inDom0(
    t,
    tinyGuests(t),
    `printf 'name="stubbed"\\ntype="hvm"\\nmemory=16\\ndevice_model_stubdomain_override=1\\n' > hvm.cfg
xl create hvm.cfg > hvm.log 2>&1 || echo "status $?"
cat hvm.log
xl list`,
  );
  t.match(text, /^status 3$/m);
  t.match(text, /could not access stubdomain kernel \S+ioemu-stubdom\.gz: No such file or directory/);
  t.notMatch(text, /^(stubbed|\(null\))/m);
});

t.test("xl, xentop and a guest's virtual CPUs agree on its CPU time", { skip }, async (t) => {
  const folder = tinyGuests(t);
  writeFileSync(join(folder, 'busy.yaml'), 'built: { load: 0.5 }\n');
  const text = await inDom0(
    t,
    folder,
    `sed -i 's/^memory.*/&\\nvcpus=2/' pvh.cfg
xl create -q -e pvh.cfg
list() { xl list tinypvh | awk 'NR == 2 { print $6 }'; }
until [ "$(list | cut -d. -f1)" -ge 1 ]; do sleep 0.05; done
echo "first $(list)"
xl vcpu-list tinypvh | awk 'NR > 1 { print "state " $5; sum += $6 } END { print "vcpus " sum }'
xentop -b -i 1 | awk '$1 == "tinypvh" { print "xentop " $3 }'
echo "last $(list)"`,
    50_000,
    ['--scenario', join(folder, 'busy.yaml')],
  );
  const seconds = (name: string) => Number(new RegExp(`^${name} ([\\d.]+)$`, 'm').exec(text)?.[1]);
  t.match(text, /^state r--\nstate r--$/m, 'both are busy');
  // Each tool rounds: to tenths, a virtual CPU at a time, or down to seconds.
  t.ok(seconds('first') <= seconds('vcpus') + 0.2, text);
  t.ok(seconds('vcpus') <= seconds('last') + 0.2, text);
  t.ok(Math.floor(seconds('first') - 0.1) <= seconds('xentop') && seconds('xentop') <= seconds('last') + 0.1, text);
});
