import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { writeImages } from '../helpers/memory-image.ts';
import { plainFolder } from '../helpers/plain-folder.ts';
import { inDom0, tinyGuests, withoutDom0 } from '../helpers/tiny-guests.ts';

const skip = withoutDom0();
const timeout = 50_000;

/** Shell functions: wait until a command succeeds, and until a file has a line. */
const shell = `PATH=$PATH:/usr/lib/xen-4.17/bin
until_() { for _ in $(seq \${patience:-300}); do "$@" && return; sleep 0.1; done; echo "never: $*"; cat *.log; exit 1; }
has() { grep -q "$2" "$1" 2> /dev/null; }
`;

/** A PVH guest on an Intel CPU, with memory above its console's page, because xen-access omits the highest frame. */
const watched = `machine: { cpu: intel, memory: 8G }
domains:
  - name: watched
    type: pvh
    memory: 5G
    console: { text: "login: ", answers: [{ line: root, say: "welcome " }, { line: again, say: "still here " }] }
`;

t.test('xen-access is notified when a guest writes to a page, and lets it continue', { skip }, async (t) => {
  const folder = plainFolder(t, { 'watched.yaml': watched });
  const script = `${shell}
console=/var/log/xen/console/guest-watched.log
until_ has $console login
tty=$(xenstore-read /local/domain/1/console/tty)
stdbuf -oL xen-access 1 write > access.log 2>&1 & access=$!
# What it asked for is in place once it has polled its channel, which is pending when it is bound.
until_ has access.log 'Got event'
xen-access 1 exec > second.log 2>&1 || echo "second: $?"
kill -STOP $access
printf 'root\\n' > $tty
until_ sh -c 'xl list watched | grep -q -- ------'
grep -q welcome $console || echo 'the guest waits'
kill -CONT $access
until_ has $console welcome
printf 'again\\n' > $tty
until_ has $console 'still here'
kill -INT $access
wait $access && echo "first: $?"
cat access.log second.log
stdbuf -oL xen-access 1 exec > third.log 2>&1 & access=$!
until_ has third.log 'Got event'
kill -TERM $access
wait $access && echo "third: $?"`;
  const text = await inDom0(t, folder, script, timeout, ['--scenario', `${folder}/watched.yaml`]);
  t.match(text, /^the guest waits$/m);
  const events = text.match(/^PAGE ACCESS: .*$/gm) ?? [];
  t.equal(events.length, 1, 'the first write only');
  t.match(
    events[0],
    /^PAGE ACCESS: -w- for GFN fefff \(offset 000c00\) gla 00000000fefffc00 \(valid: y; .*vcpu 0 \[p\]/,
  );
  t.match(text, /^max_gpfn = 13ffff$/m);
  t.match(text, /^xenaccess shut down on signal 2\nxenaccess exit code 0$/m);
  t.match(text, /^first: 0$/m);
  t.match(text, /^second: 1$/m);
  t.match(text, /^xenaccess is \(or was\) active on this domain$/m);
  t.match(text, /^third: 0$/m, 'another one starts where the first was torn down');
});

t.test('a killed listener leaves its ring, and a listener is notified when its guest ends', { skip }, async (t) => {
  const folder = plainFolder(t, { 'watched.yaml': `${watched}  - { name: hvm, type: hvm, memory: 64 }\n` });
  const script = `${shell}
xen-access 1 write > access.log 2>&1 & access=$!
until_ has access.log 'Got event'
xl destroy watched
kill -INT $access
wait $access || echo "without its guest: $?"
cat access.log
xen-access 2 exec > killed.log 2>&1 & access=$!
until_ has killed.log 'Got event'
kill -KILL $access
wait $access || echo "killed: $?"
xen-access 2 exec > again.log 2>&1 || echo "again: $?"
cat again.log
xl destroy hvm
for _ in $(seq 200); do [ $(xl list | wc -l) = 2 ] && break; sleep 0.1; done
xl list | wc -l`;
  const text = await inDom0(t, folder, script, timeout, ['--scenario', `${folder}/watched.yaml`]);
  t.match(text, /^without its guest: 255$/m);
  t.match(text, /^Error tearing down domain xenaccess in xen$/m);
  t.match(text, /^killed: 137$/m);
  t.match(text, /^xenaccess is \(or was\) active on this domain$/m);
  t.match(text, /^again: 1$/m);
  t.match(text, /^2\ndone$/m, 'nothing keeps the guests');
});

t.test("on the recorded machine's AMD CPU xen-access starts for events, and is refused pages", { skip }, async (t) => {
  const text = await inDom0(
    t,
    tinyGuests(t),
    `${shell}
xl create -q -e pvh.cfg
id=$(xl domid tinypvh)
for what in cpuid breakpoint debug desc_access write_ctrlreg_cr4; do
  xen-access $id $what > $what.log 2>&1 & access=$!
  until_ has $what.log 'Got event'
  kill -INT $access
  wait $access && echo "$what: $?"
done
xen-access $id write > pages.log 2>&1 || echo "pages: $?"
cat pages.log
xen-access 0 write > dom0.log 2>&1 || echo "dom0: $?"
xl create -q -e pv.cfg
xen-access $(xl domid tinypv) write > pv.log 2>&1 || echo "pv: $?"
xen-access 99 write > none.log 2>&1 || echo "none: $?"
xl list
(cat pvh.cfg; echo 'vmtrace_buf_kb=64'; echo 'name="traced"') > traced.cfg
xl create -e traced.cfg > traced.log 2>&1 || echo "traced: $?"
cat traced.log
xen-vmtrace $id 0 2>&1 || echo "vmtrace: $?"
xenpaging -d $id -f pages -m 4096 2>&1 || echo "xenpaging: $?"
xen-memshare info
xen-memshare enable $id 2>&1 || echo "memshare: $?"
xen-memshare nominate $id 0x100 2>&1 || echo "nominate: $?"`,
    timeout,
  );
  for (const what of ['cpuid', 'breakpoint', 'debug', 'desc_access', 'write_ctrlreg_cr4']) {
    t.match(text, new RegExp(`^${what}: 0$`, 'm'));
  }
  t.match(text, /Error -1 setting default mem access type/);
  t.match(text, /^pages: 255$/m);
  for (const who of ['dom0', 'pv', 'none']) t.match(text, new RegExp(`^${who}: 1$`, 'm'));
  t.match(text, /^tinypvh +1 +16 /m, 'nothing of it stays');
  t.match(text, /^traced: 3$/m, 'there is no Processor Trace');
  t.match(text, /xenforeignmemory_resource_size\(\): Invalid argument\nvmtrace: 1$/m);
  t.match(text, /Error initialising shared page\(38 = Function not implemented\)/);
  t.match(text, /^used = 0\nfreed = 0$/m);
  for (const what of ['memshare', 'nominate'])
    t.match(text, new RegExp(`Function not implemented\\n${what}: 255$`, 'm'));
});

t.test('xen-vmtrace follows a virtual CPU that executes nothing until it is told to stop', { skip }, async (t) => {
  const script = `${shell}
xl info | grep virt_caps
(cat pvh.cfg; echo 'vmtrace_buf_kb=64'; echo 'name="traced"') > traced.cfg
xl create -q -e traced.cfg
xl create -q -e pvh.cfg
id=$(xl domid traced)
start() {
  xen-vmtrace $id 0 > trace.out 2> trace.log & tracer=$!
  until_ has /proc/$tracer/status '^SigCgt:.*6003$' # it has set its handlers
}
for signal in INT TERM; do
  start
  kill -$signal $tracer
  wait $tracer && echo "$signal: $? $(wc -c < trace.out) $(wc -c < trace.log)"
done
start
xl destroy traced
wait $tracer || echo "destroyed: $?"
xen-vmtrace $(xl domid tinypvh) 0 2>&1 || echo "untraced: $?"`;
  const options = ['--scenario', 'examples/scenarios/introspection.yaml'];
  const text = await inDom0(t, tinyGuests(t), script, timeout, options);
  t.match(text, /^virt_caps +: pv hvm hap vmtrace gnttab-v1 gnttab-v2$/m);
  for (const signal of ['INT', 'TERM']) t.match(text, new RegExp(`^${signal}: 0 0 0$`, 'm'));
  t.match(text, /^destroyed: 1$/m);
  t.match(text, /xenforeignmemory_resource_size\(\): Invalid argument\nuntraced: 1$/m);
});

t.test('a guest does what its scenario says, and xen-access gets the events', { skip }, async (t) => {
  const folder = plainFolder(t);
  writeImages(folder);
  writeFileSync(
    join(folder, 'acting.yaml'),
    `machine: { cpu: intel }
domains:
  - name: victim
    type: hvm
    memory: memory.raw
    registers: { cr3: 0x1000, rip: 0xffffffff81000106, rsp: 0xffffffff81001f00, cr4: 0x6a0 }
    events:
      - { kind: write, address: 0x11f00, linear: 0xffffffff81001f00, value: 0x55, every: 0.2 }
      - { kind: execute, address: 0x10106, every: 0.2 }
      - { kind: cpuid, leaf: 0x40000000, every: 0.2 }
`,
  );
  const script = `${shell}
hears() {
  stdbuf -oL xen-access 1 $1 > $1.log 2>&1 & access=$!
  until_ has $1.log "$2"
  kill -INT $access
  wait $access
  grep "$2" $1.log | head -1
}
hears write '^PAGE ACCESS'
hears exec '^PAGE ACCESS'
hears cpuid '^CPUID'
xenctx 1`;
  const text = await inDom0(t, folder, script, timeout, ['--scenario', join(folder, 'acting.yaml')]);
  t.match(text, /^PAGE ACCESS: -w- for GFN 11 \(offset 000f00\) gla ffffffff81001f00 .*vcpu 0 \[p\]/m);
  t.match(text, /^PAGE ACCESS: --x for GFN 10 \(offset 000106\)/m);
  t.match(text, /^CPUID executed: rip=ffffffff81000106, vcpu 0\. Insn length: 2 0x40000000 0x0: EAX=0x40000000 /m);
  t.match(text, /^rip: ffffffff8100010[8-f]/m, 'as xen-access answered to CPUID');
  t.match(text, /^ 0000000000000055 1122334455667788/m, 'what it wrote to its stack');
});

t.test('xen-access watches a guest through another view of its memory (altp2m)', { skip }, async (t) => {
  const folder = plainFolder(t);
  writeImages(folder);
  writeFileSync(
    join(folder, 'views.yaml'),
    `machine: { cpu: intel }
domains:
  - name: victim
    type: hvm
    memory: memory.raw
    altp2m: external
    vcpus: 32
    events: [{ kind: write, address: 0x11f00, value: 0x55, every: 0.2 }]
`,
  );
  // It sets the rights of each of a million frames by a hypercall of its own.
  const script = `${shell}patience=900
stdbuf -oL xen-access 1 altp2m_write > access.log 2>&1 & access=$!
until_ has access.log 'Switching altp2m to view 1!'
kill -INT $access
wait $access && echo "ended: $?"
cat access.log`;
  const options = ['--xen-cmdline', 'altp2m=1', '--scenario', join(folder, 'views.yaml')];
  const text = await inDom0(t, folder, script, 110_000, options);
  t.match(text, /^PAGE ACCESS: -w- for GFN 11 \(offset 000f00\) .*\(vcpu 0 \[p\], altp2m view 1\)$/m);
  t.match(text, /^Singlestep: rip=[0-9a-f]{16}, vcpu 0, altp2m 0$/m, 'one instruction in view 0');
  t.match(text, /^ended: 0$/m, 'it turns off steps of 32 virtual CPUs, and fails for those that a guest does not have');
});
