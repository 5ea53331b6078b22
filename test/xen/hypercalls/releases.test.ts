// Operations that only some releases have, asked of a real 4.20.4 and 4.17.7 one by one.

import t from 'tap';
import type { XenVersion } from '../../../src/xen/abi/abi.ts';
import { bootGuest } from '../../../src/xen/domain/guest.ts';
import { errno as E } from '../../../src/xen/errno.ts';
import { Control } from '../control.ts';
import { FakeGuest } from '../fake-guest.ts';
import { hypercall, testHypervisor } from '../host.ts';

const PLATFORM = 7;
const VERSION = 17;
const VCPU = 24;
const PLATFORM_VERSION = 0x03000001;

async function setup(version: XenVersion) {
  const xen = await testHypervisor({ version });
  const guest = new FakeGuest();
  const platform = (name: string, words: readonly number[], rest = 0) => {
    guest.bytes.fill(rest, 0, 256);
    const command = xen.abi.subOperations('XENPF')[name] ?? 9999;
    for (const [index, word] of [command, PLATFORM_VERSION, ...words].entries())
      guest.view.setUint32(4 * index, word, true);
    return hypercall(xen, guest, PLATFORM, [guest.base]);
  };
  const area = (operation: number, vcpu: number, address: bigint) => {
    guest.view.setBigUint64(0, address, true);
    return hypercall(xen, guest, VCPU, [operation, vcpu, guest.base]);
  };
  return { xen, guest, platform, area };
}

t.test('the screen of dom0: 40 bytes, all of which are written', async (t) => {
  const { guest, platform } = await setup('4.20');
  t.equal(platform('get_dom0_console', [], 0xaa), 40);
  t.equal(
    Buffer.from(guest.bytes.subarray(8, 50)).toString('hex'),
    `03000000100000000000190050${'00'.repeat(27)}aaaa`,
    'text mode 3, 16 lines a character, the cursor, 25 rows, 80 columns',
  );
  t.equal((await setup('4.17')).platform('get_dom0_console', []), -E.ENOSYS);
});

t.test('the revision of microcode is reported for existing CPUs only', async (t) => {
  const { guest, platform } = await setup('4.20');
  for (const cpu of [0, 1]) {
    t.equal(platform('get_ucode_revision', [cpu, 7, 7, 7]), 0);
    t.same(
      [12, 16, 20].map((at) => guest.view.getUint32(at, true)),
      [0, 0, 0],
    );
  }
  for (const cpu of [2, 63, 0xffffffff]) t.equal(platform('get_ucode_revision', [cpu]), -E.ENOENT);
  t.equal((await setup('4.17')).platform('get_ucode_revision', [0]), -E.ENOSYS);
});

t.test('microcode is refused with any flags, length and address', async (t) => {
  const { platform } = await setup('4.20');
  for (const flags of [0, 1, 2, 0x80000000])
    for (const length of [0, 16, 4096])
      for (const place of [0, 0x11000]) t.equal(platform('microcode_update2', [flags, length, place]), -E.EINVAL);
  t.equal((await setup('4.17')).platform('microcode_update2', [0]), -E.ENOSYS);
});

t.test('areas by their guest-physical addresses, within a page and aligned', async (t) => {
  const { area } = await setup('4.20');
  for (const [operation, size] of [
    [14, 48n],
    [15, 32n],
  ] as const) {
    for (const vcpu of [0, 1]) {
      t.equal(area(operation, vcpu, 0xffffffffffffffffn), 0, 'unregisters');
      t.equal(area(operation, vcpu, 1n), -E.ENXIO, 'not aligned');
      t.equal(area(operation, vcpu, 0xffen), -E.ENXIO, 'beyond its page');
      t.equal(area(operation, vcpu, 0x1000n - size + 8n), -E.ENXIO, 'beyond its page');
      t.equal(area(operation, vcpu, 0xffffffffff000n), -E.EINVAL, "not dom0's");
    }
    t.equal(area(operation, 2, 0xffffffffffffffffn), -E.ENOENT, 'no such vcpu');
    t.equal((await setup('4.17')).area(operation, 0, 0n), -E.ENOSYS);
  }
});

t.test('features 18 to 20 report areas by physical address', async (t) => {
  for (const [version, expected] of [
    ['4.17', 0],
    ['4.18', 7],
    ['4.20', 7],
  ] as const) {
    const { xen, guest } = await setup(version);
    guest.view.setUint32(0, 0, true);
    t.equal(hypercall(xen, guest, VERSION, [6, guest.base]), 0);
    t.equal((guest.view.getUint32(4, true) >>> 18) & 7, expected, version);
  }
});

t.test('CPPC is a parameter of cpufreq, for which no CPU has a driver', async (t) => {
  for (const version of ['4.17', '4.20'] as const) {
    const c = new Control((await setup(version)).xen, new FakeGuest());
    for (let command = 0x10; command <= 0x1f; command += 1)
      for (const cpu of [0, 1, 2])
        t.equal(c.sysctl('pm_op', { 'pm_op.cmd': command, 'pm_op.cpuid': cpu }), -E.EINVAL, `${command} of CPU ${cpu}`);
  }
});

t.test('affinity maps of which only the soft one can be written', async (t) => {
  for (const [version, expected] of [
    ['4.14', 0],
    ['4.17', 0],
    ['4.20', -E.EFAULT],
  ] as const) {
    const { xen, guest } = await setup(version);
    bootGuest(xen, { id: 3, type: 'pv', pages: 16, vcpus: 1 });
    const c = new Control(xen, guest);
    const maps = {
      'vcpuaffinity.flags': 3,
      'vcpuaffinity.cpumap_hard.bitmap': 0x7f0000000000,
      'vcpuaffinity.cpumap_hard.nr_bits': 8,
      'vcpuaffinity.cpumap_soft.bitmap': guest.base + 8192,
      'vcpuaffinity.cpumap_soft.nr_bits': 8,
    };
    t.equal(c.domctl('getvcpuaffinity', 3, maps), expected, version);
    const swapped = {
      ...maps,
      'vcpuaffinity.cpumap_hard.bitmap': guest.base + 8192,
      'vcpuaffinity.cpumap_soft.bitmap': 0x7f0000000000,
    };
    t.equal(c.domctl('getvcpuaffinity', 3, swapped), -E.EFAULT, version);
  }
});

t.test("Xen's own ports", async (t) => {
  for (const [version, more] of [
    ['4.17', 0],
    ['4.20', -E.EPERM],
  ] as const) {
    const { xen, guest } = await setup(version);
    bootGuest(xen, { id: 3, type: 'pv', pages: 16, vcpus: 1 });
    const c = new Control(xen, guest);
    const allow = (port: number) =>
      c.domctl('ioport_permission', 3, { 'ioport_permission.first_port': port, 'ioport_permission.nr_ports': 1 });
    for (const port of [0x20, 0x61, 0xcfc]) t.equal(allow(port), -E.EPERM, `${version} ${port}`);
    for (const port of [0x92, 0xf0, 0x4d0, 0x4d1, 0xcf9]) t.equal(allow(port), more, `${version} ${port}`);
    for (const port of [0x91, 0x93, 0x4d2, 0xcf8]) t.equal(allow(port), 0, `${version} ${port}`);
  }
});
