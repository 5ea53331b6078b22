import t from 'tap';
import { errno } from '../../../src/xen/errno.ts';
import { listener } from './monitor/listener.ts';

const [ENABLE, DISABLE, RESET_AND_ENABLE, POSITION, GET, SET] = [1, 2, 3, 4, 5, 6];
const [OUTPUT_MASK, CTL, STATUS] = [0x561, 0x570, 0x571];
const SIZE = 65536;
const HVM_HAP = 3;
const CREATE = {
  'createdomain.flags': HVM_HAP,
  'createdomain.max_vcpus': 1,
  'createdomain.max_evtchn_port': -1,
  'createdomain.max_grant_frames': -1,
  'createdomain.max_maptrack_frames': -1,
  'createdomain.grant_opts': 1,
  'createdomain.arch.emulation_flags': 1,
};

t.test('only a guest on an Intel CPU gets buffers, and only of a valid size', async (t) => {
  const intel = (await listener()).control;
  const amd = (await listener('amd')).control;
  const create = (control: typeof intel, size: number, fields = {}) =>
    control.domctl('createdomain', 0, { ...CREATE, 'createdomain.vmtrace_size': size, ...fields });
  t.equal(create(amd, SIZE), -errno.EINVAL);
  t.equal(create(intel, SIZE), 0);
  t.equal(create(intel, 4096), 0);
  t.equal(create(intel, 64 * 2 ** 20), 0);
  for (const size of [1, 2048, 4097, 12288, 128 * 2 ** 20, 2 ** 32 - 4096]) {
    t.equal(create(intel, size), -errno.EINVAL, `${size} bytes`);
  }
  const pv = { 'createdomain.flags': 0, 'createdomain.arch.emulation_flags': 0 };
  t.equal(create(intel, SIZE, pv), -errno.EINVAL, 'not a PV guest');
  for (const [control, expected] of [
    [intel, 0x40],
    [amd, 0],
  ] as const) {
    control.sysctl('physinfo');
    t.equal(control.out('physinfo.capabilities', 'xen_sysctl') & 0x40, expected);
  }
});

t.test('Processor Trace is turned on and off and its registers are kept, with Xen’s errors', async (t) => {
  const { control, domain: untraced } = await listener();
  control.domctl('createdomain', 0, { ...CREATE, 'createdomain.vmtrace_size': SIZE });
  const id = control.out('domain');
  control.domctl('max_vcpus', id, { 'max_vcpus.max': 1 });
  const trace = (cmd: number, fields = {}, domain = id) =>
    control.domctl('vmtrace_op', domain, { 'vmtrace_op.cmd': cmd, ...fields });
  const set = (key: number, value: number) => trace(SET, { 'vmtrace_op.key': key, 'vmtrace_op.value': value });
  const get = (key: number) => [trace(GET, { 'vmtrace_op.key': key }), control.out('vmtrace_op.value')];
  t.equal(trace(ENABLE, {}, untraced.id), -errno.EINVAL, 'it has no buffer');
  t.equal(trace(ENABLE, { 'vmtrace_op.vcpu': 1 }), -errno.ENOENT);
  t.equal(trace(0), -errno.EOPNOTSUPP);
  t.equal(trace(DISABLE), -errno.EINVAL, 'it is not enabled');
  t.equal(set(CTL, 0x200c), 0);
  t.equal(set(CTL, 0x10), -errno.EINVAL, 'a bit that a tracer may not set');
  t.equal(set(STATUS, 0x37), 0);
  t.equal(set(STATUS, 0x8), -errno.EINVAL);
  t.equal(set(OUTPUT_MASK, 0x123 * 2 ** 32 + 7), 0);
  t.equal(set(OUTPUT_MASK, SIZE * 2 ** 32), -errno.EINVAL, 'beyond the buffer');
  t.same(get(OUTPUT_MASK), [0, 0x123 * 2 ** 32 + SIZE - 1]);
  t.same(get(CTL), [0, 0x200c]);
  t.same(get(STATUS), [0, 0x37]);
  t.equal(get(0x572)[0], -errno.EINVAL);
  t.equal(set(0x572, 0), -errno.EINVAL);
  t.equal(trace(ENABLE), 0);
  t.same(get(CTL), [0, 0x200d], 'enabled, the rest as it was');
  t.equal(trace(ENABLE), -errno.EINVAL);
  t.equal(trace(RESET_AND_ENABLE), -errno.EINVAL);
  t.same([trace(POSITION), control.out('vmtrace_op.value')], [0, 0x123]);
  t.equal(trace(DISABLE), 0);
  t.equal(trace(RESET_AND_ENABLE), 0);
  t.same([trace(POSITION), control.out('vmtrace_op.value')], [0, 0]);
  t.same(get(STATUS), [0, 0]);
});
