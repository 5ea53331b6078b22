import t from 'tap';
import { bootGuest } from '../../../src/xen/domain/guest.ts';
import { virqs } from '../../../src/xen/domain/virq.ts';
import { errno } from '../../../src/xen/errno.ts';
import { traceEvents } from '../../../src/xen/trace-buffers/events.ts';
import { Control } from '../control.ts';
import { FakeGuest } from '../fake-guest.ts';
import { hypercall, testHypervisor } from '../host.ts';

const command = { info: 0, cpuMask: 1, eventMask: 2, size: 3, enable: 4, disable: 5 };

async function control() {
  return new Control(await testHypervisor(), new FakeGuest());
}

/** Events in a CPU's buffer, as its pages show them, without the bits of a run state. */
function eventsOf({ xen }: Control, cpu = 0): number[] {
  const { memory, infoFrame } = xen.traceBuffers;
  if (memory === undefined) return [];
  const read = (mfn: number, offset: number, length: number) => {
    const bytes = new Uint8Array(length);
    memory.frames.read(mfn, offset, bytes);
    return new DataView(bytes.buffer);
  };
  const list = read(infoFrame, 2 + 2 * cpu, 2).getUint16(0, true);
  const buffer = read(infoFrame, 4 * list, 4).getUint32(0, true);
  const records = read(buffer, 8, read(buffer, 4, 4).getUint32(0, true));
  const found: number[] = [];
  for (let at = 0; at < records.byteLength; ) {
    const head = records.getUint32(at, true);
    const event = head & 0x0fffffff;
    found.push((event & ~0x330) === traceEvents.runstateChange ? traceEvents.runstateChange : event);
    at += 4 + 4 * ((head >>> 28) & 7) + (head >>> 31) * 8;
  }
  return found;
}

t.test('a size is set once, then buffers can be enabled, and their pages are accounted', async (t) => {
  const c = await control();
  const tbuf = (cmd: number, fields = {}) => c.sysctl('tbuf_op', { 'tbuf_op.cmd': cmd, ...fields });
  const before = c.xen.memory.heap.freePages;
  t.equal(tbuf(command.enable), -errno.EINVAL);
  t.equal(tbuf(command.size), -errno.EINVAL);
  t.equal(tbuf(command.info), 0);
  t.equal(c.out('tbuf_op.buffer_mfn', 'xen_sysctl'), 0);
  t.equal(tbuf(command.size, { 'tbuf_op.size': 600 }), 0);
  t.equal(before - c.xen.memory.heap.freePages, 2 * 600 + 2, 'two CPUs, and lists that need two pages');
  t.equal(tbuf(command.size, { 'tbuf_op.size': 600 }), -errno.EBUSY);
  t.equal(tbuf(command.size, { 'tbuf_op.size': 601 }), -errno.EINVAL);
  t.equal(tbuf(command.info), 0);
  t.equal(c.out('tbuf_op.size', 'xen_sysctl'), 8192);
  t.not(c.out('tbuf_op.buffer_mfn', 'xen_sysctl'), 0);
  const huge = await control();
  t.equal(huge.sysctl('tbuf_op', { 'tbuf_op.cmd': 3, 'tbuf_op.size': 100_000 }), 0);
  t.match(huge.xen.console.ring.text(), /requested number of 100000 pages reduced to 65406\n/);
  t.equal(huge.sysctl('tbuf_op', { 'tbuf_op.cmd': 3, 'tbuf_op.size': 4 }), -errno.EINVAL);
  t.match(huge.xen.console.ring.text(), /tb_set_size from 65406 to 4 not implemented\n/);
  // Recorded on 4.14.6 and 4.17.7 with two CPUs: the first size is reduced to fit, and only the same size may be requested again (EBUSY).
  t.equal(huge.sysctl('tbuf_op', { 'tbuf_op.cmd': 3, 'tbuf_op.size': 65535 * 8 }), -errno.EINVAL);
  t.match(huge.xen.console.ring.text(), /tb_set_size from 65406 to 524280 not implemented\n/);
  t.equal(huge.sysctl('tbuf_op', { 'tbuf_op.cmd': 3, 'tbuf_op.size': 65406 }), -errno.EBUSY);
  for (const size of [0xffffffff, 65535 * 8]) {
    const fresh = await control();
    t.equal(fresh.sysctl('tbuf_op', { 'tbuf_op.cmd': 3, 'tbuf_op.size': size }), 0);
    t.match(fresh.xen.console.ring.text(), `requested number of ${size} pages reduced to 65406\n`);
  }
  const third = new Control(await testHypervisor(), new FakeGuest());
  third.create();
  third.domctl('max_mem', 1, { 'max_mem.max_memkb': 2 ** 31 });
  t.equal(third.xen.domains.get(1)?.memory.claim(400_000), 0);
  t.equal(third.sysctl('tbuf_op', { 'tbuf_op.cmd': 3, 'tbuf_op.size': 65535 }), -errno.ENOMEM);
});

t.test('hypercalls and a domain’s lifecycle are recorded only while tracing is enabled', async (t) => {
  const c = await control();
  const tbuf = (cmd: number, fields = {}) => c.sysctl('tbuf_op', { 'tbuf_op.cmd': cmd, ...fields });
  tbuf(command.size, { 'tbuf_op.size': 4 });
  t.notOk(c.xen.hooks.entered.used, 'nothing is asked on the way of a hypercall');
  tbuf(command.enable);
  tbuf(command.enable);
  c.create();
  c.domctl('max_vcpus', 1, { 'max_vcpus.max': 1 });
  c.domctl('unpausedomain', 1);
  c.domctl('pausedomain', 1);
  c.domctl('destroydomain', 1);
  tbuf(command.disable);
  t.notOk(c.xen.hooks.entered.used || c.xen.hooks.holdChanged.used);
  hypercall(c.xen, c.guest, 17, [0, 0]);
  const { runstateChange, hypercall: call, domAdd, schedDomAdd, domRem, schedDomRem } = traceEvents;
  t.strictSame(eventsOf(c), [
    runstateChange,
    runstateChange,
    call, // enable
    call, // createdomain
    schedDomAdd,
    domAdd,
    call,
    call,
    call,
    call,
    domRem,
    schedDomRem,
    call, // disable
  ]);
  t.strictSame(eventsOf(c, 1), [runstateChange, runstateChange], 'an idle CPU');
});

t.test('the first record in a buffer that was read names its own domain', async (t) => {
  const c = await control();
  const tbuf = (cmd: number, fields = {}) => c.sysctl('tbuf_op', { 'tbuf_op.cmd': cmd, ...fields });
  tbuf(command.eventMask, { 'tbuf_op.evt_mask': 0x6f000 }); // no hypercalls: the removal comes first
  tbuf(command.size, { 'tbuf_op.size': 1 });
  tbuf(command.enable);
  bootGuest(c.xen, { id: 7, type: 'pv', pages: 16 });
  const { memory, infoFrame } = c.xen.traceBuffers;
  const word = (mfn: number, offset: number) => {
    const bytes = new Uint8Array(4);
    memory?.frames.read(mfn, offset, bytes);
    return new DataView(bytes.buffer).getUint32(0, true);
  };
  const buffer = word(infoFrame, 4 * (word(infoFrame, 2) & 0xffff));
  const prod = word(buffer, 4);
  memory?.frames.write(buffer, 0, Uint8Array.of(prod & 0xff, prod >> 8, 0, 0)); // cons: all is read
  c.domctl('destroydomain', 7);
  const domains = new Map<number, number>();
  for (let at = 8 + prod; at < 8 + word(buffer, 4); ) {
    const head = word(buffer, at);
    const data = at + 4 + (head >>> 31) * 8;
    const event = head & 0x0fffffff;
    if ((event & ~0x330) !== traceEvents.runstateChange) domains.set(event, word(buffer, data));
    at = data + 4 * ((head >>> 28) & 7);
  }
  t.ok(domains.has(traceEvents.domRem));
  t.same([...new Set(domains.values())], [7]);
});

t.test('masks of events and CPUs apply; half a buffer raises VIRQ_TBUF; an invalid cons stops recording', async (t) => {
  const c = await control();
  const raised: number[] = [];
  c.xen.hooks.virqRaised.add((_domain, virq) => raised.push(virq));
  const tbuf = (cmd: number, fields = {}) => c.sysctl('tbuf_op', { 'tbuf_op.cmd': cmd, ...fields });
  tbuf(command.size, { 'tbuf_op.size': 1 });
  tbuf(command.eventMask, { 'tbuf_op.evt_mask': 0x4f000 });
  tbuf(command.enable);
  hypercall(c.xen, c.guest, 17, [0, 0]);
  t.strictSame(eventsOf(c), []);
  tbuf(command.eventMask, { 'tbuf_op.evt_mask': 0x20f000 });
  const mask = c.guest.base + 2048;
  c.guest.bytes[2048] = 2;
  t.equal(tbuf(command.cpuMask, { 'tbuf_op.cpu_mask.bitmap': mask, 'tbuf_op.cpu_mask.nr_bits': 8 }), 0);
  const count = eventsOf(c).length;
  hypercall(c.xen, c.guest, 17, [0, 0]);
  t.equal(eventsOf(c).length, count);
  c.guest.bytes[2048] = 3;
  tbuf(command.cpuMask, { 'tbuf_op.cpu_mask.bitmap': mask, 'tbuf_op.cpu_mask.nr_bits': 8 });
  for (let index = 0; index < 200; index += 1) hypercall(c.xen, c.guest, 17, [0, 0]);
  t.strictSame(
    raised.filter((virq) => virq === virqs.tbuf),
    [virqs.tbuf],
  );
  const { memory, infoFrame } = c.xen.traceBuffers;
  const buffer = new Uint8Array(4);
  memory?.frames.read(infoFrame, 4 * 129, buffer);
  const mfn = new DataView(buffer.buffer).getUint32(0, true);
  t.equal(c.xen.traceBuffers.mayWrite(infoFrame), false);
  t.equal(c.xen.traceBuffers.mayWrite(mfn), true);
  memory?.frames.write(mfn, 0, Uint8Array.of(3, 0, 0, 0));
  t.equal(hypercall(c.xen, c.guest, 17, [0, 0]), 0x40011, 'the hypercall itself is unharmed');
  t.equal(c.xen.traceBuffers.enabled, false);
});
