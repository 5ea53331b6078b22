import t from 'tap';
import { bootGuest } from '../../../../src/xen/domain/guest.ts';
import { errno } from '../../../../src/xen/errno.ts';
import { Control } from '../../control.ts';
import { FakeGuest } from '../../fake-guest.ts';
import { testHypervisor } from '../../host.ts';

// The expected answers were asked of real Xens 4.14, 4.17 and 4.20.

const HVM = 4;
const RECORD = 8192;
const RTC = 11;
const MACHINE_CHECK = 18;

async function hvm() {
  const xen = await testHypervisor();
  const domain = bootGuest(xen, { id: HVM, type: 'hvm', pages: 16, vcpus: 2 });
  const guest = new FakeGuest();
  const c = new Control(xen, guest);
  const record = (type: number) => {
    guest.bytes.fill(0, RECORD, RECORD + 32);
    const given = { type, bufsz: 64, buffer: guest.base + RECORD };
    const fields = Object.entries(given).map(([name, value]) => [`hvmcontext_partial.${name}`, value]);
    if (c.domctl('gethvmcontext_partial', HVM, Object.fromEntries(fields)) !== 0) throw new Error('no record');
    return guest.bytes.slice(RECORD, RECORD + 32);
  };
  const words = () => [...new BigUint64Array(record(MACHINE_CHECK).buffer)].map(Number);
  const set = (size: number, caps: number) =>
    c.domctl('set_ext_vcpucontext', HVM, {
      'ext_vcpucontext.size': size,
      'ext_vcpucontext.mcg_cap': caps,
      'ext_vcpucontext.vmce.mci_ctl2_bank0': 7,
      'ext_vcpucontext.vmce.mci_ctl2_bank1': 8,
      'ext_vcpucontext.vmce.mcg_ext_ctl': 9,
    });
  return { c, domain, record, set, words };
}

t.test('machine check registers: as set, as far as the size reaches, in both views', async (t) => {
  const { c, set, words } = await hvm();
  t.same(words(), [2, 0, 0, 0]);
  for (const [size, caps, result, expected] of [
    [32, 3, 0, [2, 0, 0, 0]],
    [64, 0, 0, [0, 7, 8, 9]],
    [48, 5, 0, [5, 0, 0, 0]],
    [63, 0x100, 0, [0x100, 7, 8, 0]],
    [64, 0x1ff, 0, [0x1ff, 7, 8, 9]],
    [64, 0x200, -errno.EINVAL, [0x1ff, 7, 8, 9]],
    [64, 0x8000000, -errno.EINVAL, [0x1ff, 7, 8, 9]],
  ] as const) {
    t.equal(set(size, caps), result, `${size} bytes, ${caps.toString(16)}`);
    t.same(words(), expected);
    t.equal(c.domctl('get_ext_vcpucontext', HVM), 0);
    const told = ['mcg_cap', 'vmce.mci_ctl2_bank0', 'vmce.mci_ctl2_bank1', 'vmce.mcg_ext_ctl'];
    t.same(
      told.map((name) => c.out(`ext_vcpucontext.${name}`)),
      expected,
    );
  }
});

t.test('the RTC has the time in decimal digits, its status registers and its offset', async (t) => {
  const { domain, record } = await hvm();
  domain.timeOffsetSeconds = -2;
  const expected = [0, 0, 0, 0, 0, 0, 4, 1, 1, 0x70, 0x26, 2, 0, 0x80, 0, 0, 0xfe, ...Array(7).fill(0xff)];
  t.same([...record(RTC).subarray(0, 24)], expected, 'the test machine is in 1970');
});
