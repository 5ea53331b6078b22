import t from 'tap';
import {
  IOCTL_PRIVCMD_DM_OP,
  IOCTL_PRIVCMD_HYPERCALL,
  IOCTL_PRIVCMD_RESTRICT,
} from '../../src/drivers/privcmd/ioctls.ts';
import { Privcmd } from '../../src/drivers/privcmd/privcmd.ts';
import { Domain } from '../../src/xen/domain/domain.ts';
import { errno } from '../../src/xen/errno.ts';
import { testHypervisor } from '../xen/host.ts';
import { FakeCaller } from './fake-caller.ts';

async function setUp(options: { dom0Bits?: 32 | 64 } = {}) {
  const hypervisor = await testHypervisor(options);
  const domain = hypervisor.domains.get(0);
  if (domain === undefined) throw new Error('no dom0');
  const privcmd = new Privcmd({ hypervisor, domain });
  const caller = new FakeCaller();
  const state = privcmd.open();
  const ioctl = (command: number, argument: number, compat = false) =>
    privcmd.ioctl({ state, memory: caller, command, argument, compat, tid: 1 });
  return { hypervisor, privcmd, caller, state, ioctl };
}

t.test('a hypercall is decoded from the caller, and a bad pointer is EFAULT', async (t) => {
  const { caller, ioctl } = await setUp();
  caller.view.setBigUint64(0, 17n, true);
  t.equal(ioctl(IOCTL_PRIVCMD_HYPERCALL, caller.base), 0x40011);
  t.equal(ioctl(IOCTL_PRIVCMD_HYPERCALL, 0), -errno.EFAULT);
  t.equal(ioctl(IOCTL_PRIVCMD_HYPERCALL, caller.base + caller.bytes.length - 24), -errno.EFAULT);
});

t.test('an unknown ioctl is ENOTTY', async (t) => {
  const { ioctl } = await setUp();
  t.equal(ioctl(0x50ff, 0), -errno.ENOTTY);
});

t.test('a 32-bit program gets ENOTTY, and dmesg says why once; on a 32-bit dom0 it is served', async (t) => {
  const wide = await setUp();
  wide.caller.view.setBigUint64(0, 17n, true);
  for (let time = 0; time < 2; time += 1)
    t.equal(wide.ioctl(IOCTL_PRIVCMD_HYPERCALL, wide.caller.base, true), -errno.ENOTTY);
  t.equal(wide.hypervisor.console.ring.text().match(/32-bit program/g)?.length, 1);
  const narrow = await setUp({ dom0Bits: 32 });
  narrow.caller.view.setBigUint64(0, 17n, true);
  t.equal(narrow.ioctl(IOCTL_PRIVCMD_HYPERCALL, narrow.caller.base, true), 0x40011);
});

t.test('a restricted file makes no hypercalls and accepts no other restriction', async (t) => {
  const { caller, ioctl } = await setUp();
  caller.view.setUint16(0, 5, true);
  t.equal(ioctl(IOCTL_PRIVCMD_RESTRICT, caller.base), 0);
  t.equal(ioctl(IOCTL_PRIVCMD_RESTRICT, caller.base), 0);
  caller.view.setUint16(0, 6, true);
  t.equal(ioctl(IOCTL_PRIVCMD_RESTRICT, caller.base), -errno.EINVAL);
  t.equal(ioctl(IOCTL_PRIVCMD_HYPERCALL, caller.base), -errno.EPERM);
});

t.test('DM_OP: no buffers give 0, too many or too large ones E2BIG, a forbidden domain EPERM', async (t) => {
  const { caller, ioctl } = await setUp();
  const at = caller.base;
  const dmOp = (domid: number, count: number, buffers = at + 64) => {
    caller.view.setUint16(0, domid, true);
    caller.view.setUint16(2, count, true);
    caller.view.setBigUint64(8, BigInt(buffers), true);
    return ioctl(IOCTL_PRIVCMD_DM_OP, at);
  };
  t.equal(dmOp(1, 0), 0);
  t.equal(dmOp(1, 17), -errno.E2BIG);
  caller.view.setBigUint64(64 + 8, 4097n, true);
  t.equal(dmOp(1, 1), -errno.E2BIG);
  t.equal(dmOp(1, 1, 0), -errno.EFAULT);
});

t.test('a domU is refused unless the module is unrestricted', async (t) => {
  const { hypervisor, caller } = await setUp();
  const domain = new Domain(3, 'pv', false);
  caller.view.setBigUint64(0, 17n, true);
  for (const [unrestricted, expected] of [
    [false, -errno.EPERM],
    [true, 0x40011],
  ] as const) {
    const privcmd = new Privcmd({ hypervisor, domain, unrestricted });
    const [command, argument] = [IOCTL_PRIVCMD_HYPERCALL, caller.base];
    const made = privcmd.ioctl({ state: privcmd.open(), memory: caller, command, argument, compat: false, tid: 1 });
    t.equal(made, expected);
  }
});
