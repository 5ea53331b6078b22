import t from 'tap';
import type { XenVersion } from '../../../src/xen/abi/abi.ts';
import { bootGuest } from '../../../src/xen/domain/guest.ts';
import { errno as E } from '../../../src/xen/errno.ts';
import { FakeGuest } from '../fake-guest.ts';
import { hypercall, testHypervisor } from '../host.ts';

// The expected answers were recorded on a real 4.17.7 unless another release is named (data/real-xen, scripts/real-xen run).

const base = 0x10000;
const DATA = 512;
const HVM = 4;
const VCPUS = 2;

async function setup(version: XenVersion = '4.17') {
  const xen = await testHypervisor({ version });
  bootGuest(xen, { id: HVM, type: 'hvm', pages: 64, vcpus: VCPUS });
  bootGuest(xen, { id: 5, type: 'pv', pages: 64 });
  const guest = new FakeGuest();
  const numbers = xen.abi.subOperations('XEN_DMOP');
  const HEADER = 64;
  /** Bytes of the operation's struct at the offsets of the header: [offset, size, value]. */
  const dm = (name: string, members: readonly (readonly [number, 1 | 2 | 4 | 8, number])[], domain = HVM, data = 0) => {
    guest.bytes.fill(0, 0, HEADER + 32);
    guest.view.setBigUint64(0, BigInt(base + HEADER), true);
    guest.view.setUint32(8, 32, true);
    guest.view.setBigUint64(16, BigInt(base + DATA), true);
    guest.view.setUint32(24, data, true);
    guest.view.setUint32(HEADER, numbers[name] ?? 0, true);
    for (const [offset, size, value] of members) {
      const at = HEADER + 8 + offset;
      if (size === 8) guest.view.setBigUint64(at, BigInt(value), true);
      else if (size === 4) guest.view.setUint32(at, value, true);
      else if (size === 2) guest.view.setUint16(at, value, true);
      else guest.view.setUint8(at, value);
    }
    return hypercall(xen, guest, 41, [domain, data > 0 ? 2 : 1, base]);
  };
  const out = (offset: number, size: 2 | 4) =>
    size === 2 ? guest.view.getUint16(HEADER + 8 + offset, true) : guest.view.getUint32(HEADER + 8 + offset, true);
  const create = (buffering: number) => dm('create_ioreq_server', [[0, 1, buffering]]);
  const range = (name: string, id: number, type: number, start: number, end: number) =>
    dm(`${name}_ioreq_server`, [
      [0, 2, id],
      [4, 4, type],
      [8, 8, start],
      [16, 8, end],
    ]);
  const map = (...about: [number, number, number, number]) => range('map_io_range_to', ...about);
  const unmap = (...about: [number, number, number, number]) => range('unmap_io_range_from', ...about);
  const typeOf = (pfn: number) => {
    guest.bytes.fill(0, 0, 32);
    guest.view.setUint16(0, HVM, true);
    guest.view.setBigUint64(8, BigInt(pfn), true);
    const result = hypercall(xen, guest, 34, [15, base]);
    return result < 0 ? result : guest.view.getUint16(2, true);
  };
  const setType = (pfn: number, count: number, type: number) =>
    dm('set_mem_type', [
      [0, 4, count],
      [4, 2, type],
      [8, 8, pfn],
    ]);
  return { xen, guest, dm, out, create, map, unmap, typeOf, setType };
}

t.test('the domain of an operation is checked before its command', async (t) => {
  const { dm } = await setup();
  t.equal(dm('nr_vcpus', [], 0x7ff0), -E.ESRCH, 'DOMID_SELF is no domain here');
  t.equal(dm('nr_vcpus', [], 0), -E.EPERM, 'the caller itself');
  t.equal(dm('nr_vcpus', [], 5), -E.EINVAL, 'a PV domain');
  t.equal(dm('nr_vcpus', [], 999), -E.ESRCH);
  t.equal(dm('no such', []), -E.EOPNOTSUPP);
  t.equal(dm('set_irq_level', []), -E.EOPNOTSUPP);
});

t.test('there are up to eight ioreq servers, each with a port for each vcpu and one for the ring', async (t) => {
  const { xen, dm, create, out } = await setup();
  const channels = xen.domains.get(HVM)?.eventChannels;
  const before = channels?.ports().length ?? 0;
  t.equal(create(3), -E.EINVAL, 'no such way of buffering');
  t.equal(dm('create_ioreq_server', [[2, 1, 1]]), -E.EINVAL, 'padding');
  t.equal(create(1), 0);
  t.equal(out(4, 2), 0, 'its id');
  t.equal(channels?.ports().length, before + VCPUS + 1);
  t.equal(dm('get_ioreq_server_info', [[2, 2, 1]]), 0);
  t.equal(channels?.get(out(4, 4))?.state, 'unbound', 'the port of its ring');
  t.equal(dm('get_ioreq_server_info', [[2, 2, 2]]), -E.EINVAL, 'an unknown flag');
  for (let id = 1; id < 8; id += 1) t.equal(create(0), 0);
  t.equal(out(4, 2), 7);
  t.equal(create(0), -E.ENOSPC);
  t.equal(dm('destroy_ioreq_server', [[0, 2, 3]]), 0);
  t.equal(dm('destroy_ioreq_server', [[0, 2, 3]]), -E.ENOENT);
  t.equal(create(0), 0);
  t.equal(out(4, 2), 3, 'the lowest free id');
  for (let id = 0; id < 8; id += 1) t.equal(dm('destroy_ioreq_server', [[0, 2, id]]), 0);
  t.equal(channels?.ports().length, before, 'all ports are free again');
});

t.test('an enabled server finds the port of each vcpu in its slot', async (t) => {
  const { xen, dm, create } = await setup();
  t.equal(create(2), 0);
  const { deviceModel, eventChannels, memory } = xen.domains.get(HVM) ?? {};
  const frames = [0, 1].map((index) => deviceModel?.servers.frame(deviceModel.servers.get(0)!, index) ?? 0);
  const ports = () => {
    const bytes = new Uint8Array(64);
    memory?.frames.read(memory.special.pageOf(frames[1]!), 0, bytes);
    return [24, 56].map((at) => new DataView(bytes.buffer).getUint32(at, true));
  };
  t.same(ports(), [0, 0], 'not before it is enabled');
  const state = [
    [0, 2, 0],
    [2, 1, 1],
  ] as const;
  t.equal(dm('set_ioreq_server_state', state), 0);
  t.same(ports(), deviceModel?.servers.get(0)?.ports);
  for (const port of ports()) t.match(eventChannels?.get(port), { state: 'unbound', remoteId: 0 });
});

t.test('ranges of a server: not inverted, not duplicate; only mapped ranges are unmapped', async (t) => {
  const { create, map, unmap } = await setup();
  t.equal(map(0, 0, 0x70, 0x7f), -E.ENOENT, 'no such server');
  t.equal(map(0, 0, 0x80, 0x7f), -E.EINVAL, 'inverted, which comes first');
  t.equal(create(0), 0);
  t.equal(map(0, 3, 0x70, 0x7f), -E.EINVAL, 'no such kind');
  t.equal(map(0, 0, 0x70, 0x7f), 0);
  t.equal(map(0, 0, 0x78, 0x8f), -E.EEXIST);
  t.equal(map(0, 1, 0x78, 0x8f), 0, 'memory is another kind');
  t.equal(unmap(0, 0, 0x70, 0x73), 0, 'a part of it');
  t.equal(unmap(0, 0, 0x70, 0x73), -E.ENOENT);
  t.equal(unmap(0, 0, 0x78, 0x79), 0, 'out of its middle');
  t.equal(unmap(0, 0, 0x74, 0x7f), -E.ENOENT, 'which is two now');
  t.equal(map(0, 0, 0x78, 0x79), 0);
  t.equal(unmap(0, 0, 0x74, 0x7f), 0, 'joined again');
  for (let range = 0; range < 256; range += 1) if (map(0, 2, range * 2, range * 2) !== 0) t.fail(`range ${range}`);
  t.equal(map(0, 2, 0x1000, 0x1000), -E.ENOMEM, 'the 257th');
});

t.test('memory types that a device model may set, and those that it reads', async (t) => {
  const { dm, create, typeOf, setType } = await setup();
  t.equal(typeOf(5), 0, 'RAM');
  t.equal(typeOf(0x5000), 2, 'no page');
  t.equal(setType(5, 2, 1), 0);
  t.equal(typeOf(6), 1);
  t.equal(setType(5, 0, 1), -E.EINVAL);
  t.equal(setType(5, 1, 3), -E.EINVAL, 'an unused type');
  t.equal(setType(0x5000, 1, 0), -E.EINVAL, 'beyond the guest');
  t.equal(setType(5, 1, 4), -E.EINVAL, 'nobody serves that type');
  t.equal(create(0), 0);
  const serve = (flags: number, id = 0) =>
    dm('map_mem_type_to_ioreq_server', [
      [0, 2, id],
      [2, 2, 4],
      [4, 4, flags],
    ]);
  t.equal(serve(1), -E.EINVAL, 'reads cannot be served');
  t.equal(serve(2, 1), -E.ENOENT);
  t.equal(serve(2), 0);
  t.equal(serve(2), -E.EBUSY);
  t.equal(setType(5, 1, 4), -E.EINVAL, 'from writable RAM only');
  t.equal(setType(7, 1, 4), 0);
  t.equal(typeOf(7), 4);
  t.equal(setType(7, 1, 1), -E.EINVAL);
  t.equal(setType(7, 1, 0), 0);
  t.equal(serve(0), 0);
  t.equal(serve(0), -E.EINVAL, 'it serves them no more');
  t.equal(setType(9, 1, 2), 0);
  t.equal(setType(9, 1, 0), -E.EINVAL, 'there is no way back');
});

t.test('tracked video memory is dirty at first, read-only, and clipped at the end of the guest', async (t) => {
  const { xen, guest, dm, typeOf } = await setup();
  const track = (first: number, count: number, data = 64) =>
    dm(
      'track_dirty_vram',
      [
        [0, 4, count],
        [8, 8, first],
      ],
      HVM,
      data,
    );
  t.equal(track(10, 16, 0), -E.EINVAL, 'without a bitmap');
  t.equal(track(10, 1024, 64), -E.EINVAL, 'a bitmap too small');
  t.equal(track(10, 16), 0);
  t.same([...guest.bytes.subarray(DATA, DATA + 3)], [255, 255, 0]);
  t.equal(track(10, 16), 0);
  t.same([...guest.bytes.subarray(DATA, DATA + 2)], [0, 0], 'nothing since');
  t.equal(typeOf(12), 1);
  const said = () => xen.console.ring.text().match(/Dom4 logdirty rangeset clipped to max_mapped_pfn/g)?.length ?? 0;
  const before = said();
  t.equal(track(40, 0x100000 / 8, 0x10000), 0);
  t.equal(said(), before + 1);
  t.equal(track(0, 0), 0);
  t.equal(typeOf(12), 0);
});

t.test('interrupts and events are checked; each vcpu has at most one pending event', async (t) => {
  const { xen, dm, out } = await setup();
  const event = (vcpu: number, pad = 0) =>
    dm('inject_event', [
      [0, 4, vcpu],
      [7, 1, pad],
    ]);
  t.equal(event(2), -E.EINVAL);
  t.equal(event(0, 1), -E.EINVAL);
  t.equal(event(0), 0);
  t.equal(event(0), -E.EBUSY);
  t.equal(event(1), 0);
  t.equal(
    dm('inject_msi', [
      [0, 4, 0x30],
      [8, 8, 0xfee00000],
    ]),
    0,
  );
  const msi = (data: number, address: number, domain = HVM) =>
    dm(
      'inject_msi',
      [
        [0, 4, data],
        [8, 8, address],
      ],
      domain,
    );
  t.equal(msi(0x700, 0xfee00000), -E.ERANGE, 'neither a vector nor the number of an interrupt');
  t.equal(msi(1, 0xfee01000), 0);
  t.equal(msi(0x101, 0xfee00000), -E.ESRCH, 'for the virtual CPU of the lowest priority: none has its controller on');
  for (const mode of [2, 3, 4, 5, 6, 7]) t.equal(msi((mode << 8) | 0x20, 0xfee00000), -E.EINVAL);
  t.equal(msi(0, 0xfee38000), -E.EINVAL, 'a number that a guest may not have');
  t.equal(msi(0, 0x100fee00000), -E.EINVAL, 'in the upper half, too');
  t.equal(msi(0, 0xfee05000), 0, 'the first number');
  t.equal(msi(0, 0xfee06000), -E.EBUSY, 'there is only one');
  t.equal(msi(0x700, 0xfee05000), 0);
  t.equal(dm('set_isa_irq_level', [[0, 1, 16]]), -E.EINVAL);
  t.equal(dm('set_isa_irq_level', [[1, 1, 2]]), -E.EINVAL);
  t.equal(dm('set_pci_link_route', [[0, 1, 4]]), -E.EINVAL);
  t.equal(dm('set_pci_intx_level', [[3, 1, 32]]), -E.EINVAL);
  t.equal(dm('set_pci_intx_level', [[2, 1, 1]]), -E.EINVAL, 'another bus');
  t.equal(dm('nr_vcpus', []), 0);
  t.equal(out(0, 4), VCPUS);
  t.equal(dm('remote_shutdown', [[0, 4, 2]]), 0);
  t.ok(xen.domains.get(HVM)?.shutDown);
});

t.test('memory is moved, and cache attributes are pinned without overlaps', async (t) => {
  const { xen, dm } = await setup();
  const memory = xen.domains.get(HVM)?.memory;
  const move = (from: number, to: number, count = 1) =>
    dm('relocate_memory', [
      [0, 4, count],
      [8, 8, from],
      [16, 8, to],
    ]);
  t.equal(move(5, 0x700), 0);
  t.equal(memory?.pageOf(5), undefined);
  t.equal(memory?.pageOf(0x700), 5);
  t.equal(move(5, 0x701), -E.EINVAL, 'no page');
  t.equal(move(0, -1), -E.EINVAL, 'INVALID_GFN');
  t.equal(memory?.pageOf(0), 0);
  t.equal(move(0, 2 ** 50), -E.ENOENT, 'beyond all');
  t.equal(memory?.pageOf(0), undefined, 'the page left its frame');
  const pin = (start: number, end: number, type: number) =>
    dm('pin_memory_cacheattr', [
      [0, 8, start],
      [8, 8, end],
      [16, 4, type],
    ]);
  t.equal(pin(0, 10, 6), 0);
  t.equal(pin(0, 10, 4), 0, 'another type');
  t.equal(pin(5, 15, 6), -E.EBUSY);
  t.equal(pin(11, 15, 2), -E.EINVAL);
  t.equal(pin(0, 10, 0xffffffff), 0);
  t.equal(pin(0, 10, 0xffffffff), -E.ENOENT);
});

t.test('releases differ', async (t) => {
  for (const [version, without, vcpus, moved] of [
    ['4.14', 0, -E.EOPNOTSUPP, -E.EINVAL],
    ['4.17', -E.EINVAL, 0, -E.EINVAL],
    ['4.20', -E.EINVAL, 0, -E.EACCES],
  ] as const) {
    const { dm, create } = await setup(version);
    t.equal(dm('modified_memory', []), without, `${version}: modified_memory without extents`);
    t.equal(dm('nr_vcpus', []), vcpus, `${version}: nr_vcpus`);
    t.equal(
      dm('relocate_memory', [
        [0, 4, 1],
        [8, 8, 0x5000],
      ]),
      moved,
      `${version}: no page to move`,
    );
    t.equal(create(0), 0);
    t.equal(
      dm('get_ioreq_server_info', []),
      version === '4.20' ? -E.ENOMEM : 0,
      `${version}: pages without a frame set aside`,
    );
  }
});
