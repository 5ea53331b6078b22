// HVMOP_altp2m. The expected answers follow Xen's source (do_altp2m_op, p2m.c, mem_access.c of 4.17.7): no machine with Intel's page tables
// could be asked. That the default machine answers EOPNOTSUPP is recorded.

import t from 'tap';
import { Activity } from '../../../src/guests/activity.ts';
import { actOf, type ScenarioEvent } from '../../../src/scenario/events.ts';
import { bootGuest } from '../../../src/xen/domain/guest.ts';
import { errno as E } from '../../../src/xen/errno.ts';
import { Control } from '../control.ts';
import { listener } from '../domain/monitor/listener.ts';
import { FakeGuest } from '../fake-guest.ts';
import { hypercall, testHypervisor } from '../host.ts';

const OP = {
  getState: 1,
  setState: 2,
  enableNotify: 3,
  create: 4,
  destroy: 5,
  switch: 6,
  setAccess: 7,
  change: 8,
  setAccesses: 9,
  setSuppress: 10,
  getSuppress: 11,
  getAccess: 12,
  disableNotify: 13,
  used: 14,
  setSuppresses: 15,
  setVisibility: 16,
} as const;
const SELF = 0x7ff0;
const ALL = 0xffffffffffffffffn;
const R = 1;
const RW = 3;
const RWX = 7;
const DEFAULT = 10;
/** A member of the union: offset, bytes, value. */
type Member = readonly [number, 1 | 2 | 4 | 8, number | bigint];

async function machine(mode = 2, commandLine = 'dom0_mem=1G,max:1G altp2m=1', vendor: 'amd' | 'intel' = 'intel') {
  const world = await listener(vendor, commandLine);
  const { xen, guest, domain } = world;
  const issue = (cmd: number, members: readonly Member[] = [], { caller = 0, domid = domain.id, version = 1 } = {}) => {
    guest.bytes.fill(0, 0, 80);
    guest.view.setUint32(0, version, true);
    guest.view.setUint32(4, cmd, true);
    guest.view.setUint16(8, domid, true);
    for (const [at, size, value] of members) {
      const bytes = new DataView(new ArrayBuffer(8));
      bytes.setBigUint64(0, BigInt.asUintN(64, BigInt(value)), true);
      guest.bytes.set(new Uint8Array(bytes.buffer, 0, size), 16 + at);
    }
    return hypercall(xen, guest, 34, [25, guest.base], caller);
  };
  const setParameter = (value: number) => {
    guest.bytes.fill(0, 0, 16);
    guest.view.setUint16(0, domain.id, true);
    guest.view.setUint32(4, 35, true);
    guest.view.setUint32(8, value, true);
    return hypercall(xen, guest, 34, [0, guest.base]);
  };
  if (mode > 0) t.equal(setParameter(mode), 0);
  const u16 = (at: number) => guest.view.getUint16(16 + at, true);
  const on = () => t.equal(issue(OP.setState, [[0, 1, 1]]), 0);
  const create = (access = RWX) => {
    const result = issue(OP.create, [[2, 2, access]]);
    return result < 0 ? result : u16(0);
  };
  const setAccess = (view: number, frame: number | bigint, access: number) =>
    issue(OP.setAccess, [
      [0, 2, view],
      [2, 2, access],
      [8, 8, frame],
    ]);
  const getAccess = (view: number, frame: number | bigint) => {
    const result = issue(OP.getAccess, [
      [0, 2, view],
      [8, 8, frame],
    ]);
    return result < 0 ? result : u16(2);
  };
  const byView = (cmd: number, view: number) => issue(cmd, [[0, 2, view]]);
  const change = (view: number, from: number | bigint, to: number | bigint) =>
    issue(OP.change, [
      [0, 2, view],
      [8, 8, from],
      [16, 8, to],
    ]);
  return { ...world, issue, setParameter, u16, on, create, setAccess, getAccess, byView, change };
}

t.test('without the hardware or the option, altp2m is unavailable', async (t) => {
  for (const [commandLine, vendor] of [
    ['', 'intel'],
    ['altp2m=0', 'intel'],
    ['altp2m', 'amd'],
  ] as const) {
    const { issue } = await machine(2, commandLine, vendor);
    for (const cmd of Object.values(OP)) t.equal(issue(cmd), -E.EOPNOTSUPP, `${vendor} ${commandLine} ${cmd}`);
  }
});

t.test('checks come in the order of Xen', async (t) => {
  const { issue, xen, guest, domain, setParameter } = await machine(0);
  bootGuest(xen, { id: 7, type: 'pv', pages: 16 });
  t.equal(hypercall(xen, guest, 34, [25, 0x10]), -E.EFAULT);
  t.equal(issue(OP.getState, [], { version: 2 }), -E.EINVAL);
  t.equal(issue(OP.getState, [[-6, 2, 1]]), -E.EINVAL, 'padding');
  t.equal(issue(0), -E.EOPNOTSUPP);
  t.equal(issue(17), -E.EOPNOTSUPP);
  t.equal(issue(OP.getState, [], { domid: 99 }), -E.ESRCH);
  t.equal(issue(OP.getState, [], { domid: 7 }), -E.EOPNOTSUPP, 'a PV domain');
  t.equal(issue(OP.create), -E.EOPNOTSUPP, 'not on');
  t.equal(issue(OP.getState), -E.EINVAL, 'no mode was set');
  t.equal(setParameter(4), -E.EINVAL);
  t.equal(setParameter(3), 0);
  t.equal(setParameter(1), -E.EEXIST);
  for (const [mode, state, notify] of [
    [1, 0, -E.EINVAL],
    [2, -E.EPERM, -E.EPERM],
    [3, -E.EPERM, -E.EINVAL],
  ] as const) {
    domain.hvmParameters.set(35, BigInt(mode));
    const own = { caller: domain.id, domid: SELF };
    t.equal(issue(OP.setState, [[0, 1, 1]]), 0);
    t.equal(issue(OP.getState, [], own), state, `mode ${mode}: the guest itself`);
    t.equal(issue(OP.enableNotify, [[4, 4, 1]], own), notify, `mode ${mode}: its notifications`);
    t.equal(issue(OP.getState, [], { caller: 7 }), -E.EPERM, 'another guest');
  }
});

t.test('views are made, used and destroyed', async (t) => {
  const { issue, u16, on, create, byView, domain } = await machine();
  t.equal(issue(OP.getState), 0);
  t.equal(u16(0), 0);
  on();
  on();
  t.equal(issue(OP.getState), 0);
  t.equal(u16(0), 1);
  t.equal(create(11), -E.EINVAL, 'no such access');
  t.same(
    Array.from({ length: 10 }, () => create()),
    [1, 2, 3, 4, 5, 6, 7, 8, 9, -E.EINVAL],
  );
  t.equal(byView(OP.destroy, 0), -E.EBUSY);
  t.equal(byView(OP.destroy, 10), -E.EBUSY);
  t.equal(byView(OP.destroy, 4), 0);
  t.equal(byView(OP.destroy, 4), -E.EBUSY);
  t.equal(byView(OP.switch, 4), -E.EINVAL);
  t.equal(create(), 4, 'the first free number');
  t.equal(byView(OP.switch, 4), 0);
  t.equal(byView(OP.destroy, 4), -E.EBUSY, 'in use');
  t.equal(issue(OP.used, [[0, 4, 1]]), 0);
  t.equal(u16(4), 4);
  t.equal(issue(OP.used, [[0, 4, 2]]), -E.EINVAL);
  t.equal(issue(OP.setVisibility, [[0, 2, 3]]), 0);
  t.equal(byView(OP.switch, 3), -E.EINVAL, 'not visible');
  t.equal(issue(OP.setVisibility, [[0, 2, 11]]), -E.EINVAL);
  t.equal(issue(OP.setVisibility, [[3, 1, 1]]), -E.EINVAL);
  t.equal(issue(OP.enableNotify, [[8, 8, 5]]), 0);
  t.equal(issue(OP.enableNotify, [[8, 8, 5]]), -E.EEXIST);
  t.equal(issue(OP.disableNotify), 0);
  t.equal(issue(OP.enableNotify, [[8, 8, 5000]]), -E.EINVAL, 'no page');
  t.equal(issue(OP.enableNotify, [[0, 4, 2]]), -E.EINVAL);
  t.equal(issue(OP.disableNotify, [[0, 4, 2]]), -E.EINVAL);
  t.equal(issue(OP.setState), 0);
  t.equal(domain.memory.properties.views, undefined);
  t.equal(issue(OP.used), -E.EOPNOTSUPP);
});

t.test('a view has access rights of its own, until those of the guest change', async (t) => {
  const { issue, guest, on, create, setAccess, getAccess, access, domain, enable, change } = await machine();
  on();
  const view = create(R);
  t.equal(getAccess(view, 16), -E.ESRCH, 'no entry yet');
  t.equal(getAccess(view, ALL), R, 'its default');
  t.equal(getAccess(0, 16), RWX, 'the guest');
  t.equal(setAccess(view, 16, RW), 0);
  t.same([getAccess(view, 16), getAccess(0, 16)], [RW, RWX]);
  t.equal(setAccess(view, 0x5000, RW), 0, 'frames without a page are left out');
  t.equal(getAccess(view, 0x5000), -E.ESRCH);
  t.equal(setAccess(view, 16, 11), -E.EINVAL);
  t.equal(setAccess(5, 16, R), -E.EINVAL);
  t.equal(setAccess(0, ALL, RW), 0);
  t.equal(setAccess(view, 17, DEFAULT), 0);
  t.equal(getAccess(view, 17), RW, "the guest's default");
  t.equal(getAccess(0, 17), RWX);
  const lists = guest.base + 1024;
  for (const [index, frame] of [20n, 21n].entries()) guest.view.setBigUint64(1024 + 8 * index, frame, true);
  guest.bytes.set([R, 11], 1040);
  const multi = (count: number, done = 0) =>
    issue(OP.setAccesses, [
      [0, 2, view],
      [4, 4, count],
      [8, 8, done],
      [16, 8, lists],
      [24, 8, lists + 16],
    ]);
  t.equal(multi(1, 2), -E.EINVAL);
  t.equal(multi(2), -E.EINVAL, 'the second has no such access');
  t.same([getAccess(view, 20), getAccess(view, 21)], [R, -E.ESRCH]);
  enable();
  t.equal(access({ op: 0, access: RW, pfn: 0, nr: 17 }).result, 0);
  t.same([getAccess(view, 16), getAccess(view, 17), getAccess(view, 15)], [RW, RW, -E.ESRCH]);
  t.equal(access({ op: 0, access: R, pfn: 16, nr: 1 }).result, 0);
  t.equal(getAccess(view, 16), R);
  domain.memory.remove(17);
  t.equal(getAccess(view, 17), -E.ESRCH, 'the page is gone');
  t.equal(change(view, 20, 30), 0);
  domain.memory.remove(30);
  t.same(
    [16, 20].map((frame) => getAccess(view, frame)),
    [-E.ESRCH, -E.ESRCH],
    'a page that it shows elsewhere is gone',
  );
});

t.test('virtualization exceptions are suppressed by frame', async (t) => {
  const { issue, guest, on, create } = await machine();
  on();
  const view = create();
  const suppress = (cmd: number, frame: number, value = 0, of = view) => {
    const result = issue(cmd, [
      [0, 2, of],
      [2, 1, value],
      [8, 8, frame],
    ]);
    return result < 0 || cmd === OP.setSuppress ? result : guest.bytes[18];
  };
  t.equal(suppress(OP.getSuppress, 16), -E.ESRCH);
  t.equal(suppress(OP.getSuppress, 16, 0, 0), 1, 'the guest');
  t.equal(suppress(OP.getSuppress, 16, 0, 5), -E.EINVAL);
  t.equal(suppress(OP.setSuppress, 16, 0), 0);
  t.equal(suppress(OP.getSuppress, 16), 0);
  t.equal(suppress(OP.setSuppress, 16, 1), 0);
  t.equal(suppress(OP.getSuppress, 16), 1);
  t.equal(suppress(OP.setSuppress, 0x5000), -E.ESRCH);
  const range = (first: number, last: number) =>
    issue(OP.setSuppresses, [
      [0, 2, view],
      [8, 8, first],
      [16, 8, last],
    ]);
  t.equal(range(2, 1), -E.EINVAL);
  t.equal(range(1022, 1030), 0);
  t.same([guest.view.getInt32(20, true), guest.view.getBigUint64(40, true)], [-E.ESRCH, 1024n], 'the first error');
  t.equal(guest.view.getBigUint64(24, true), 1031n);
  t.equal(suppress(OP.getSuppress, 1023), 0);
});

t.test('the view of a virtual CPU sets its access rights and its pages', async (t) => {
  const w = await machine();
  const { xen, domain, dom0, request, answer, produced, on, create, setAccess, byView, change, monitor } = w;
  const port = w.enable();
  on();
  const view = create();
  t.equal(setAccess(view, 16, R), 0);
  t.equal(change(view, 17, 18), 0);
  t.equal(change(view, 0x5000, 18), -E.ESRCH);
  t.equal(change(view, 17, 0x5000), -E.ESRCH);
  t.equal(change(9, 17, 18), -E.EINVAL);
  const write = (address: number): ScenarioEvent => ({ kind: 'write', address, value: 0x55 });
  const activity = new Activity(xen, domain, [write(0x10000), write(0x11000), write(0x10008)].map(actOf));
  const value = (frame: number, offset = 0) => {
    const bytes = new Uint8Array(1);
    domain.memory.readFrame(frame, offset, bytes);
    return bytes[0];
  };
  activity.act(0);
  t.same([produced(), value(16)], [0, 0x55], 'view 0');
  t.equal(byView(OP.switch, view), 0);
  activity.act(1);
  t.same([produced(), value(17), value(18)], [0, 0, 0x55], 'another page');
  activity.act(2);
  t.equal(produced(), 1);
  const event = request(0);
  t.equal(event.getUint32(4, true), 1 | (1 << 7), 'flags: the virtual CPU waits, the view counts');
  t.equal(event.getUint16(16, true), view);
  // One step in view 0, without an event, then back.
  event.setUint32(4, 1 | (1 << 7) | (1 << 11), true);
  event.setUint16(16, 0, true);
  event.setUint16(24, view, true);
  answer(0, new Uint8Array(event.buffer));
  dom0.eventChannels.send(port);
  activity.run();
  t.same([value(16, 8), produced()], [0x55, 1]);
  t.equal(w.issue(OP.used), 0);
  t.equal(w.u16(4), view, 'back in its view');
  // As xen-access: view 0, a single step with an event, and the view again.
  t.equal(monitor(0, 2), 0);
  activity.act(2);
  const again = request(1);
  again.setUint32(4, 1 | (1 << 7) | (1 << 4), true);
  again.setUint16(16, 0, true);
  answer(1, new Uint8Array(again.buffer));
  dom0.eventChannels.send(port);
  activity.run();
  t.equal(produced(), 3);
  t.same([request(2).getUint32(8, true), request(2).getUint16(16, true)], [7, 0], 'the step');
  t.equal(change(view, 17, ALL), 0);
});

t.test('since 4.20 the mode is given when the domain is created', async (t) => {
  const c = new Control(await testHypervisor({ version: '4.20' }), new FakeGuest());
  const result = c.domctl('createdomain', 0, {
    'createdomain.flags': 3,
    'createdomain.max_vcpus': 1,
    'createdomain.max_evtchn_port': -1,
    'createdomain.max_grant_frames': -1,
    'createdomain.max_maptrack_frames': -1,
    'createdomain.grant_opts': 1,
    'createdomain.altp2m_opts': 2,
    'createdomain.arch.emulation_flags': 1,
  });
  t.equal(result, 0);
  t.equal(c.xen.domains.get(1)?.hvmParameters.get(35), 2n);
});
