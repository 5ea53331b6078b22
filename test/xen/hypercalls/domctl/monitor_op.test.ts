import t from 'tap';
import { errno } from '../../../../src/xen/errno.ts';
import { listener } from '../../domain/monitor/listener.ts';

const [ENABLE, DISABLE, CAPABILITIES, EACH_REP, CONTROL_REGISTERS] = [0, 1, 2, 3, 4];
const EVENT = { ctrlreg: 0, msr: 1, singlestep: 2, breakpoint: 3, privilegedCall: 7, vmexit: 12 };
const cr4 = { 'monitor_op.u.mov_to_cr.index': 2 };
const efer = { 'monitor_op.u.mov_to_msr.msr': 0xc0000080 };

t.test('what can be monitored depends on the CPU and on the kind of guest', async (t) => {
  const intel = await listener();
  t.equal(intel.monitor(CAPABILITIES, 0), 0);
  t.equal(intel.control.out('monitor_op.event'), 0x1f7f);
  const amd = await listener('amd');
  t.equal(amd.monitor(CAPABILITIES, 0), 0);
  t.equal(amd.control.out('monitor_op.event'), 0x1f7b, 'all but single steps');
  t.equal(amd.monitor(ENABLE, EVENT.singlestep), -errno.EOPNOTSUPP);
  t.equal(intel.monitor(ENABLE, EVENT.singlestep), 0);
  const pv = amd.control.create(0);
  t.equal(amd.control.domctl('monitor_op', pv, { 'monitor_op.op': CAPABILITIES }), 0);
  t.equal(amd.control.out('monitor_op.event'), 0);
});

t.test('events are enabled and disabled once each', async (t) => {
  const { monitor, enable, vmEvent, control } = await listener();
  const table: [string, number, number, Record<string, number>, number][] = [
    // what, operation, event, its fields, expected
    ['a breakpoint', ENABLE, EVENT.breakpoint, {}, 0],
    ['again', ENABLE, EVENT.breakpoint, {}, -errno.EEXIST],
    ['no more', DISABLE, EVENT.breakpoint, {}, 0],
    ['again', DISABLE, EVENT.breakpoint, {}, -errno.EEXIST],
    ['no event of x86', ENABLE, EVENT.privilegedCall, {}, -errno.EOPNOTSUPP],
    ['no event at all', ENABLE, 31, {}, -errno.EOPNOTSUPP],
    ['beyond the bits', ENABLE, 32, {}, -errno.EINVAL],
    ['CR4', ENABLE, EVENT.ctrlreg, cr4, 0],
    ['CR4 again', ENABLE, EVENT.ctrlreg, cr4, -errno.EEXIST],
    ['CR3', ENABLE, EVENT.ctrlreg, { 'monitor_op.u.mov_to_cr.index': 1 }, 0],
    ['a register beyond the bits', ENABLE, EVENT.ctrlreg, { 'monitor_op.u.mov_to_cr.index': 32 }, -errno.EINVAL],
    ['padding', ENABLE, EVENT.ctrlreg, { 'monitor_op.u.mov_to_cr.pad1': 1 }, -errno.EINVAL],
    ['an MSR without a ring', ENABLE, EVENT.msr, efer, -errno.ENXIO],
    ['an MSR that is not enabled', DISABLE, EVENT.msr, efer, -errno.EEXIST],
    ['each repetition without a ring', EACH_REP, 1, {}, -errno.EINVAL],
    ['values of control registers', CONTROL_REGISTERS, 0, {}, 0],
    ['no such operation', 5, 0, {}, -errno.EOPNOTSUPP],
  ];
  for (const [name, op, event, fields, expected] of table) t.equal(monitor(op, event, fields), expected, name);
  enable();
  t.equal(monitor(ENABLE, EVENT.msr, efer), 0);
  t.equal(monitor(ENABLE, EVENT.msr, efer), -errno.EEXIST);
  t.equal(monitor(ENABLE, EVENT.msr, { 'monitor_op.u.mov_to_msr.msr': 0x12345678 }), -errno.EINVAL);
  t.equal(monitor(DISABLE, EVENT.msr, efer), 0);
  t.equal(monitor(EACH_REP, 1), 0);
  t.equal(vmEvent(DISABLE), 0);
  t.equal(monitor(DISABLE, EVENT.ctrlreg, cr4), -errno.EEXIST, 'all is forgotten with the ring');
  t.equal(control.domctl('monitor_op', 0, {}), -errno.EPERM, 'of itself');
});

t.test('single steps need a flag that AMD does not have', async (t) => {
  for (const [vendor, expected] of [
    ['intel', 0],
    ['amd', -errno.EOPNOTSUPP],
  ] as const) {
    const { control, domain } = await listener(vendor);
    t.equal(control.domctl('debug_op', domain.id, { 'debug_op.op': 1 }), expected, vendor);
    t.equal(control.domctl('debug_op', domain.id, { 'debug_op.op': 2 }), -errno.ENOSYS);
  }
});
