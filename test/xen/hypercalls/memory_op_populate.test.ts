import t from 'tap';
import type { XenVersion } from '../../../src/xen/abi/abi.ts';
import { bootGuest } from '../../../src/xen/domain/guest.ts';
import { errno as E } from '../../../src/xen/errno.ts';
import { FakeGuest } from '../fake-guest.ts';
import { hypercall, testHypervisor } from '../host.ts';

// The expected answers were recorded on a real 4.17.7 unless another release is named.

const base = 0x10000;
const LIST = 1024;
const HVM = 4;
const POPULATE_ON_DEMAND = 0x10000;

async function setup(version: XenVersion = '4.17') {
  const xen = await testHypervisor({ version });
  bootGuest(xen, { id: 3, type: 'pv', pages: 16, vcpus: 2 });
  const domain = bootGuest(xen, { id: HVM, type: 'hvm', pages: 16, vcpus: 2 });
  domain.maxPages = 16384;
  const guest = new FakeGuest();
  const numbers = xen.abi.subOperations('XENMEM');
  const op = (name: string, struct: string, fields: Readonly<Record<string, number>>) => {
    guest.bytes.fill(0, 0, 64);
    for (const [path, value] of Object.entries(fields)) xen.abi.struct(struct).field(path).set(guest.view, value);
    return hypercall(xen, guest, 12, [numbers[name] ?? 63, base]);
  };
  const reservation = (name: string, domid: number, gfns: readonly number[], mem_flags = 0) => {
    for (const [index, gfn] of gfns.entries()) guest.view.setBigUint64(LIST + 8 * index, BigInt(gfn), true);
    return op(name, 'xen_memory_reservation_t', {
      domid,
      nr_extents: gfns.length,
      extent_start: base + LIST,
      mem_flags,
    });
  };
  const populate = (gfns: readonly number[], flags = 0) => reservation('populate_physmap', HVM, gfns, flags);
  const place = (space: number, idx: number, gpfn: number) =>
    op('add_to_physmap', 'xen_add_to_physmap', { domid: HVM, space, idx, gpfn });
  return { xen, domain, memory: domain.memory, guest, op, reservation, populate, place };
}

const range = (first: number, count: number) => Array.from({ length: count }, (_, index) => first + index);

t.test('populate on demand: frames stay unpopulated, the target fills the cache, use empties it', async (t) => {
  const { memory, op, populate, reservation, xen } = await setup();
  const before = { free: xen.memory.heap.freePages, total: memory.totalPages };
  t.equal(populate(range(512, 64), POPULATE_ON_DEMAND), 64);
  t.equal(memory.pod.entries, 64);
  t.equal(populate(range(512, 64), POPULATE_ON_DEMAND), 64, 'again, which changes nothing');
  t.equal(memory.pod.entries, 64);
  t.equal(populate([0], POPULATE_ON_DEMAND), 0, 'a frame that has a page');
  const target = (target_pages: number) => op('set_pod_target', 'xen_pod_target', { domid: HVM, target_pages });
  t.equal(target(before.total + 84), 0);
  t.equal(memory.pod.cache, 64, 'no more than frames wait');
  t.equal(memory.totalPages, before.total + 64);
  t.equal(target(1), 0);
  t.equal(memory.pod.cache, 64, 'it does not shrink');
  t.equal(target(memory.maxPages + 1), -E.EINVAL);
  memory.demand(512);
  t.equal(memory.pageOf(512), 512);
  t.same([memory.pod.cache, memory.pod.entries], [63, 63]);
  t.equal(populate([513]), 1, 'populated after all');
  t.equal(memory.pod.entries, 62);
  t.equal(reservation('decrease_reservation', HVM, [514]), 1);
  t.equal(memory.pod.entries, 61);
  memory.release();
  t.ok(xen.memory.heap.freePages > before.free, 'the cache goes back with the rest');
});

t.test('the ring shows why no page was allocated', async (t) => {
  const { xen, memory, populate } = await setup();
  const said = () => xen.console.ring.text().trim().split('\n').at(-1);
  memory.maxPages = memory.totalPages;
  t.equal(populate([100]), 0);
  t.match(said(), `d0v0 Over-allocation for d4: ${memory.totalPages + 1} > ${memory.totalPages}`);
  memory.maxPages -= 1;
  t.equal(populate([100]), 0);
  t.match(said(), `d0v0 Inconsistent allocation for d4: ${memory.totalPages} > ${memory.maxPages}`);
  memory.maxPages = 16384;
  t.equal(populate([100], 16), 0, 'below 64 KiB there is none');
  t.equal(populate([100], 32), 1);
});

t.test('a page of Xen is mapped at one frame, which getdomaininfo reports', async (t) => {
  const { xen, memory, place, op } = await setup();
  t.equal(memory.sharedInfoGfn, undefined);
  t.equal(place(0, 0, 40), 0);
  t.equal(memory.sharedInfoGfn, 40);
  t.equal(place(0, 0, 41), 0);
  t.equal(memory.pageOf(40), undefined, 'it left the frame before');
  t.equal(memory.sharedInfoGfn, 41);
  t.equal(op('remove_from_physmap', 'xen_remove_from_physmap', { domid: HVM, gpfn: 41 }), 0);
  t.equal(memory.sharedInfoGfn, undefined);
  t.equal(op('remove_from_physmap', 'xen_remove_from_physmap', { domid: 3, gpfn: 41 }), -E.EACCES, 'of a PV domain');
  t.equal(place(1, 0, 2 ** 38), -E.ENOENT, "beyond a guest's frames");
  t.equal(place(1, 0, 2 ** 41), -E.ENOENT, 'and beyond all addresses');
  t.equal(place(1, 0, -1), -E.EINVAL, 'INVALID_GFN');
  t.equal(xen.domains.get(HVM)?.memory, memory);
});

t.test('wrong flags do nothing, and flags that no page fits give none', async (t) => {
  const { domain, reservation, populate, xen } = await setup();
  const [node, exact, virtual] = [(index: number) => ((index + 1) & 0xff) << 8, 0x20000, 0x40000];
  for (const [flags, done, why] of [
    [12, 0, 'no page has an address of 12 bits'],
    [13, 0, 'the heap has none so low'],
    [26, 0, 'nor below 64 MiB'],
    [27, 1, 'below 128 MiB'],
    [255, 1, 'any'],
    [node(63), 1, 'a node that the machine lacks: then another one'],
    [node(64), 0, 'no such node'],
    [node(254), 0, 'nor this'],
    [node(0) | exact, 1, 'its only node'],
    [node(1) | exact, 0, 'only another'],
    [exact, 1, 'any node'],
    [virtual | node(70), 1, 'no virtual nodes: any'],
  ] as const)
    t.equal(populate([0x800 + flags], flags), done, why);
  t.equal(reservation('decrease_reservation', HVM, [1], 12), 0);
  t.equal(reservation('decrease_reservation', HVM, [1], node(64)), 0);
  t.equal(reservation('decrease_reservation', HVM, [1], 13), 1, 'whose pages go back, wherever they are');
  domain.vnuma = {
    distances: Uint32Array.of(10, 20, 20, 10),
    ranges: new Uint8Array(24),
    vcpuToNode: Uint32Array.of(0, 1),
    machineNodes: Uint32Array.of(0, 3),
  };
  t.equal(populate([0x900], virtual | node(0) | exact), 1);
  t.equal(populate([0x901], virtual | node(1)), 1);
  t.equal(populate([0x902], virtual | node(1) | exact), 0);
  t.equal(populate([0x903], virtual | node(2)), 0, 'no such virtual node');
  t.equal(populate([0x904], virtual), 0);
  domain.maxPages = domain.memory.totalPages;
  const text = () => xen.console.ring.text();
  populate([0x905], 13);
  t.notMatch(text(), /Over-allocation/, 'Xen looks for the pages first');
  populate([0x905]);
  t.match(text(), /Over-allocation for d4/);
});

t.test('a domain cannot populate its own memory on demand', async (t) => {
  const { reservation } = await setup();
  t.equal(reservation('populate_physmap', 0x7ff0, [0xf0000], POPULATE_ON_DEMAND), 0);
  t.equal(reservation('populate_physmap', 0, [0xf0000], POPULATE_ON_DEMAND), 0);
  t.equal(reservation('populate_physmap', 3, [0xf0000], POPULATE_ON_DEMAND), 1, 'a PV guest has no such frames: done');
});

t.test('get_vnumainfo returns what setvnumainfo set', async (t) => {
  const { domain, guest, op } = await setup();
  const get = (fields: Readonly<Record<string, number>>) =>
    op('get_vnumainfo', 'xen_vnuma_topology_info', {
      domid: HVM,
      vdistance: base + LIST,
      vcpu_to_vnode: base + LIST + 64,
      vmemrange: base + LIST + 128,
      ...fields,
    });
  t.equal(get({ nr_vnodes: 2, nr_vcpus: 2, nr_vmemranges: 2 }), -E.EOPNOTSUPP);
  domain.vnuma = {
    distances: Uint32Array.of(10, 20, 20, 10),
    ranges: new Uint8Array(48).fill(7),
    vcpuToNode: Uint32Array.of(0, 1),
    machineNodes: Uint32Array.of(0, 0),
  };
  t.equal(get({ nr_vnodes: 1, nr_vcpus: 2, nr_vmemranges: 2 }), -E.ENOBUFS);
  t.equal(guest.view.getUint32(4, true), 2, 'how many there are');
  t.equal(get({ nr_vnodes: 2, nr_vcpus: 2, nr_vmemranges: 2 }), 0);
  t.equal(guest.view.getUint32(LIST + 4, true), 20);
  t.equal(guest.view.getUint32(LIST + 68, true), 1);
  t.equal(guest.bytes[LIST + 128], 7);
});

t.test('a page moved beyond the last frame leaves its frame, except to INVALID_GFN', async (t) => {
  for (const [version, invalid] of [
    ['4.14', -E.ENOENT],
    ['4.17', -E.EINVAL],
    ['4.20', -E.EINVAL],
  ] as const) {
    const { memory, place } = await setup(version);
    const before = memory.totalPages;
    for (const [from, to, result] of [
      [4, 2 ** 36, -E.ENOENT],
      [5, 2 ** 40, -E.ENOENT],
      [6, 2 ** 52, -E.ENOENT],
      [7, -1, invalid],
    ] as const) {
      t.equal(place(2, from, to), result);
      t.equal(memory.pageOf(from), invalid === -E.EINVAL && from === 7 ? 7 : undefined, `${version}: ${to}`);
    }
    t.equal(memory.totalPages, before, 'it still counts');
    t.equal(place(0, 0, 0x100), 0);
    t.equal(place(0, 0, 2 ** 36), -E.ENOENT);
    t.equal(memory.pageOf(0x100), undefined, `${version}: shared_info`);
  }
});

t.test('releases differ', async (t) => {
  for (const [version, moved, type, compat, pod] of [
    ['4.14', -E.EXDEV, -E.EOPNOTSUPP, 0, 0],
    ['4.17', 0, -E.EOPNOTSUPP, -E.EOPNOTSUPP, -E.EINVAL],
    ['4.20', 0, -E.EINVAL, -E.EOPNOTSUPP, -E.EINVAL],
  ] as const) {
    const { guest, op, place, xen } = await setup(version);
    t.equal(place(2, 5, 5), moved, `${version}: a page moved to itself`);
    const resource = { domid: HVM, type: 9, nr_frames: 1, frame_list: base + LIST };
    t.equal(op('acquire_resource', 'xen_mem_acquire_resource', resource), type, `${version}: no such resource`);
    const told = { '4.14': 32, '4.17': 2 ** 32 - E.EOPNOTSUPP, '4.20': 0 }[version];
    t.equal(op('acquire_resource', 'xen_mem_acquire_resource', { domid: HVM, type: 9 }), told === 0 ? -E.EINVAL : 0);
    const frames = xen.abi.struct('xen_mem_acquire_resource').field('nr_frames').get(guest.view);
    t.equal(frames, told, `${version}: how many frames it has`);
    const nowhere = { domid: HVM, type: 9, nr_frames: 1 };
    t.equal(op('acquire_resource', 'xen_mem_acquire_resource', nowhere), -E.EINVAL, `${version}: no list`);
    const list = { max_extents: 8, extent_start: base + LIST };
    t.equal(op('machphys_compat_mfn_list', 'xen_machphys_mfn_list', list), compat, `${version}: for 32-bit guests`);
    t.equal(op('get_pod_target', 'xen_pod_target', { domid: 3 }), pod, `${version}: of a PV domain`);
    t.equal(place(2, 100, 6), version === '4.20' ? -E.EACCES : -E.EINVAL, `${version}: no page to move`);
  }
});

t.test('a page moved to a frame is freed when another page replaces it (memory.set_pod_target)', async (t) => {
  const { memory, place } = await setup();
  const [SHARED_INFO, GMFN] = [0, 2];
  t.equal(place(GMFN, 0, 0x500), 0);
  t.equal(memory.totalPages, 16);
  t.equal(place(GMFN, 1, 0x500), 0);
  t.equal(memory.totalPages, 15);
  t.equal(place(SHARED_INFO, 0, 0x500), 0);
  t.equal(memory.totalPages, 14);
  t.equal(place(GMFN, 2, 0x500), 0);
  t.equal(memory.totalPages, 14, 'a page of Xen’s own does not count');
});

t.test('exchange gives a PV domain other machine frames for its own', async (t) => {
  const { xen, guest, op, reservation } = await setup();
  const OUT = LIST + 256;
  const memory = xen.domains.get(3)?.memory ?? t.fail();
  if (typeof memory === 'boolean') return;
  xen.domains.get(3)!.maxPages = 16384;
  const frame = (list: number, index: number) => Number(guest.view.getBigUint64(list + 8 * index, true));
  t.equal(reservation('populate_physmap', 3, [64, 65, 66, 67]), 4);
  const own = [0, 1, 2, 3].map((index) => frame(LIST, index));
  const exchange = (frames: readonly number[], order = 0, out = base + OUT) => {
    for (const [index, each] of frames.entries()) {
      guest.view.setBigUint64(LIST + 8 * index, BigInt(each), true);
      guest.view.setBigUint64(OUT + 8 * index, BigInt(80 + index), true);
    }
    const sides = { 'in.domid': 3, 'out.domid': 3, 'in.nr_extents': frames.length };
    const result = op('exchange', 'xen_memory_exchange', {
      ...sides,
      'in.extent_start': base + LIST,
      'out.extent_start': out,
      'out.nr_extents': frames.length >> order,
      'out.extent_order': order,
      nr_exchanged: 0,
    });
    return [result, xen.abi.struct('xen_memory_exchange').field('nr_exchanged').get(guest.view)];
  };
  const { totalPages } = memory;
  t.same(exchange(own.slice(0, 2)), [0, 2]);
  const got = [frame(OUT, 0), frame(OUT, 1)];
  t.same(
    got.map((mfn) => memory.m2p.get(mfn)),
    [80, 81],
    'the new ones are where the list said',
  );
  t.not(got[0], own[0], 'the first is new; the second may be the one that was free then');
  t.equal(memory.pageOf(own[1]!), undefined);
  t.equal(memory.totalPages, totalPages);
  t.same(exchange(got, 1), [0, 2], 'two frames for two adjacent ones');
  const first = frame(OUT, 0);
  t.equal(first % 2, 0);
  t.same([memory.m2p.get(first), memory.m2p.get(first + 1)], [80, 81]);
  t.same(exchange([first, 0x7ffffff]), [-E.EINVAL, 1], 'up to the frame that it does not have');
  t.same(exchange([first]), [-E.EINVAL, 0], 'which it no longer has');
  t.same(exchange([own[2]!, own[2]!], 1), [-E.EINVAL, 0], 'the same frame twice');
  t.same(exchange(own.slice(2), 0, 0x10), [-E.EFAULT, 0], 'a list that is not mapped');
  t.equal(memory.totalPages, totalPages);
});
