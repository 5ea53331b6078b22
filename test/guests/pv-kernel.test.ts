import t from 'tap';
import { startInfo } from '../../src/guests/boot-information.ts';
import { balloon, startVcpus, suspend } from '../../src/guests/kernel.ts';
import { PvKernel } from '../../src/guests/pv-kernel.ts';
import { writePvState } from '../../src/scenario/pv-state.ts';
import { guestContext } from '../../src/xen/abi/cpu-context.ts';
import type { Domain } from '../../src/xen/domain/domain.ts';
import { bootGuest } from '../../src/xen/domain/guest.ts';
import { resumeDomain } from '../../src/xen/domain/lifecycle.ts';
import type { Hypervisor } from '../../src/xen/hypervisor.ts';
import { tableLevels, translate } from '../../src/xen/memory/page-tables.ts';
import { testHypervisor } from '../xen/host.ts';

const NO_FRAME = 0xffffffffffffffffn;
/** arch.max_pfn of struct shared_info. */
const ARCH = 3088;

function pvGuest(xen: Hypervisor, pages: number): Domain {
  const domain = bootGuest(xen, { type: 'pv', pages, maxPages: 2 * pages, vcpus: 2 });
  domain.writeState = () => writePvState(domain, 'console=hvc0');
  return domain;
}

function words(domain: Domain, frame: number, offset = 0, count = 512): BigUint64Array {
  const found = new BigUint64Array(count);
  t.ok(domain.memory.readFrame(frame, offset, new Uint8Array(found.buffer)), `frame ${frame.toString(16)} is readable`);
  return found;
}

/** The list as a tool finds it through the tree of frames: a top page, middle pages, and pages of the list. */
function byTree(domain: Domain, { top, count }: { top: number; count: number }): bigint[] {
  const found: bigint[] = [];
  const pages = Math.ceil(count / 512);
  const middles = words(domain, top).slice(0, Math.ceil(pages / 512));
  for (const middle of middles) {
    for (const page of words(domain, Number(middle)).slice(0, pages - found.length / 512)) {
      found.push(...words(domain, Number(page)));
    }
  }
  return found.slice(0, count);
}

/** The same list as a tool finds it through the page tables. */
function byTables(domain: Domain, { cr3, address, count }: { cr3: bigint; address: bigint; count: number }): bigint[] {
  const found: bigint[] = [];
  for (let page = 0; page < Math.ceil(count / 512); page += 1) {
    found.push(...words(domain, translate(domain.memory, cr3, address + BigInt(4096 * page)) ?? -1));
  }
  return found.slice(0, count);
}

function shown(domain: Domain) {
  domain.look();
  const [count, top, , cr3, address, generation] = words(domain, domain.sharedInfoFrame, ARCH, 6);
  return {
    count: Number(count),
    top: Number(top),
    cr3: cr3 ?? 0n,
    address: address ?? 0n,
    generation,
  };
}

/** The expected list, by the machine-to-phys table. */
function expected({ memory }: Domain, count: number): bigint[] {
  const list = new Array<bigint>(count).fill(NO_FRAME);
  for (const [mfn, gfn] of memory.m2p.entries()) if (gfn < count) list[gfn] = BigInt(mfn);
  return list;
}

for (const pages of [1024, 300_000]) {
  t.test(`the list of ${pages} machine frames is the same by tree and by page tables`, async (t) => {
    const xen = await testHypervisor({});
    if (pages > xen.memory.heap.freePages) throw new Error('the machine is too small');
    const domain = pvGuest(xen, pages);
    const info = shown(domain);
    t.equal(info.count, pages);
    t.equal(info.generation, 0n);
    const list = expected(domain, pages);
    t.notOk(list.includes(NO_FRAME));
    t.equal(byTree(domain, info).join(), list.join());
    t.equal(byTables(domain, info).join(), list.join());
    t.equal(info.cr3, new DataView(domain.vcpus[0]?.context?.buffer ?? new ArrayBuffer(0)).getBigUint64(cr3At, true));
  });
}

const cr3At = guestContext.field('ctrlreg').offset + 24;

t.test('exactly the pages that its page tables refer to are typed as page tables', async (t) => {
  const xen = await testHypervisor();
  const domain = pvGuest(xen, 1024);
  t.equal(tableLevels(domain.memory).size, 0, 'nothing is written before somebody looks');
  const { cr3, address } = shown(domain);
  const counts = [0, 0, 0, 0, 0];
  for (const level of tableLevels(domain.memory).values()) counts[level] = (counts[level] ?? 0) + 1;
  t.strictSame(counts, [0, 2, 2, 2, 1], 'one root; two of each other level: of the kernel, and of the list');
  t.equal(tableLevels(domain.memory).get(Number(cr3 >> 12n)), 4);
  t.notOk(tableLevels(domain.memory).has(translate(domain.memory, cr3, address) ?? 0));
});

t.test('a balloon returns the highest pages and gets others, and the list is updated', async (t) => {
  const xen = await testHypervisor();
  const domain = pvGuest(xen, 1024);
  const { freePages } = xen.memory.heap;
  balloon(domain, 700);
  t.equal(domain.totPages, 700);
  t.equal(xen.memory.heap.freePages, freePages + 324);
  let list = expected(domain, 1024);
  t.equal(list.filter((frame) => frame !== NO_FRAME).length, 700);
  t.equal(byTree(domain, shown(domain)).join(), list.join());
  balloon(domain, 900);
  t.equal(domain.totPages, 900);
  list = expected(domain, 1024);
  t.equal(list.slice(0, 890).includes(NO_FRAME), false, 'the lowest holes are filled first');
  t.equal(byTables(domain, shown(domain)).join(), list.join());
  balloon(domain, 5000);
  t.equal(domain.totPages, 1024, 'no more than it began with');
  balloon(domain, 0);
  t.ok(domain.totPages > 5 && domain.totPages < 50, 'it keeps what it uses');
  t.equal(byTables(domain, shown(domain)).join(), expected(domain, 1024).join());
});

t.test('a guest that may get more memory has room for it in its list', async (t) => {
  const xen = await testHypervisor();
  const domain = pvGuest(xen, 1000);
  const setMap = (pages: number) => {
    domain.memory.map = [{ address: 0, size: pages * 4096, type: 1 }];
  };
  setMap(1900);
  t.equal(shown(domain).count, 1900);
  t.equal(byTree(domain, shown(domain)).join(), expected(domain, 1900).join());
  balloon(domain, 5000);
  t.equal(domain.totPages, 1900);
  t.equal(byTables(domain, shown(domain)).join(), expected(domain, 1900).join());
  setMap(500); // once it runs, its list keeps its length
  balloon(domain, 1200);
  t.equal(domain.totPages, 1200);
  t.equal(byTree(domain, shown(domain)).join(), expected(domain, 1900).join());
  const large = pvGuest(xen, 1000);
  large.memory.map = [{ address: 0, size: 2 ** 40, type: 1 }];
  t.equal(shown(large).count, 11_000, 'ten times as much again: EXTRA_MEM_RATIO');
});

t.test('a virtual CPU that the kernel starts has the page tables of the first one', async (t) => {
  const xen = await testHypervisor();
  const domain = bootGuest(xen, { type: 'pv', pages: 1024, vcpus: 2, onlineVcpus: 1 });
  domain.writeState = () => writePvState(domain, 'console=hvc0');
  const { cr3 } = shown(domain);
  startVcpus(xen, domain);
  const context = domain.vcpus[1]?.context ?? new Uint8Array();
  t.equal(new DataView(context.buffer).getBigUint64(cr3At, true), cr3);
});

t.test('its rings are named by guest frame while it is suspended, and by machine frame afterwards', async (t) => {
  const xen = await testHypervisor();
  const domain = pvGuest(xen, 1024);
  const { cr3 } = shown(domain);
  const context = domain.vcpus[0]?.context ?? new Uint8Array();
  const registers = new DataView(context.buffer);
  const rdx = () => registers.getBigUint64(guestContext.field('rdx').offset, true);
  const start = translate(domain.memory, cr3, registers.getBigUint64(guestContext.field('rsi').offset, true)) ?? 0;
  const rings = () => {
    const info = new DataView(words(domain, start).buffer);
    return ['store_mfn', 'console_mfn'].map((name) => startInfo.field(name).get(info));
  };
  const frames = rings();
  const names = frames.map((mfn) => domain.memory.m2p.get(mfn));
  t.strictSame(names, [18, 19]);
  suspend(xen, domain);
  t.equal(domain.shutdownCode, 2);
  t.strictSame(rings(), names);
  t.equal(rdx(), BigInt(start));
  registers.setBigUint64(guestContext.field('rax').offset, 1n, true);
  resumeDomain(xen, domain);
  PvKernel.of(domain)?.run();
  t.strictSame(rings(), frames);
  t.equal(rdx(), 0n);
});

t.test('page tables that refer to each other are visited once', async (t) => {
  const xen = await testHypervisor();
  const domain = pvGuest(xen, 4096);
  domain.look();
  const { memory } = domain;
  const frames = Array.from({ length: 64 }, (_, gfn) => memory.m2p.frameOf(3000 + gfn) ?? 0);
  const entries = BigUint64Array.from({ length: 512 }, (_, index) => (BigInt(frames[index % 64] ?? 0) << 12n) | 7n);
  for (const frame of frames) memory.writeFrame(frame, 0, new Uint8Array(entries.buffer));
  memory.pinned.set(frames[0] ?? 0, 4);
  t.equal([...tableLevels(memory).keys()].filter((frame) => frames.includes(frame)).length, 64);
});

t.test('a guest without room for the list keeps its pages, and shows no list', async (t) => {
  const xen = await testHypervisor();
  const domain = pvGuest(xen, 24);
  t.strictSame([shown(domain).count, shown(domain).top, shown(domain).cr3], [24, 0, 0n]);
  balloon(domain, 12);
  t.equal(domain.totPages, 24);
});
