import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { CoreFile, words } from '../helpers/core-file.ts';
import { inDom0, tinyGuests, withoutDom0 } from '../helpers/tiny-guests.ts';

const skip = withoutDom0();
const NO_FRAME = 0xffffffffffffffffn;
/** arch.max_pfn of struct shared_info, and the members after it. */
const ARCH = 3088;

/** Finds the guest's list of machine frames in its dump, by the tree and by the page tables, and compares it with the dump's list. */
function checkList(t: Test, core: CoreFile, pages: number): void {
  const indices = new Map(core.pairs.map(([, mfn], index) => [mfn, index]));
  const frame = (mfn: bigint | undefined) => words(core.page(indices.get(Number(mfn)) ?? -1));
  const [count, top, , cr3 = 0n, address = 0n] = words(core.section('.xen_shared_info').subarray(ARCH, ARCH + 40));
  const entry = (page: number): bigint | undefined => {
    let table: bigint | undefined = cr3 >> 12n;
    for (const shift of [39n, 30n, 21n, 12n]) {
      const found: bigint | undefined = frame(table)[Number(((address + BigInt(4096 * page)) >> shift) & 511n)];
      table = found === undefined ? undefined : (found >> 12n) & 0xffffffffffn;
    }
    return table;
  };
  const leaves = frame(frame(top)[0]).slice(0, Math.ceil(Number(count) / 512));
  t.strictSame(
    leaves,
    leaves.map((_, page) => entry(page)),
    'the tree and the page tables name the same pages',
  );
  const list = leaves.flatMap(frame).slice(0, Number(count));
  const present = list.flatMap((mfn, gfn) => (mfn === NO_FRAME ? [] : [[gfn, Number(mfn)]]));
  t.equal(present.length, pages);
  t.strictSame(core.pairs, present);
}

t.test('a PV guest does not migrate, as on a Xen without shadow page tables, and runs on', { skip }, async (t) => {
  const text = await inDom0(
    t,
    tinyGuests(t),
    `xl create -q -e pv.cfg
xl migrate -s '' tinypv 'xl migrate-receive' >log 2>&1 || echo "refused: $?"
cat log
xl list tinypv`,
  );
  t.match(text, /^refused: 1$/m);
  t.match(text, /Failed to enable logdirty: 95,22,0 /);
  t.match(text, /^tinypv +1 +32 +1 +-b---- /m);
});

t.test('a PV guest that xl built is dumped, ballooned, saved, restored, and dumped again', { skip }, async (t) => {
  const folder = tinyGuests(t);
  await inDom0(
    t,
    folder,
    `until_pages() { until [ "$(xl list tinypv | awk 'NR == 2 { print $3 }')" = $1 ]; do sleep 0.05; done; }
xl create -q -e pv.cfg vcpus=2 maxmem=48
xl dump-core tinypv first
xl mem-set tinypv 24
until_pages 24
xl dump-core tinypv second
xl mem-set tinypv 28
until_pages 28
xl save -c tinypv checkpoint 2>log
xl save tinypv saved 2>>log
xl restore -e saved 2>>log
xl dump-core tinypv third
xl mem-set tinypv 48
until_pages 48
xl dump-core tinypv fourth
xl destroy tinypv`,
  );
  for (const [name, mib] of [
    ['first', 32],
    ['second', 24],
    ['third', 28],
    ['fourth', 48],
  ] as const) {
    const core = new CoreFile(join(folder, name));
    checkList(t, core, mib * 256);
    const kernel = core.pairs.findIndex(([gfn]) => gfn === 0x100);
    t.match(core.page(kernel).toString('latin1', 2, 20), 'fauxen test kernel', name);
  }
});

t.test("a scenario's PV guest has registers, page tables and a list of machine frames", { skip }, async (t) => {
  const folder = tinyGuests(t);
  const scenario = join(folder, 'pv.yaml');
  writeFileSync(scenario, 'domains: [{ name: web, memory: 16, vcpus: 2, maxVcpus: 3, console: "hello\\n" }]\n');
  const text = await inDom0(
    t,
    folder,
    `PATH=$PATH:/usr/lib/xen-4.17/bin
xenctx web 2>/dev/null || xenctx $(xl domid web)
xl dump-core web core
xl save web saved 2>log
xl restore -e saved 2>>log
xl dump-core web again
xl list web
cat /var/log/xen/console/guest-web.log; echo
xl destroy web`,
    50_000,
    ['--scenario', scenario],
  );
  t.match(text, /^rip: ffffffff8001000e/m);
  t.match(text, /0f 05 <eb> f0/, 'it waits in a hypercall, which xenctx finds by the page tables');
  t.match(text, /^web +2 +16 +2 /m, 'as many virtual CPUs as were saved');
  checkList(t, new CoreFile(join(folder, 'core')), 16 * 256);
  checkList(t, new CoreFile(join(folder, 'again')), 16 * 256);
});
