import t from 'tap';
import { errno } from '../../../src/xen/errno.ts';
import { FakeGuest } from '../fake-guest.ts';
import { hypercall, testHypervisor } from '../host.ts';

const { EPERM, EFAULT, EINVAL, EBUSY, E2BIG, ENOSYS } = errno;
const op = {
  init: 0,
  resetActive: 1,
  setActive: 3,
  setPassive: 4,
  reserve: 5,
  counter: 6,
  setUp: 7,
  enable: 8,
  start: 9,
  stop: 10,
  disable: 11,
  release: 12,
  shutdown: 13,
  getBuffer: 14,
  backtrace: 15,
  ibs: 17,
} as const;

// What Debian's Xen 4.14.6 and 4.17.7 answer to a PV dom0 (group profiling of test/fidelity); 4.20.4 has no profiler.
for (const version of ['4.14', '4.17'] as const) {
  t.test(`Xen ${version}: a profiler is set up in order, and each step out of order gives EPERM`, async (t) => {
    const xen = await testHypervisor({ version });
    const guest = new FakeGuest();
    const ask = (name: keyof typeof op, first = 0, at = guest.base) => {
      guest.view.setUint32(0, first, true);
      return hypercall(xen, guest, 31, [op[name], at]);
    };
    t.equal(ask('reserve'), -EPERM, 'nobody profiles yet');
    t.equal(ask('enable'), -EPERM);
    t.match(xen.console.ring.text(), /xenoprof_reset_buf: ERROR - Unexpected Xenoprof NULL pointer \n/);
    t.equal(ask('getBuffer'), 0);
    t.equal(guest.view.getUint32(8, true), 48, 'the bytes of a buffer without samples');
    t.not(guest.view.getBigUint64(16, true), 0n);
    t.equal(ask('getBuffer'), -EBUSY, 'once');
    t.match(xen.console.ring.text(), /dom0 mfn 0x[0-9a-f]+ page->count_info 0xc000000000000001\n/);
    t.equal(ask('init', 0, 0), -EFAULT);
    t.equal(ask('init'), 0);
    t.same([guest.view.getUint32(0, true), guest.view.getUint32(4, true)], [4, 1], 'counters, primary');
    t.equal(Buffer.from(guest.bytes.subarray(8, 23)).toString(), 'x86-64/hammer\0\0');
    t.equal(ask('setActive', 0, 0), -EFAULT);
    t.equal(ask('setActive', 5), -EINVAL, 'no such domain');
    t.equal(ask('setActive', 0), 0);
    t.equal(ask('setPassive', 0), 0);
    t.equal(ask('counter'), -EPERM, 'counters are not reserved');
    t.equal(ask('ibs'), -EPERM);
    t.equal(ask('reserve'), 0);
    t.equal(ask('reserve'), -EPERM);
    t.equal(ask('shutdown'), -EPERM, 'while counters are reserved');
    t.equal(ask('counter', 3), 0);
    t.equal(ask('counter', 4), -E2BIG);
    t.equal(ask('counter', 0, 0), -EFAULT);
    t.equal(ask('setUp'), 0);
    t.equal(ask('start'), -EPERM, 'no active domain is ready');
    t.equal(ask('enable'), 0);
    t.equal(ask('start'), 0);
    t.equal(ask('start'), -EPERM);
    t.equal(ask('stop'), 0);
    t.equal(ask('stop'), -EPERM);
    t.equal(ask('getBuffer'), -EBUSY);
    t.equal(ask('disable'), 0);
    t.equal(ask('getBuffer'), 0, 'it was given back');
    t.equal(ask('disable'), -EPERM);
    t.equal(ask('getBuffer'), -EBUSY);
    t.equal(ask('backtrace', 0, 0), -EFAULT);
    t.equal(ask('backtrace', 5), 0);
    t.equal(ask('init'), 0, 'starts anew');
    t.equal(ask('reserve'), -EBUSY, 'without having given the counters back');
    t.equal(ask('resetActive'), 0);
    t.equal(ask('shutdown'), 0);
    t.equal(ask('resetActive'), -EPERM);
    t.equal(hypercall(xen, guest, 31, [18, guest.base]), -EINVAL);
  });
}

t.test('Xen 4.20 has no profiler; released counters can be reserved again', async (t) => {
  const guest = new FakeGuest();
  const without = await testHypervisor({ version: '4.20' });
  for (const number of [...Object.values(op), 99]) {
    t.equal(hypercall(without, guest, 31, [number, guest.base]), -ENOSYS);
  }
  const xen = await testHypervisor({ version: '4.17' });
  const ask = (number: number) => hypercall(xen, guest, 31, [number, guest.base]);
  t.same([op.init, op.reserve, op.release, op.reserve, op.release, op.release].map(ask), [0, 0, 0, 0, 0, -EPERM]);
});
