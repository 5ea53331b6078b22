import t from 'tap';
import { addDomain } from '../../../src/xen/domain/lifecycle.ts';
import { errno } from '../../../src/xen/errno.ts';
import { FakeGuest } from '../fake-guest.ts';
import { hypercall, testHypervisor } from '../host.ts';

const SELF = 0x7ff0;
const BAD = 0xdeadbeef000;
const { EFAULT, EINVAL, ENODEV, ENOSYS, EPERM, ESRCH } = errno;

t.test('a PV kernel’s hypercalls answer dom0 as a real Xen did', async (t) => {
  const xen = await testHypervisor();
  const guest = new FakeGuest();
  const cases: [string, number, (number | bigint)[], number][] = [
    ['mmu_update of nothing', 1, [0, 0, 0, SELF], 0],
    ['mmu_update of itself by number', 1, [0, 0, 0, 0], -ESRCH],
    ['mmuext_op of itself by number', 26, [0, 0, 0, 0], -ESRCH],
    ['mmuext_op', 26, [BAD, 1, 0, SELF], -EFAULT],
    ['vm_assist of no type', 21, [0, 99], -EINVAL],
    ['vm_assist', 21, [0, 0], 0],
    ['no such vm_assist', 21, [99, 0], -ENOSYS],
    ['nmi_op', 28, [0, 0], -EFAULT],
    ['no such nmi_op', 28, [-1n, 0], -ENOSYS],
    ['callback_op', 30, [0, 0], -EFAULT],
    ['no such callback_op', 30, [99, 0], -ENOSYS],
    ['xenoprof_op', 31, [0, 0], -EFAULT],
    ['no such xenoprof_op', 31, [99, 0], -EINVAL],
    ['dr0', 9, [0], 0],
    ['dr7', 9, [7], 1024],
    ['dr99', 9, [99], -ENODEV],
    ['fpu_taskswitch', 5, [0], 0],
    ['set_trap_table', 0, [0], 0],
    ['set_trap_table from nowhere', 0, [BAD], -EFAULT],
    ['update_va_mapping', 14, [0, 0, 0], -EINVAL],
    ['update_va_mapping_otherdomain', 22, [0, 0, 0, 999], -ESRCH],
    ['update_va_mapping_otherdomain', 22, [0, 0, 0, 0x7ff0], -EINVAL],
    ['update_va_mapping_otherdomain of I/O', 22, [0, 0, 0, 0x7ff1], -EINVAL],
    ["update_va_mapping_otherdomain of Xen's", 22, [0, 0, 0, 0x7ff2], -EINVAL],
  ];
  for (const [name, number, args, expected] of cases) t.equal(hypercall(xen, guest, number, args), expected, name);
});

t.test('set_trap_table reads entries up to and including the first without an address', async (t) => {
  const xen = await testHypervisor();
  const guest = new FakeGuest(32);
  const set = (address: number) => hypercall(xen, guest, 0, [address]);
  t.equal(set(guest.base), 0, 'empty');
  t.equal(set(guest.base + 16), 0, 'empty, at the end of the memory');
  guest.view.setBigUint64(8, 0x1000n, true);
  t.equal(set(guest.base), 0, 'one entry, and the end');
  guest.view.setBigUint64(24, 0x1000n, true);
  t.equal(set(guest.base), -EFAULT, 'two entries, and no end');
});

t.test('pages of a PV domain are pinned once, cleared and copied', async (t) => {
  const xen = await testHypervisor();
  const { memory } = addDomain(xen, { id: 1, type: 'pv', pool: xen.pools.first });
  memory.maxPages = 2;
  const mfn = memory.populate(0, 2) ?? 0;
  const guest = new FakeGuest();
  const struct = xen.abi.struct('mmuext_op');
  const op = (cmd: number, first: number, second = 0, domid = 1) => {
    struct.field('cmd').set(guest.view, cmd);
    struct.field('arg1.mfn').set(guest.view, first);
    struct.field('arg2.nr_ents').set(guest.view, second);
    return hypercall(xen, guest, 26, [guest.base, 1, guest.base + 4096, domid]);
  };
  t.equal(op(3, mfn), 0);
  t.equal(guest.view.getUint32(4096, true), 1, 'one done');
  t.equal(op(3, mfn), -EINVAL, 'pinned already');
  t.equal(guest.view.getUint32(4096, true), 0);
  t.equal(op(4, mfn), 0);
  t.equal(op(4, mfn), -EINVAL);
  t.equal(op(3, 0x99999), -EINVAL, 'not its page');
  const bytes = new Uint8Array(1);
  memory.writeFrame(mfn, 7, Uint8Array.of(9));
  t.equal(op(17, mfn + 1, mfn), 0);
  memory.readFrame(mfn + 1, 7, bytes);
  t.equal(bytes[0], 9);
  t.equal(op(16, mfn + 1), 0);
  memory.readFrame(mfn + 1, 7, bytes);
  t.equal(bytes[0], 0);
  t.equal(op(99, 0), -ENOSYS);
  t.equal(op(6, 0), -EPERM, 'another domain’s TLB');
});
