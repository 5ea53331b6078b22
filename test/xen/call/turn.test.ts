import t from 'tap';
import type { Hypervisor } from '../../../src/xen/hypervisor.ts';
import { FakeGuest } from '../fake-guest.ts';
import { testHypervisor } from '../host.ts';

const VERSION = 17;
const CONSOLE_IO = 18;
const MULTICALL = 13;
const SELF = 0x7ff0;

/** Issues a hypercall from dom0 and continues it as often as it yields. Returns the result and the number of parts. */
function inParts(xen: Hypervisor, guest: FakeGuest, number: number, args: readonly number[]) {
  const dom0 = xen.domains.get(0)!; // there is always one
  let bytes: Uint8Array | undefined;
  for (let parts = 1; ; parts++) {
    const call = xen.beginCall(dom0, guest, 64)!; // nothing is nested here
    if (bytes === undefined) {
      call.bytes.fill(0);
      for (const [index, value] of [number, ...args].entries()) call.view.setBigUint64(8 * index, BigInt(value), true);
    } else {
      call.bytes.set(bytes);
      call.preempted = true;
    }
    const result = Number(xen.dispatch(call));
    const isDone = !call.preempted;
    bytes = Uint8Array.from(call.bytes);
    xen.endCall();
    if (isDone) return { result, parts };
  }
}

/** Compares a hypervisor that never yields with one that always does; returns the number of parts of the latter. */
async function both(
  fill: (guest: FakeGuest, xen: Hypervisor) => void,
  number: number,
  args: (guest: FakeGuest) => number[],
) {
  const outcomes = [];
  for (const turn of [undefined, { isOver: () => true }]) {
    const xen = await testHypervisor();
    xen.turn = turn;
    const guest = new FakeGuest();
    fill(guest, xen);
    const seen = { entered: 0, left: 0 };
    xen.hooks.entered.add(() => seen.entered++);
    xen.hooks.left.add(() => seen.left++);
    const { result, parts } = inParts(xen, guest, number, args(guest));
    const ring = new Uint8Array(xen.console.ring.total - xen.console.ring.oldest);
    xen.console.ring.read(xen.console.ring.oldest, ring);
    outcomes.push({ parts, outcome: { result, seen, ring: Buffer.from(ring).toString(), guest: guest.bytes } });
  }
  const [whole, cut] = outcomes;
  return { whole: whole?.outcome, cut: cut?.outcome, parts: cut?.parts };
}

t.test('a console write in parts prints the same', async (t) => {
  const { whole, cut, parts } = await both(
    (guest) => guest.bytes.fill(0x61, 0, 1000).fill(10, 999, 1000),
    CONSOLE_IO,
    (guest) => [0, 1000, guest.base],
  );
  t.same(cut, whole);
  t.equal(parts, 8, 'of 128 bytes each');
});

t.test('a preempted multicall continues where it stopped, also within an entry', async (t) => {
  const entry = (guest: FakeGuest, index: number, number: number, args: readonly number[]) => {
    for (const [word, value] of [number, 0xdead, ...args].entries())
      guest.view.setBigUint64(64 * index + 8 * word, BigInt(value), true);
  };
  const fill = (guest: FakeGuest) => {
    for (const index of [0, 1, 3]) entry(guest, index, VERSION, []);
    entry(guest, 2, CONSOLE_IO, [0, 300, guest.base + 4096]);
    guest.bytes.fill(0x62, 4096, 4396).fill(10, 4395, 4396);
  };
  const { whole, cut, parts } = await both(fill, MULTICALL, (guest) => [guest.base, 4]);
  t.equal(parts, 6, 'four entries, of which one in three parts');
  // As on Xen, the interrupted entry shows what was left of it.
  const results = (guest: Uint8Array | undefined) =>
    [0, 1, 2, 3].map((index) => Buffer.from(guest ?? []).readBigInt64LE(64 * index + 8));
  t.same(results(cut?.guest), [0x40011n, 0x40011n, 0n, 0x40011n]);
  t.same([cut?.result, cut?.ring], [whole?.result, whole?.ring]);
});

t.test('an array of operations continues its count through the parts', async (t) => {
  const fill = (guest: FakeGuest, xen: Hypervisor) => {
    const struct = xen.abi.struct('mmuext_op');
    for (let index = 0; index < 5; index++)
      struct.field('cmd').set(new DataView(guest.bytes.buffer, struct.size * index), 6); // MMUEXT_TLB_FLUSH_LOCAL
  };
  const { whole, cut, parts } = await both(fill, 26, (guest) => [guest.base, 5, guest.base + 4096, SELF]);
  t.same(cut, whole);
  t.equal(parts, 5);
  t.equal(new DataView(cut?.guest.buffer ?? new ArrayBuffer(8192)).getUint32(4096, true), 5, 'all are done');
});

t.test('each grant has its status if they are served in parts', async (t) => {
  const fill = (guest: FakeGuest) => guest.bytes.fill(0x7f, 0, 24 * 4);
  const { whole, cut, parts } = await both(fill, 20, (guest) => [1, guest.base, 4]); // GNTTABOP_unmap_grant_ref
  t.same(cut, whole);
  t.equal(parts, 4);
});
