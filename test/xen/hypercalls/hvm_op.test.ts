import t from 'tap';
import type { XenVersion } from '../../../src/xen/abi/abi.ts';
import { bootGuest } from '../../../src/xen/domain/guest.ts';
import { errno } from '../../../src/xen/errno.ts';
import { FakeGuest } from '../fake-guest.ts';
import { hypercall, testHypervisor } from '../host.ts';

const base = 0x10000;
const SELF = 0x7ff0;

async function setup(version?: XenVersion) {
  const xen = await testHypervisor(version === undefined ? {} : { version });
  for (const [id, type] of [
    [3, 'pvh'],
    [4, 'hvm'],
    [5, 'pv'],
  ] as const) {
    bootGuest(xen, { id, type, pages: 1024 });
  }
  const guest = new FakeGuest();
  const op = (caller: number, number: number, ...words: number[]) => {
    guest.bytes.fill(0, 0, 64);
    for (const [index, word] of words.entries()) guest.view.setUint32(4 * index, word, true);
    return hypercall(xen, guest, 34, [number, base], caller);
  };
  const set = (caller: number, domain: number, index: number, value: number) => op(caller, 0, domain, index, value);
  const get = (caller: number, domain: number, index: number) => op(caller, 1, domain, index);
  return { xen, guest, op, set, get };
}

t.test('access to each parameter depends on the caller', async (t) => {
  const { set, get, guest } = await setup();
  const { EPERM, EEXIST, EINVAL, ESRCH } = errno;
  for (const [what, got, expected] of [
    ['a guest sets its callback', set(3, SELF, 0, 7), 0],
    ['and reads it', get(3, SELF, 0), 0],
    ['a guest reads its store page', get(3, SELF, 1), 0],
    ['but does not set it', set(3, SELF, 1, 9), -EPERM],
    ['nor what its tools need', get(3, SELF, 33), -EPERM],
    ['the tools do', set(0, 3, 1, 9), 0],
    ['a guest of another', get(3, 4, 1), -EPERM],
    ['a PV domain has none', get(0, 5, 1), -EINVAL],
    ['nor has nobody', get(0, 999, 1), -ESRCH],
    ['deprecated: read', get(0, 3, 13), -EINVAL],
    ['deprecated: set', set(0, 3, 26, 1), -EINVAL],
    ['an I/O page', set(0, 4, 5, 77), 0],
    ['the same again', set(0, 4, 5, 77), 0],
    ['another one', set(0, 4, 5, 78), -EEXIST],
    ['a timer mode', set(0, 4, 10, 3), 0],
    ['no timer mode', set(0, 4, 10, 4), -EINVAL],
    ['sleep state 1', set(0, 4, 14, 1), -EINVAL],
    ['nested, though not created so', set(0, 4, 24, 1), -EINVAL],
    ['a reason for a shutdown', set(0, 4, 31, 6), -EINVAL],
    ['no pages for ioreq servers', set(0, 4, 33, 0), -EINVAL],
    ['width of the FPU instruction pointer', set(0, 4, 36, 5), -EINVAL],
    ['enlightenments without the basic ones', set(0, 4, 9, 2), -EINVAL],
    ['an index too many', set(0, 4, 39, 0), -EINVAL],
  ] as const) {
    t.equal(got, expected, what);
  }
  t.equal(get(0, 4, 5), 0);
  t.equal(guest.view.getUint32(8, true), 77);
});

t.test('the other operations check their arguments in Xen’s order', async (t) => {
  const { xen, op, guest } = await setup();
  const null34 = (caller: number, number: number) => hypercall(xen, guest, 34, [number, 0], caller);
  t.equal(null34(5, 23), -errno.EINVAL, 'set_evtchn_upcall_vector: PV first');
  t.equal(null34(3, 23), -errno.EFAULT);
  t.equal(op(3, 23, 0, 0x0f), -errno.EINVAL);
  t.equal(op(3, 23, 1, 0x20), -errno.ENOENT);
  t.equal(op(3, 23, 0, 0x20), 0);
  t.equal(op(0, 9, 999), -errno.ESRCH, 'pagetable_dying');
  t.equal(op(3, 9, SELF), -errno.EINVAL, 'no shadow paging');
  t.equal(op(3, 11, 0x1000), -errno.EINVAL, 'xentrace: no guest’s event');
  t.equal(op(3, 11, 0x1d0000 | 1), -errno.EINVAL, 'too many bytes');
  t.equal(op(3, 11, 1), 0);
  t.equal(op(5, 15, 4), -errno.EPERM, 'get_mem_type of another: rights before type');
  t.equal(op(5, 15, SELF), -errno.EINVAL);
  for (const [pfn, type] of [
    [1, 0],
    [0x5000, 2],
  ] as const) {
    t.equal(op(0, 15, 3, 0, pfn), 0);
    t.equal(guest.view.getUint16(2, true), type, `page ${pfn}`);
  }
});

t.test('HVM guests use physdev_op for their interrupts', async (t) => {
  const { xen, guest } = await setup();
  const physdev = (caller: number, number: number, word: number) => {
    guest.view.setUint32(0, word, true);
    return hypercall(xen, guest, 33, [number, base], caller);
  };
  for (const number of [4, 5, 6, 12, 13, 25]) t.equal(physdev(3, number, 1), -errno.ENOSYS, `PVH, ${number}`);
  t.equal(physdev(4, 5, 1), 0, 'HVM: irq_status_query');
  t.equal(physdev(4, 6, 1), -errno.ENOSYS, 'HVM: set_iopl');
  t.equal(physdev(4, 5, 56), -errno.EINVAL);
  t.equal(physdev(5, 5, 55), 0, 'a PV guest has 56 interrupts');
  t.equal(physdev(0, 5, 415), 0);
  t.equal(physdev(0, 5, 416), -errno.EINVAL);
  const bind = (caller: number, pirq: number) => {
    guest.view.setUint32(0, pirq, true);
    return hypercall(xen, guest, 32, [2, base], caller);
  };
  t.equal(bind(5, 3), -errno.EPERM);
  t.equal(bind(5, 56), -errno.EINVAL);
  t.equal(bind(4, 3), 0);
  t.equal(bind(4, 3), -errno.EEXIST);
  t.equal(bind(0, 415), 0);
});

t.test('altp2m and nested virtualization exclude each other, as on a real 4.14.6', async (t) => {
  const { set, get, guest } = await setup('4.14');
  t.equal(set(0, 3, 35, 2), 0);
  t.equal(get(0, 3, 35), 0);
  t.equal(guest.view.getUint32(8, true), 2);
  t.equal(set(0, 3, 24, 1), -errno.EINVAL);
  t.equal(set(0, 4, 24, 1), 0);
  t.equal(set(0, 4, 35, 1), -errno.EINVAL);
  t.equal(set(0, 4, 35, 0), 0);
});
