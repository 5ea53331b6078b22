import t from 'tap';
import { errno } from '../../src/xen/errno.ts';
import { FakeGuest } from './fake-guest.ts';
import { hypercall, printedAfter, testHypervisor } from './host.ts';

t.test('a number outside the table answers ENOSYS', async (t) => {
  const xen = await testHypervisor();
  const guest = new FakeGuest();
  for (const number of [77, 1000, 2 ** 32 + 17, -1, 2n ** 63n + 17n]) {
    t.equal(hypercall(xen, guest, number), -errno.ENOSYS, `hypercall ${number}`);
  }
});

t.test('xen_version names the version, and copies text with its padding', async (t) => {
  const xen = await testHypervisor();
  const guest = new FakeGuest();
  t.equal(hypercall(xen, guest, 17, [0, 0]), 0x40011);
  guest.bytes.fill(0xaa);
  t.equal(hypercall(xen, guest, 17, [1, guest.base]), 0);
  t.same([...guest.bytes.subarray(0, 17)], [0x2e, 0x37, ...new Array(14).fill(0), 0xaa]);
  t.equal(hypercall(xen, guest, 17, [1, 0]), -errno.EFAULT);
  t.equal(hypercall(xen, guest, 17, [99, guest.base]), -errno.ENOSYS);
});

t.test('what dom0 writes to the console enters the ring only with console_to_ring', async (t) => {
  const guest = new FakeGuest();
  guest.bytes.set(new TextEncoder().encode('hello\n'));
  for (const [commandLine, there] of [
    ['', false],
    ['console_to_ring', true],
  ] as const) {
    const xen = await testHypervisor({ commandLine });
    let serial = '';
    xen.console.onSerial.add((bytes) => {
      serial += new TextDecoder().decode(bytes);
    });
    t.equal(hypercall(xen, guest, 18, [0, 6, guest.base]), 0);
    t.equal(serial, 'hello\n');
    t.equal(xen.console.ring.text().endsWith('hello\n'), there);
  }
});

t.test('printk obeys the thresholds and prefixes each line', async (t) => {
  const xen = await testHypervisor({ commandLine: 'loglvl=info guest_loglvl=none console_timestamps=boot' });
  const printed = printedAfter(xen);
  xen.console.printk('<3>debug is not shown at info\n');
  xen.console.printk('<2>info is\n');
  xen.console.printk('<1>one\ntwo');
  xen.console.printk(' and on\n');
  xen.console.printk('<G><0>of a guest\n');
  const stamp = '(XEN) [    1.000000] ';
  t.equal(printed(), `${stamp}info is\n${stamp}one\n${stamp}two and on\n`);
});

t.test('readconsole reads from the oldest byte, continues by index, and clears what it returned', async (t) => {
  const xen = await testHypervisor();
  const guest = new FakeGuest();
  const struct = xen.abi.struct('xen_sysctl');
  const buffer = guest.base + 4096;
  const read = (clear: number, incremental: number, index: number, count: number) => {
    struct.field('cmd').set(guest.view, 1);
    struct.field('interface_version').set(guest.view, xen.abi.sysctlVersion);
    struct.field('u.readconsole.clear').set(guest.view, clear);
    struct.field('u.readconsole.incremental').set(guest.view, incremental);
    struct.field('u.readconsole.index').set(guest.view, index);
    struct.field('u.readconsole.buffer').set(guest.view, buffer);
    struct.field('u.readconsole.count').set(guest.view, count);
    t.equal(hypercall(xen, guest, 35, [guest.base]), 0);
    const got = struct.field('u.readconsole.count').get(guest.view);
    const text = new TextDecoder().decode(guest.bytes.subarray(4096, 4096 + got));
    return { text, index: struct.field('u.readconsole.index').get(guest.view) };
  };
  const all = read(0, 0, 0, 16384);
  t.match(all.text, /^\(XEN\) /);
  t.equal(read(0, 1, all.index, 16384).text, '');
  t.equal(read(1, 0, 0, 6).text, '(XEN) ');
  t.equal(read(0, 0, 0, 16384).text, all.text.slice(6));
});

t.test('multicall performs its entries in order and refuses to nest', async (t) => {
  const xen = await testHypervisor();
  const guest = new FakeGuest();
  for (const [index, number] of [17, 77, 13, 17].entries()) {
    guest.view.setBigUint64(index * 64, BigInt(number), true);
  }
  t.equal(hypercall(xen, guest, 13, [guest.base, 4]), 0);
  const results = [0, 1, 2, 3].map((index) => Number(guest.view.getBigInt64(index * 64 + 8, true)));
  t.same(results, [0x40011, -errno.ENOSYS, -errno.EINVAL, 0x40011]);
});

t.test('a wrong interface version gives EACCES', async (t) => {
  const xen = await testHypervisor();
  const guest = new FakeGuest();
  t.equal(hypercall(xen, guest, 35, [guest.base]), -errno.EACCES);
});
