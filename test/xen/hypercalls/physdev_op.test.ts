import t from 'tap';
import type { XenVersion } from '../../../src/xen/abi/abi.ts';
import { bootGuest } from '../../../src/xen/domain/guest.ts';
import { errno as E } from '../../../src/xen/errno.ts';
import { FakeGuest } from '../fake-guest.ts';
import { hypercall, testHypervisor } from '../host.ts';

// The expected answers were recorded on a real 4.17.7 unless another release is named.

const base = 0x10000;

async function setup(version: XenVersion = '4.17') {
  const xen = await testHypervisor({ version });
  for (const [id, type] of [
    [3, 'pv'],
    [4, 'hvm'],
  ] as const) {
    bootGuest(xen, { id, type, pages: 16 });
  }
  const guest = new FakeGuest();
  const numbers = xen.abi.subOperations('PHYSDEVOP');
  const op = (name: string, members: readonly (readonly [offset: number, size: 1 | 2 | 4, value: number])[]) => {
    guest.bytes.fill(0, 0, 64);
    for (const [offset, size, value] of members) {
      if (size === 4) guest.view.setUint32(offset, value, true);
      else if (size === 2) guest.view.setUint16(offset, value, true);
      else guest.view.setUint8(offset, value);
    }
    return hypercall(xen, guest, 33, [numbers[name] ?? 99, base]);
  };
  const map = (domid: number, index: number, pirq = -1, type = 1, entries = 0) =>
    op('map_pirq', [
      [0, 2, domid],
      [4, 4, type],
      [8, 4, index],
      [12, 4, pirq],
      [24, 4, entries],
    ]);
  const unmap = (domid: number, pirq: number) =>
    op('unmap_pirq', [
      [0, 2, domid],
      [4, 4, pirq],
    ]);
  const said = (count: number) => xen.console.ring.text().trim().split('\n').slice(-count);
  return { xen, guest, op, map, unmap, said };
}

t.test('IO-APIC lines get interrupt numbers in a guest', async (t) => {
  const { guest, map, unmap } = await setup();
  const pirq = () => guest.view.getUint32(12, true);
  for (const domid of [3, 4]) {
    t.equal(map(domid, 20), 0);
    t.equal(pirq(), 16, 'the first number after the ISA lines');
    t.equal(map(domid, 5), 0);
    t.equal(pirq(), 17);
    t.equal(map(domid, 20), 0, 'again');
    t.equal(pirq(), 16);
    t.equal(map(domid, 20, 30), -E.EEXIST, 'another number');
    t.equal(map(domid, 24), -E.EINVAL, 'no such line');
    t.equal(map(domid, 0), -E.EPERM, "the timer is Xen's");
    t.equal(unmap(domid, 16), 0);
    t.equal(unmap(domid, 16), -E.EINVAL);
  }
  t.equal(map(999, 20), -E.ESRCH);
});

t.test('message-signalled interrupts need a passed-through device', async (t) => {
  const { guest, map } = await setup();
  t.equal(map(4, 20, -1, 0), -E.EINVAL);
  t.equal(map(4, 256, -1, 0), -E.EPERM);
  t.equal(map(4, 20, -1, 3), -E.EINVAL);
  t.equal(guest.view.getUint32(4, true), 0, 'a message of a segment is a message');
  t.equal(map(4, 20, -1, 4), -E.EDOM, 'of no messages');
  t.equal(map(4, 20, 255, 4), -E.EINVAL);
  t.equal(map(4, 20, -1, 2), -E.EINVAL, 'an unknown type');
  t.equal(map(4, 22, 5, 4, 1000), -E.ENODEV, 'with a number, the messages are not counted');
  t.equal(map(4, 22, -1, 4, 1), -E.ENODEV);
  t.equal(map(4, 22, -1, 4, 32), -E.EOPNOTSUPP);
  t.equal(map(4, 22, -1, 4, 33), -E.EDOM);
});

t.test("dom0's kernel has mapped the ISA lines; others get numbers (4.20.4)", async (t) => {
  const { guest, map, unmap } = await setup('4.20');
  const SELF = 0x7ff0;
  for (const [number, expected] of [
    [0, -E.ENODEV],
    [5, 0],
    [15, 0],
    [16, -E.ENODEV],
    [415, -E.ENODEV],
    [416, -E.EINVAL],
  ] as const)
    t.equal(map(SELF, 22, number, 4, 1000), expected, `messages at ${number}`);
  t.equal(map(SELF, 0), -E.EPERM);
  for (const line of [1, 5, 15, 16, 17]) {
    t.equal(map(SELF, line), 0);
    t.equal(guest.view.getUint32(12, true), line);
    t.equal(map(0, line, line), 0, 'again');
  }
  t.equal(map(SELF, 24), -E.EINVAL);
  t.equal(unmap(SELF, 16), 0);
  t.equal(unmap(SELF, 24), -E.EINVAL);
  for (const wanted of [-1, 16, 76]) t.equal(map(SELF, 16, wanted), -E.EPERM, 'dom0 gave the line up');
});

t.test('interrupt numbers are reserved, and lines are programmed once', async (t) => {
  const { guest, op } = await setup();
  const free = (type: number) => {
    const result = op('get_free_pirq', [[0, 4, type]]);
    return result < 0 ? result : guest.view.getUint32(4, true);
  };
  t.same([free(0), free(0), free(99)], [415, 414, 413]);
  t.equal(op('setup_gsi', [[0, 4, 22]]), 0);
  t.equal(op('setup_gsi', [[0, 4, 22]]), -E.EEXIST);
  t.equal(op('setup_gsi', [[0, 4, 24]]), -E.EINVAL);
  t.equal(op('dbgp_op', [[0, 1, 99]]), 0);
  t.equal(op('pci_mmcfg_reserved', [[12, 4, 2]]), -E.EINVAL);
  t.equal(op('pci_mmcfg_reserved', [[12, 4, 1]]), -E.ENODEV);
});

t.test('adding and removing PCI functions prints Xen’s messages', async (t) => {
  const { op, said } = await setup();
  const add = (seg: number, devfn: number, flags = 0) =>
    op('pci_device_add', [
      [0, 2, seg],
      [2, 1, 0xf3],
      [3, 1, devfn],
      [4, 4, flags],
    ]);
  t.equal(add(0, 8), 0);
  t.same(said(2), ['(XEN) 0000:f3:01.0: unknown type 0', '(XEN) PCI add device 0000:f3:01.0']);
  t.equal(add(0, 8, 1), 0);
  t.same(said(1), ['(XEN) PCI add extended function 0000:f3:01.0']);
  t.equal(add(5, 8, 2), 0);
  t.same(said(4), [
    '(XEN) 0005:00:00.0: unknown type 0',
    '(XEN) PCI add device 0005:00:00.0',
    '(XEN) 0005:f3:01.0: unknown type 0',
    '(XEN) PCI add virtual function 0005:f3:01.0',
  ]);
  const remove = (seg: number, devfn: number) =>
    op('pci_device_remove', [
      [0, 2, seg],
      [2, 1, 0xf3],
      [3, 1, devfn],
    ]);
  t.equal(remove(0, 8), 0);
  t.same(said(1), ['(XEN) PCI remove device 0000:f3:01.0']);
  t.equal(remove(0, 8), -E.ENODEV);
});

t.test('releases differ', async (t) => {
  const old = await setup('4.14');
  t.equal(old.map(4, 20), 0);
  t.equal(old.map(4, 20), -E.EPERM, '4.14 tells a number once');
  const { op, said } = await setup('4.20');
  const add = (seg: number, flags: number) =>
    op('pci_device_add', [
      [0, 2, seg],
      [2, 1, 0xf3],
      [4, 4, flags],
    ]);
  t.equal(add(5, 2), -E.ENODEV);
  t.same(said(1), ['(XEN) Attempted to add SR-IOV VF 0005:f3:00.0 without PF 0005:00:00.0']);
  t.equal(add(0, 2), 0);
  t.equal(add(0, 0), 0);
  t.equal(op('pci_device_remove', [[2, 1, 0xf3]]), -E.EBUSY);
});

t.test('pci_device_reset of 4.20.4: the kind of reset is checked before the device', async (t) => {
  const { op } = await setup('4.20');
  for (const [device, known] of [
    [0x00, 0],
    [0x08, 0],
    [0x0b, 0],
    [0xf8, -E.ENODEV],
  ] as const) {
    const reset = (flags: number) =>
      op('pci_device_reset', [
        [3, 1, device],
        [4, 4, flags],
      ]);
    for (const flags of [0, 1, 2, 3]) t.equal(reset(flags), known, `${device}, ${flags}`);
    for (const flags of [4, 7, 0x80000000, 0xffffffff]) t.equal(reset(flags), -E.EINVAL, `${device}, ${flags}`);
  }
  const otherSegment: readonly (readonly [number, 2, number])[] = [[0, 2, 1]];
  t.equal(op('pci_device_reset', otherSegment), -E.ENODEV);
  t.equal((await setup('4.17')).op('pci_device_reset', []), -E.ENOSYS, 'before, there is none');
});

t.test('an unknown PCI function gives ENODEV', async (t) => {
  const { op } = await setup();
  t.equal(op('restore_msi', []), 0, 'the host bridge');
  t.equal(
    op('restore_msi', [
      [0, 1, 0x40],
      [1, 1, 0x88],
    ]),
    -E.ENODEV,
  );
  for (const name of ['restore_msi_ext', 'prepare_msix', 'release_msix']) {
    t.equal(op(name, []), 0, name);
    t.equal(op(name, [[2, 1, 0x40]]), -E.ENODEV, name);
    t.equal(op(name, [[0, 2, 1]]), -E.ENODEV, `${name}, in another segment`);
  }
});
