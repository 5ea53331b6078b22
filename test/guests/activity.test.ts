import t from 'tap';
import { Guests } from '../../src/guests/guests.ts';
import { actOf, type ScenarioEvent } from '../../src/scenario/events.ts';
import { setRegisters } from '../../src/scenario/registers.ts';
import { register } from '../../src/xen/domain/hvm-stream.ts';
import { errno } from '../../src/xen/errno.ts';
import { listener } from '../xen/domain/monitor/listener.ts';

const [ENABLE, DISABLE, CAPABLE, REGISTERS] = [0, 1, 2, 4];
const EVENT = { controlRegister: 0, msr: 1, singleStep: 2, breakpoint: 3, request: 4, cpuid: 6 };
const REASON = { access: 1, controlRegister: 4, msr: 5, breakpoint: 6, singleStep: 7, request: 8, cpuid: 10 };
const FLAG = { paused: 1, emulate: 4, emulateNoWrite: 8, toggleStep: 16, deny: 64, setRegisters: 256 };
/** Words of struct vm_event_st: the event's own, then its registers. */
const [DETAILS, REGS] = [24, 56];
const RX = 5;
const RIP = REGS + 8 * 19;

async function scripted(...events: ScenarioEvent[]) {
  const world = await listener();
  const { xen, domain, dom0, enable, request, answer, produced } = world;
  setRegisters(domain, [], [{ rip: '0xffffffff81000106', cr3: 0x1000, cr4: 0x6a0 }]);
  const guests = new Guests(xen, { script: {} });
  guests.setActs(domain, events.map(actOf));
  const port = enable();
  let answered = 0;
  /** Answers the next request as it is, with these flags too. */
  const reply = (flags: number, change: (view: DataView) => void = () => {}): void => {
    const view = request(answered);
    view.setUint32(4, FLAG.paused | flags, true);
    change(view);
    answer(answered, new Uint8Array(view.buffer));
    answered += 1;
    dom0.eventChannels.send(port);
  };
  /** The last request: its reason and its own words. */
  const last = () => {
    const view = request(produced() - 1);
    const words = [0, 1, 2, 3].map((index) => view.getBigUint64(DETAILS + 8 * index, true));
    return {
      reason: view.getUint32(8, true),
      flags: view.getUint32(4, true),
      vcpu: view.getUint32(12, true),
      words,
      view,
    };
  };
  const bytes = (frame: number, offset: number) => {
    const found = new Uint8Array(8);
    domain.memory.readFrame(frame, offset, found);
    return new DataView(found.buffer).getBigUint64(0, true);
  };
  const waits = (vcpu = 0) => (domain.vcpus[vcpu]?.eventPauseCount ?? 0) > 0;
  return { ...world, act: (index: number) => guests.act(domain, index), reply, last, bytes, waits };
}

t.test(
  'an access that its page does not allow waits for the listener, and is performed once it is allowed',
  async (t) => {
    const { act, access, produced, last, reply, bytes, waits } = await scripted(
      { kind: 'write', address: 0x5008, linear: '0xffffffff81005008', value: 0x1234 },
      { kind: 'execute', address: 0x6000, vcpu: 1 },
    );
    act(0);
    t.equal(produced(), 0, 'nothing forbids it');
    t.equal(bytes(5, 8), 0x1234n);
    access({ op: 0, access: RX, pfn: 5, nr: 1 });
    act(0);
    act(0);
    t.equal(produced(), 1, 'the second waits behind the first');
    t.match(last(), { reason: REASON.access, vcpu: 0, flags: FLAG.paused });
    t.strictSame(last().words, [5n, 8n, 0xffffffff81005008n, 2n + 8n + 16n]);
    t.equal(last().view.getBigUint64(RIP, true), 0xffffffff81000106n);
    t.ok(waits());
    reply(0);
    t.equal(produced(), 2, 'the page still forbids it');
    access({ op: 0, access: 7, pfn: 5, nr: 1 });
    reply(0);
    t.notOk(waits());
    t.equal(produced(), 2, 'both are done');
    access({ op: 0, access: 3, pfn: 6, nr: 1 });
    act(1);
    t.match(last(), { reason: REASON.access, vcpu: 1 });
    t.equal(last().words[3], 4n + 8n + 16n);
    t.ok(waits(1));
    t.notOk(waits(0));
  },
);

t.test('a listener has an access emulated, with its write or without', async (t) => {
  const { act, access, produced, reply, bytes } = await scripted(
    { kind: 'write', address: 0x5000, value: 1 },
    { kind: 'write', address: 0x5000, value: 2 },
  );
  access({ op: 0, access: RX, pfn: 5, nr: 1 });
  act(0);
  reply(FLAG.emulate);
  t.equal(bytes(5, 0), 1n);
  act(1);
  reply(FLAG.emulateNoWrite);
  t.equal(bytes(5, 0), 1n, 'nothing is written');
  t.equal(produced(), 2, 'and nothing is reported again');
});

t.test('writes of control registers are events if they match the request', async (t) => {
  const { act, monitor, produced, last, reply, domain, waits } = await scripted(
    { kind: 'register', register: 'cr4', value: 0x2_06a0 },
    { kind: 'register', register: 'cr4', value: 0x2_0620 },
    { kind: 'register', register: 'cr3', value: 0x2000 },
  );
  const asked = (index: number, sync: number, bitmask: number) => ({
    'monitor_op.u.mov_to_cr.index': index,
    'monitor_op.u.mov_to_cr.sync': sync,
    'monitor_op.u.mov_to_cr.onchangeonly': 1,
    'monitor_op.u.mov_to_cr.bitmask': bitmask,
  });
  act(2);
  t.equal(register(domain, 0, 'cr3'), 0x2000n, 'without a listener for it');
  t.equal(monitor(ENABLE, EVENT.controlRegister, asked(2, 1, 0x80)), 0);
  t.equal(monitor(ENABLE, EVENT.controlRegister, asked(2, 1, 0x80)), -errno.EEXIST);
  act(0);
  t.match(last(), { reason: REASON.controlRegister, flags: FLAG.paused });
  t.strictSame(last().words.slice(0, 3), [2n, 0x2_06a0n, 0x6a0n]);
  t.equal(register(domain, 0, 'cr4'), 0x6a0n, 'not yet');
  reply(0);
  t.equal(register(domain, 0, 'cr4'), 0x2_06a0n);
  act(0);
  t.equal(produced(), 1, 'no change');
  act(1);
  t.equal(produced(), 1, 'only a bit that is left out');
  t.equal(register(domain, 0, 'cr4'), 0x2_0620n);
  t.equal(monitor(DISABLE, EVENT.controlRegister, asked(2, 0, 0)), 0);
  t.equal(monitor(ENABLE, EVENT.controlRegister, asked(1, 0, 0)), 0);
  act(2);
  t.equal(produced(), 1);
  domain.hvmContext = undefined;
  act(2);
  t.match(last(), { reason: REASON.controlRegister, flags: 0 });
  t.notOk(waits(), 'it does not wait');
  t.equal(register(domain, 0, 'cr3'), 0x2000n);
});

t.test('a write is denied if the listener said before that it would', async (t) => {
  const { act, monitor, reply, domain } = await scripted(
    { kind: 'msr', msr: 0xc0000082, value: '0xffffffff81800000' },
    { kind: 'msr', msr: 0x10, value: 1 },
  );
  const LSTAR = { 'monitor_op.u.mov_to_msr.msr': 0xc0000082 };
  t.equal(monitor(ENABLE, EVENT.msr, LSTAR), 0);
  act(0);
  reply(FLAG.deny);
  t.equal(register(domain, 0, 'msr_lstar'), 0xffffffff81800000n, 'too late');
  act(1);
  domain.hvmContext = undefined;
  t.equal(monitor(REGISTERS, 0), 0);
  act(0);
  reply(FLAG.deny);
  t.equal(register(domain, 0, 'msr_lstar'), 0n);
  act(0);
  reply(0);
  t.equal(register(domain, 0, 'msr_lstar'), 0xffffffff81800000n);
});

t.test('steps, breakpoints, CPUID and requests are events; an answer can set registers', async (t) => {
  const { act, monitor, control, domain, produced, last, reply } = await scripted(
    { kind: 'cpuid', leaf: 0x40000000, subleaf: 3 },
    { kind: 'breakpoint', address: 0x10106 },
    { kind: 'read', address: 0x7000 },
    { kind: 'request' },
  );
  for (const index of [0, 1, 2, 3]) act(index);
  t.equal(produced(), 0, 'none is enabled');
  for (const event of [EVENT.cpuid, EVENT.breakpoint, EVENT.singleStep]) t.equal(monitor(ENABLE, event), 0);
  t.equal(monitor(ENABLE, EVENT.request, { 'monitor_op.u.guest_request.sync': 1 }), 0);
  t.equal(monitor(CAPABLE, 0), 0);
  act(0);
  t.match(last(), { reason: REASON.cpuid });
  t.strictSame(last().words.slice(0, 2), [2n | (0x40000000n << 32n), 3n]);
  t.equal(last().view.getBigUint64(REGS, true), 0x40000000n, 'rax');
  reply(FLAG.setRegisters, (view) => view.setBigUint64(RIP, 0xffffffff81000108n, true));
  t.equal(register(domain, 0, 'rip'), 0xffffffff81000108n);
  act(1);
  t.match(last(), { reason: REASON.breakpoint });
  t.strictSame(last().words.slice(0, 3), [0x10n, 0n, 1n | (6n << 32n)]);
  reply(FLAG.toggleStep);
  t.match(last(), { reason: REASON.singleStep }, 'after the instruction that waited');
  t.equal(last().words[0], 0xffffffffffffffffn, 'its page tables have nothing there');
  reply(0);
  for (const [table, index, entry] of [
    [1, 511, 0x2063],
    [2, 510, 0x3063],
    [3, 8, 0x2000e3], // a page of 2 MiB
  ] as const)
    domain.memory.writeFrame(table, 8 * index, new Uint8Array(BigUint64Array.of(BigInt(entry)).buffer));
  act(2);
  t.match(last(), { reason: REASON.singleStep });
  t.equal(last().words[0], 0x200n);
  reply(FLAG.toggleStep);
  const before = produced();
  act(2);
  t.equal(produced(), before, 'no more steps');
  t.equal(control.domctl('debug_op', 1, { 'debug_op.op': 1, 'debug_op.vcpu': 0 }), 0);
  act(2);
  t.match(last(), { reason: REASON.singleStep }, 'switched on by a debugger');
  t.equal(control.domctl('debug_op', 1, { 'debug_op.op': 0, 'debug_op.vcpu': 0 }), 0);
  reply(0);
  act(3);
  t.match(last(), { reason: REASON.request, flags: FLAG.paused });
});

t.test(
  'a guest repeats an access that found the ring full, and drops accesses that were due while it was held',
  async (t) => {
    const { act, monitor, produced, reply, waits, domain } = await scripted(
      { kind: 'register', register: 'cr3', value: 0x5000 },
      { kind: 'request' },
    );
    const cr3 = { 'monitor_op.u.mov_to_cr.index': 1 };
    t.equal(monitor(ENABLE, EVENT.controlRegister, cr3), 0);
    for (let count = 0; count < 12; count += 1) {
      domain.hvmContext = undefined;
      act(0);
    }
    t.equal(produced(), 8, 'as many as the ring holds');
    reply(0);
    t.equal(produced(), 9);
    t.equal(monitor(DISABLE, EVENT.controlRegister, cr3), 0);
    t.equal(monitor(ENABLE, EVENT.request, { 'monitor_op.u.guest_request.sync': 1 }), 0);
    for (let count = 0; count < 8; count += 1) reply(0);
    for (let count = 0; count < 50; count += 1) act(1);
    t.ok(waits());
    const held = produced();
    for (let count = 0; waits() && count < 100; count += 1) reply(0);
    t.equal(produced() - held, 15, 'sixteen were waiting');
  },
);
