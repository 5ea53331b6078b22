import t from 'tap';
import { GNTMAP_DEVICE, GNTMAP_HOST, GNTMAP_READONLY, grantStatus } from '../../../src/xen/domain/grant-tables.ts';
import { addDomain, destroyDomain } from '../../../src/xen/domain/lifecycle.ts';
import { errno } from '../../../src/xen/errno.ts';
import type { Hypervisor } from '../../../src/xen/hypervisor.ts';
import { FakeGuest } from '../fake-guest.ts';
import { hypercall, testHypervisor } from '../host.ts';

const numbers = { map: 0, unmap: 1, setup: 2, transfer: 4, copy: 5, size: 6, setVersion: 8, version: 10, swap: 11 };
const structs: Record<number, string> = {
  0: 'gnttab_map_grant_ref',
  1: 'gnttab_unmap_grant_ref',
  2: 'gnttab_setup_table',
  4: 'gnttab_transfer',
  5: 'gnttab_copy',
  6: 'gnttab_query_size',
  8: 'gnttab_set_version',
  10: 'gnttab_get_version',
  11: 'gnttab_swap_grant_ref',
};

function caller(xen: Hypervisor, domid = 0) {
  const guest = new FakeGuest();
  return (command: number, fields: Record<string, number>, out?: string, count = 1) => {
    const struct = xen.abi.struct(structs[command] ?? '');
    guest.bytes.fill(0, 0, struct.size);
    for (const [name, value] of Object.entries(fields)) struct.field(name).set(guest.view, value);
    if (struct.has('frame_list')) struct.field('frame_list').set(guest.view, guest.base + 4096);
    const result = hypercall(xen, guest, 20, [command, guest.base, count], domid);
    return result !== 0 || out === undefined ? result : (struct.field(out).get(guest.view) << 16) >> 16;
  };
}

/** Dom0 and a PV domain 1 with 4 pages, of which `frames` are the machine frames. */
async function setUp() {
  const xen = await testHypervisor();
  const guest = addDomain(xen, { id: 1, type: 'pv', pool: xen.pools.first });
  guest.memory.maxPages = 4;
  const first = guest.memory.populate(0, 4) ?? 0;
  const dom0 = xen.domains.get(0);
  if (dom0 === undefined) throw new Error('no dom0');
  return { xen, guest, dom0, first };
}

t.test('dom0 gets the answers that a real Xen gave', async (t) => {
  const { xen } = await setUp();
  const op = caller(xen);
  const cases: [string, number, Record<string, number>, string, number][] = [
    ['size', numbers.size, { dom: 0x7ff0 }, 'nr_frames', 1],
    ['limit', numbers.size, { dom: 0 }, 'max_nr_frames', 64],
    ['size of no domain', numbers.size, { dom: 999 }, 'status', -2],
    ['version', numbers.version, { dom: 0x7ff0 }, 'version', 1],
    ['version of no domain', numbers.version, { dom: 999 }, 'version', -errno.ESRCH],
    ['set up one frame', numbers.setup, { dom: 0x7ff0, nr_frames: 1 }, 'status', 0],
    ['too many', numbers.setup, { dom: 0x7ff0, nr_frames: 100000 }, 'status', -1],
    ['of no domain', numbers.setup, { dom: 999, nr_frames: 1 }, 'status', -2],
    ['map of no domain', numbers.map, { dom: 999, flags: GNTMAP_HOST }, 'status', -2],
    ['unmap nothing', numbers.unmap, { handle: 12345 }, 'status', -4],
    ['copy from no domain', numbers.copy, { 'source.domid': 999, 'dest.domid': 0x7ff0, len: 8 }, 'status', -2],
  ];
  for (const [name, command, fields, out, expected] of cases) t.equal(op(command, fields, out), expected, name);
  const domU = caller(xen, 1);
  t.equal(domU(numbers.size, { dom: 0 }, 'status'), -8, 'another domain is not its business');
  t.equal(domU(numbers.map, { dom: 0, ref: 999999, flags: 3 }, 'status'), -3);
});

t.test('commands and counts are checked', async (t) => {
  const { xen } = await setUp();
  const guest = new FakeGuest();
  for (const [command, address, count, expected] of [
    [6, guest.base, 0, -errno.EINVAL],
    [6, guest.base, 2, -errno.EINVAL],
    [6, guest.base, 0xffffffff, -errno.EINVAL],
    [6, 0, 1, -errno.EFAULT],
    [0, 0, 0, 0],
    [3, 0, 1, -errno.ENOSYS],
    [4, 0, 1, -errno.EFAULT],
    [13, guest.base, 0, -errno.ENOSYS],
    [99, guest.base, 1, -errno.ENOSYS],
    [0x7fffffff, guest.base, 1, -errno.EINVAL],
  ] as const) {
    t.equal(hypercall(xen, guest, 20, [command, address, count]), expected, `${command}, ${count}`);
  }
});

t.test('a granted frame can be mapped and copied by the domain that it is granted to', async (t) => {
  const { xen, guest, dom0, first } = await setUp();
  guest.memory.writeFrame(first + 1, 100, Uint8Array.of(1, 2, 3));
  guest.grants.grantAccess(8, 0, first + 1, true);
  const op = caller(xen);
  t.equal(op(numbers.map, { dom: 1, ref: 8, flags: GNTMAP_DEVICE }, 'status'), -1, 'granted for reading only');
  t.equal(op(numbers.map, { dom: 1, ref: 9, flags: GNTMAP_DEVICE }, 'status'), -1, 'not granted');
  const handle = op(numbers.map, { dom: 1, ref: 8, flags: GNTMAP_DEVICE | GNTMAP_READONLY }, 'handle');
  t.equal(handle, 0);
  t.equal(dom0.grants.mapping(handle)?.frame, first + 1);
  t.notOk(guest.grants.endAccess(8), 'in use');
  const mfn = dom0.memory.populate(0, 1) ?? dom0.memory.sharedInfo;
  const copy = { 'source.domid': 1, 'source.u.ref': 8, 'source.offset': 100, 'dest.domid': 0x7ff0, len: 3, flags: 1 };
  t.equal(op(numbers.copy, { ...copy, 'dest.u.gmfn': mfn, 'dest.offset': 4094 }, 'status'), -10, 'across the end');
  t.equal(op(numbers.copy, { ...copy, 'dest.u.gmfn': mfn, 'dest.offset': 8 }, 'status'), 0);
  const bytes = new Uint8Array(3);
  dom0.memory.readFrame(mfn, 8, bytes);
  t.same([...bytes], [1, 2, 3]);
  t.equal(
    op(numbers.copy, { ...copy, flags: 0, 'source.u.gmfn': first }, 'status'),
    -8,
    'frames of others need a grant',
  );
  destroyDomain(xen, guest);
  t.equal(xen.domains.get(1), guest, 'a zombie while its page is mapped');
  t.equal(
    op(numbers.unmap, { handle }, 'status'),
    grantStatus.okay,
    'without its address it stays, and that is no error',
  );
  t.equal(xen.domains.get(1), guest);
  t.equal(op(numbers.unmap, { handle, dev_bus_addr: 0x1000 }, 'status'), grantStatus.generalError, 'another address');
  t.equal(op(numbers.unmap, { handle, dev_bus_addr: (first + 1) * 4096 }, 'status'), grantStatus.okay);
  t.equal(xen.domains.get(1), undefined);
});

t.test('version 2 keeps the reserved entries and has status frames', async (t) => {
  const { xen, guest, first } = await setUp();
  guest.grants.grantAccess(1, 0, first);
  guest.grants.grantAccess(20, 0, first);
  const op = caller(xen, 1);
  t.equal(op(numbers.setVersion, { version: 3 }), -errno.EINVAL);
  t.equal(op(numbers.setVersion, { version: 2 }), 0);
  t.equal(guest.grants.statusFrames, 1);
  const dom0 = xen.domains.get(0);
  t.equal(dom0 && guest.grants.access(1, dom0, true), first);
  t.equal(dom0 && guest.grants.access(20, dom0, true), grantStatus.generalError);
  t.equal(op(numbers.swap, { ref_a: 1, ref_b: 2 }, 'status'), 0);
  t.equal(dom0 && guest.grants.access(2, dom0, true), first);
  t.equal(op(numbers.swap, { ref_a: 1, ref_b: 99999 }, 'status'), -3);
});

t.test('a toolstack can map resources', async (t) => {
  const { xen, guest } = await setUp();
  const struct = xen.abi.struct('xen_mem_acquire_resource');
  const memory = new FakeGuest();
  const acquire = (fields: Record<string, number>) => {
    memory.bytes.fill(0);
    for (const [name, value] of Object.entries(fields)) struct.field(name).set(memory.view, value);
    return hypercall(xen, memory, 12, [28, memory.base]);
  };
  t.equal(acquire({ domid: 1, type: 1 }), 0);
  t.equal(struct.field('nr_frames').get(memory.view), 64);
  t.equal(acquire({ domid: 1, type: 1, nr_frames: 40, frame_list: memory.base + 4096 }), 0);
  t.equal(Number(memory.view.getBigUint64(4096, true)), guest.grants.sharedFrame(0));
  t.equal(guest.grants.frames, 40);
  t.equal(acquire({ domid: 1, type: 1, nr_frames: 65, frame_list: memory.base }), -errno.EINVAL);
  t.equal(acquire({ domid: 1, type: 1, id: 1, nr_frames: 1, frame_list: memory.base }), -errno.EINVAL, 'version 1');
  t.equal(acquire({ domid: 1, type: 0 }), -errno.EINVAL, 'a PV domain has no ioreq server');
  t.equal(acquire({ domid: 1, type: 1, pad: 1 }), -errno.EINVAL);
  t.equal(acquire({ domid: 999, type: 1 }), -errno.ESRCH);
});
