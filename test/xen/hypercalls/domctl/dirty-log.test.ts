// The log of dirty pages. The expected answers are those of real Xens 4.14.6 and 4.17.7 to the same calls (scripts/real-xen run).

import t from 'tap';
import { writeOverTime } from '../../../../src/guests/memory-writer.ts';
import { bootGuest } from '../../../../src/xen/domain/guest.ts';
import { errno as E } from '../../../../src/xen/errno.ts';
import { Control } from '../../control.ts';
import { FakeGuest } from '../../fake-guest.ts';
import { hypercall, testHypervisor } from '../../host.ts';

const BITS = 32768;
const GUEST = 1;
const [OFF, ENABLE, CLEAN, PEEK] = [0, 2, 11, 12];

async function logged(version: '4.14' | '4.17' = '4.17', type: 'hvm' | 'pv' = 'hvm') {
  const c = new Control(await testHypervisor({ version }), new FakeGuest());
  const domain = bootGuest(c.xen, { id: GUEST, type, pages: 256, vcpus: 1 });
  const shadow = (op: number, pages = 8192, bitmap = c.guest.base + BITS) => {
    c.guest.bytes.fill(0xff, BITS);
    return c.domctl('shadow_op', GUEST, {
      'shadow_op.op': op,
      'shadow_op.pages': pages,
      'shadow_op.dirty_bitmap': bitmap,
    });
  };
  /** The frames whose bits are set, and the count of dirty pages. */
  const read = (op: number, pages = 8192) => {
    t.equal(shadow(op, pages), 0);
    const frames: number[] = [];
    for (let frame = 0; frame < Math.ceil(pages / 8) * 8; frame += 1)
      if (((c.guest.bytes[BITS + (frame >> 3)] ?? 0) & (1 << (frame & 7))) !== 0) frames.push(frame);
    return { frames, dirty: c.out('shadow_op.stats.dirty_count') };
  };
  const modified = (first: number, count: number, extents = 1, done = 0) => {
    const { view, base } = c.guest;
    c.guest.bytes.fill(0, 0, 1024);
    view.setBigUint64(0, BigInt(base + 64), true);
    view.setUint32(8, 32, true);
    view.setBigUint64(16, BigInt(base + 512), true);
    view.setUint32(24, 16, true);
    view.setUint32(64, 11, true);
    view.setUint32(72, extents, true);
    view.setUint32(76, done, true);
    view.setUint32(512, count, true);
    view.setBigUint64(520, BigInt(first), true);
    return hypercall(c.xen, c.guest, 41, [GUEST, 2, base]);
  };
  return { c, domain, shadow, read, modified };
}

const frames = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

t.test('a device model marks pages; the log is read, and cleaned as it is read', async (t) => {
  const { domain, shadow, read, modified } = await logged();
  t.equal(modified(10, 10), 0, 'without a log');
  t.same(read(PEEK), { frames: [], dirty: 0 });
  t.equal(shadow(ENABLE), 0);
  t.equal(domain.memory.remove(5), true);
  t.equal(modified(10, 10), 0);
  t.same(read(PEEK), { frames: frames(10, 19), dirty: 10 });
  t.same(read(CLEAN, 12), { frames: frames(10, 15), dirty: 10 }, 'to the end of a byte');
  t.same(read(PEEK), { frames: [], dirty: 0 }, 'the others are cleaned with them');
  t.equal(modified(5, 1), 0, 'no page is there');
  t.same(read(PEEK), { frames: [], dirty: 0 });
  for (const [first, count, extents, done] of [
    [250, 100, 1, 0],
    [10, 0, 1, 0],
    [10, 1, 2, 0],
    [10, 4, 1, 4],
  ] as const)
    t.equal(modified(first, count, extents, done), -E.EINVAL);
  t.equal(modified(20, 4, 1, 2), 0, 'continued');
  t.same(read(PEEK), { frames: [22, 23], dirty: 2 });
  t.equal(modified(22, 1), 0);
  t.same(read(CLEAN, 0), { frames: [], dirty: 2 }, 'none asked for, none cleaned');
  t.same(read(PEEK), { frames: [22, 23], dirty: 0 });
  t.equal(shadow(CLEAN, 8192, 0), 0, 'cleaned without a bitmap');
  t.same(read(PEEK), { frames: [], dirty: 0 });
  t.equal(modified(30, 1), 0);
  t.equal(shadow(OFF), 0);
  t.same(read(PEEK), { frames: [], dirty: 1 }, 'the count stays');
  t.equal(shadow(ENABLE), 0);
  t.equal(shadow(ENABLE), -E.EINVAL);
  t.same(read(PEEK), { frames: [], dirty: 1 });
});

t.test('a copy to a granted page, and the end of a mapping for writing, mark the page', async (t) => {
  const { c, domain, shadow, read } = await logged();
  t.equal(shadow(ENABLE), 0);
  domain.grants.grantAccess(8, 0, 60);
  domain.grants.grantAccess(9, 0, 61);
  const { view, base } = c.guest;
  c.guest.bytes.fill(0, 0, 64);
  for (const [at, ref] of [
    [0, 8],
    [16, 9],
  ] as const) {
    view.setUint32(at, ref, true);
    view.setUint16(at + 8, GUEST, true);
  }
  view.setUint16(32, 16, true);
  view.setUint16(34, 3, true);
  t.equal(hypercall(c.xen, c.guest, 20, [5, base, 1]), 0);
  t.equal(view.getInt16(36, true), 0);
  t.same(read(CLEAN), { frames: [61], dirty: 1 });
  const dom0 = c.xen.domains.get(0);
  for (const flags of [2, 6]) {
    const handle = dom0?.grants.map(domain, 9, flags) ?? -1;
    t.same(read(PEEK).frames, []);
    t.equal(dom0?.grants.unmap(handle), 0);
    t.same(read(CLEAN).frames, flags === 2 ? [61] : [], 'a mapping for reading leaves it clean');
  }
});

t.test('pages that a guest has written over time are dirty when the log is read', async (t) => {
  const { domain, shadow, read } = await logged();
  let now = 0;
  writeOverTime(domain, () => now, { rate: 4096 * 10, address: 0x40000, size: 0x8000 });
  const value = (frame: number) => {
    const bytes = new Uint8Array(8);
    domain.memory.readFrame(frame, 0, bytes);
    return Number(new DataView(bytes.buffer).getBigUint64(0, true));
  };
  now = 0.25e9;
  t.equal(shadow(ENABLE), 0);
  t.same([value(64), value(65), value(66)], [1, 2, 0]);
  t.same(read(PEEK).frames, [], 'what was written before is not in the log');
  now = 0.5e9;
  t.same(read(CLEAN), { frames: frames(66, 68), dirty: 3 });
  domain.catchUp?.();
  domain.controllerPauseCount += 1;
  now = 100e9;
  t.same(read(CLEAN), { frames: [], dirty: 0 }, 'a paused guest writes nothing');
  domain.controllerPauseCount -= 1;
  now = 200e9;
  t.same(read(CLEAN), { frames: frames(64, 71), dirty: 8 }, 'the whole range, each page once');
  t.equal(Math.max(...frames(64, 71).map(value)), 1005);
});

t.test('a PV guest has a log only where Xen has shadow page tables', async (t) => {
  t.equal((await logged('4.17', 'pv')).shadow(ENABLE), -E.EOPNOTSUPP);
  const { domain, shadow, read } = await logged('4.14', 'pv');
  let now = 0;
  writeOverTime(domain, () => now, { rate: 4096, address: 0x40000, size: 0x8000 });
  t.equal(shadow(ENABLE), 0);
  now = 2e9;
  t.same(read(CLEAN), { frames: [64, 65], dirty: 2 }, "by the guest's own numbers");
});
