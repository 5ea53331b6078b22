import t from 'tap';
import type { XenVersion } from '../../../src/xen/abi/abi.ts';
import { addDomain } from '../../../src/xen/domain/lifecycle.ts';
import { errno } from '../../../src/xen/errno.ts';
import { FakeGuest } from '../fake-guest.ts';
import { hypercall, testHypervisor } from '../host.ts';

const DOM0_MEM = { commandLine: 'dom0_mem=1G,max:1G' };
const BAD = 0xdeadbeef000;

/** A hypervisor as recorded, a caller, and struct xen_memory_reservation at the caller's base. */
async function setUp(version: XenVersion = '4.17') {
  const xen = await testHypervisor({ ...DOM0_MEM, version });
  const guest = new FakeGuest();
  const struct = xen.abi.struct('xen_memory_reservation_t');
  const list = guest.base + 4096;
  const reserve = (
    command: number,
    domid: number,
    gfns: readonly number[],
    { order = 0, at = list, caller = 0, flags = 0 } = {},
  ) => {
    for (const [index, gfn] of gfns.entries()) guest.view.setBigUint64(4096 + 8 * index, BigInt(gfn), true);
    struct.field('extent_start').set(guest.view, at);
    struct.field('nr_extents').set(guest.view, gfns.length);
    struct.field('extent_order').set(guest.view, order);
    struct.field('mem_flags').set(guest.view, flags);
    struct.field('domid').set(guest.view, domid);
    return hypercall(xen, guest, 12, [command, guest.base], caller);
  };
  const listed = (index: number) => Number(guest.view.getBigUint64(4096 + 8 * index, true));
  const ask = (command: number, domid: number, caller = 0) => {
    guest.view.setUint16(0, domid, true);
    return hypercall(xen, guest, 12, [command, guest.base], caller);
  };
  return { xen, guest, reserve, listed, ask };
}

t.test('dom0 gets the answers that a real Xen gave', async (t) => {
  const { xen, guest, ask } = await setUp();
  const cases: [string, number, number, number][] = [
    // what, command, domain id, expected
    ['current_reservation of itself', 3, 0x7ff0, 262144],
    ['maximum_reservation of itself', 4, 0, 262144],
    ['maximum_gpfn of itself', 14, 0x7ff0, 0x4ffff],
    ['of no domain', 3, 999, -errno.ESRCH],
    ['of DOMID_XEN', 14, 0x7ff2, -errno.ESRCH],
  ];
  for (const [name, command, domid, expected] of cases) t.equal(ask(command, domid), expected, name);
  guest.bytes.fill(0);
  const raw: [string, number, number, number][] = [
    // what, command, address, expected
    ['maximum_ram_page', 2, 0, 0xbffe0],
    ['maximum_ram_page from an extent', 2 | 64, 0, -errno.EINVAL],
    ['maximum_ram_page with a high bit', 2 ** 32 + 2, 0, -errno.EINVAL],
    ['shared pages', 18, 0, 0],
    ['memory_map', 9, guest.base, -errno.ENOSYS],
    ['increase from extent 1 without a struct', 64, 0, 1],
    ['increase without a struct', 0, BAD, 0],
    ['no such command', 8, 0, -errno.ENOSYS],
    ['get_pod_target of a PV domain', 17, guest.base, -errno.EINVAL],
    ['get_vnumainfo', 26, guest.base, -errno.EOPNOTSUPP],
    ['get_vnumainfo at NULL', 26, 0, -errno.EFAULT],
    ['paging_op', 20, guest.base, -errno.ENOSYS],
    ['acquire_resource of itself', 28, guest.base, -errno.EPERM],
    ['command -1', 63, 0, -errno.ENOSYS],
  ];
  for (const [name, command, address, expected] of raw) {
    t.equal(hypercall(xen, guest, 12, [command, address]), expected, name);
  }
});

t.test('machine_memory_map needs room for every entry', async (t) => {
  const { xen, guest } = await setUp();
  for (const [entries, expected] of [
    [64, 0],
    [9, 0],
    [8, -errno.EINVAL],
    [0, -errno.EINVAL],
  ] as const) {
    guest.view.setUint32(0, entries, true);
    guest.view.setBigUint64(8, BigInt(guest.base + 4096), true);
    t.equal(hypercall(xen, guest, 12, [10, guest.base]), expected, `${entries} entries`);
  }
  t.equal(Number(guest.view.getBigUint64(4096 + 3 * 20 + 8, true)), 0xbfee0000, 'RAM above 1 MiB');
});

t.test('populate and decrease account for pages, by machine frame for PV and by guest frame for PVH', async (t) => {
  const { xen, reserve, listed, ask } = await setUp();
  const { heap } = xen.memory;
  for (const type of ['pv', 'pvh'] as const) {
    const id = type === 'pv' ? 1 : 2;
    const { memory } = addDomain(xen, { id, type, pool: xen.pools.first });
    memory.maxPages = 600;
    const before = heap.freePages;
    t.equal(reserve(6, id, [0, 1, 2]), 3);
    const frames = [0, 1, 2].map(listed);
    if (type === 'pv') t.ok(frames.every((mfn, gfn) => memory.m2p.get(mfn) === gfn));
    t.equal(reserve(6, id, [512], { order: 9 }), 1);
    t.equal(reserve(6, id, [1024], { order: 9 }), 0, 'above its limit');
    t.equal(reserve(6, id, [3, 4], { order: 10 }), 1 - 1, 'above its limit in one extent');
    t.equal(ask(3, id), 515);
    t.equal(heap.freePages, before - 515);
    t.equal(reserve(1, id, [frames[1] ?? 0, 77777777, 2]), 1, 'stops at the frame that is not there');
    t.equal(ask(3, id), 514);
    memory.release();
    t.equal(heap.freePages, before + 1, 'its shared_info, too');
  }
});

t.test('a frame keeps its content until it is returned', async (t) => {
  const { xen, reserve, listed } = await setUp();
  const { memory } = addDomain(xen, { id: 1, type: 'pv', pool: xen.pools.first });
  memory.maxPages = 16;
  reserve(6, 1, [0]);
  const mfn = listed(0);
  const bytes = new Uint8Array(4);
  t.ok(memory.writeFrame(mfn, 4092, Uint8Array.of(1, 2, 3, 4)));
  t.ok(memory.readFrame(mfn, 4092, bytes));
  t.same([...bytes], [1, 2, 3, 4]);
  t.notOk(memory.writeFrame(mfn, 4093, bytes), 'not across its end');
  reserve(1, 1, [mfn]);
  t.notOk(memory.readFrame(mfn, 0, bytes));
  reserve(6, 1, [0]);
  t.ok(memory.readFrame(listed(0), 4092, bytes));
  t.same([...bytes], [0, 0, 0, 0]);
});

t.test('a claim sets pages aside, and populating uses it up', async (t) => {
  const { xen, reserve } = await setUp();
  const { heap } = xen.memory;
  for (const id of [1, 2]) addDomain(xen, { id, type: 'pvh', pool: xen.pools.first }).memory.maxPages = 2 ** 30;
  const claim = (id: number, pages: number) => xen.domains.get(id)?.memory.claim(pages);
  t.equal(reserve(24, 999, [], { at: 0 }), -errno.EINVAL);
  t.equal(reserve(24, 1, [], { at: 1 }), -errno.EINVAL);
  t.equal(claim(1, heap.freePages + 1), -errno.ENOMEM);
  t.equal(claim(1, heap.freePages), 0);
  t.equal(claim(1, 5), -errno.EINVAL, 'one at a time');
  t.equal(reserve(6, 2, [0]), 0, 'nothing is left for another');
  t.equal(reserve(6, 1, [0]), 1);
  t.equal(heap.outstandingClaims, heap.freePages);
  t.equal(claim(1, 0), 0);
  t.equal(reserve(6, 2, [0]), 1);
});

t.test('a page that a domain gives back is claimed for it again, not so on 4.20.4', async (t) => {
  for (const [version, expected, afterRefusal] of [
    ['4.14', 94, 94],
    ['4.17', 94, 94],
    ['4.20', 88, 87],
  ] as const) {
    const { xen, reserve } = await setUp(version);
    const { memory } = addDomain(xen, { id: 1, type: 'pvh', pool: xen.pools.first });
    memory.maxPages = 16384;
    t.equal(reserve(6, 1, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), 10);
    t.equal(memory.claim(100), 0);
    t.equal(reserve(6, 1, [20, 21]), 2);
    t.equal(memory.claimed.outstanding, 88);
    t.equal(reserve(1, 1, [20, 0, 1, 2, 3, 4]), 6);
    t.equal(memory.claimed.outstanding, expected, version);
    memory.maxPages = memory.totalPages;
    t.equal(reserve(6, 1, [30, 31]), 0);
    t.equal(memory.claimed.outstanding, afterRefusal, `${version}: a page beyond its limit`);
  }
});

t.test('a guest sees only its own memory', async (t) => {
  const { xen, reserve, ask } = await setUp();
  addDomain(xen, { id: 1, type: 'pv', pool: xen.pools.first }).memory.maxPages = 8;
  t.equal(ask(3, 0x7ff0, 1), 0);
  t.equal(ask(3, 0, 1), -errno.EPERM);
  t.equal(reserve(6, 0, [0], { caller: 1 }), 0);
  t.equal(reserve(6, 0x7ff0, [0], { caller: 1 }), 1);
  t.equal(reserve(24, 1, [], { at: 0, caller: 1 }), -errno.EPERM);
});
