import t from 'tap';
import { destroyDomain } from '../../../../src/xen/domain/lifecycle.ts';
import { guestAccess } from '../../../../src/xen/domain/monitor/guest-access.ts';
import { errno } from '../../../../src/xen/errno.ts';
import { hypercall } from '../../host.ts';
import { listener, RING_GFN } from './listener.ts';

const [ENABLE, DISABLE, RESUME, GET_VERSION] = [0, 1, 2, 3];
const [PAGING, SHARING] = [1, 3];
const GUEST_REQUEST = 4;
const HVM_OP = 34;
const GUEST_REQUEST_VM_EVENT = 24;
const RING_PARAMETER = 28;
/** Offsets in struct vm_event_st. */
const EVENT = { version: 0, flags: 4, reason: 8, vcpu: 12, frame: 24, offset: 32, linear: 40, access: 48, trace: 312 };
const [RX, RW, RWX, RX2RW, N2RWX] = [5, 3, 7, 8, 9];

t.test('a ring is enabled once, with the errors of Xen', async (t) => {
  const { vmEvent, domain, control, dom0, xen } = await listener();
  t.equal(vmEvent(GET_VERSION), 0);
  t.equal(control.out('vm_event_op.u.version'), 7);
  t.equal(vmEvent(RESUME), -errno.ENODEV, 'there is no ring');
  t.equal(vmEvent(DISABLE), -errno.EINVAL);
  t.equal(vmEvent(9), -errno.ENOSYS);
  t.equal(vmEvent(ENABLE, PAGING), -errno.ENOSYS, 'not in a release build');
  t.equal(vmEvent(ENABLE, SHARING), -errno.ENOSYS);
  domain.hvmParameters.set(RING_PARAMETER, 0n);
  t.equal(vmEvent(ENABLE), -errno.EOPNOTSUPP, 'no frame was chosen');
  domain.hvmParameters.set(RING_PARAMETER, 0x80000n);
  t.equal(vmEvent(ENABLE), -errno.EINVAL, 'no page is there');
  domain.hvmParameters.set(RING_PARAMETER, BigInt(RING_GFN));
  t.equal(vmEvent(ENABLE), 0);
  const port = control.out('vm_event_op.u.enable.port');
  t.match(domain.eventChannels.get(port), { state: 'unbound', remoteId: 0 });
  t.equal(domain.eventChannels.close(port), -errno.EINVAL, "the guest cannot close Xen's end");
  t.equal(vmEvent(ENABLE), -errno.EBUSY);
  const bound = dom0.eventChannels.bindInterdomain(domain, port);
  t.equal(vmEvent(RESUME), 0, 'nothing to read');
  t.equal(vmEvent(DISABLE), 0);
  t.equal(domain.eventChannels.get(port), undefined);
  t.match(dom0.eventChannels.get(bound), { state: 'unbound' }, "the listener's end stays");
  t.equal(vmEvent(ENABLE), 0, 'and again');
  domain.maxEventChannelPort = 0;
  t.equal(vmEvent(DISABLE), 0);
  t.equal(vmEvent(ENABLE), -errno.ENOSPC, 'no port is left');
  t.equal(control.domctl('vm_event_op', 0, {}), -errno.EINVAL, 'of itself');
  domain.references = 1;
  destroyDomain(xen, domain);
  t.equal(vmEvent(ENABLE), 0, 'a dying domain is ignored');
});

t.test("the ring's page leaves the guest's memory and comes back to the heap with the ring", async (t) => {
  const { vmEvent, enable, domain, xen } = await listener();
  const pages = domain.totPages;
  const free = xen.memory.heap.freePages;
  enable();
  t.equal(domain.memory.pageOf(RING_GFN), undefined);
  t.equal(domain.totPages, pages, 'it is still accounted');
  t.equal(domain.memory.populate(RING_GFN, 1), 0);
  t.ok(domain.memory.remove(RING_GFN), 'populated and removed again');
  t.equal(domain.totPages, pages);
  domain.memory.frames.write(RING_GFN, 100, new Uint8Array([1]));
  t.equal(vmEvent(DISABLE), 0);
  t.equal(domain.totPages, pages - 1);
  t.equal(xen.memory.heap.freePages, free + 1);
  const byte = new Uint8Array([7]);
  domain.memory.frames.read(RING_GFN, 100, byte);
  t.equal(byte[0], 0, 'its bytes are gone');
  domain.memory.populate(RING_GFN, 1);
  t.equal(vmEvent(ENABLE), 0);
  t.equal(vmEvent(DISABLE), 0);
  t.equal(domain.totPages, pages, 'a frame that was never taken away stays');
});

t.test('destroying a domain removes its ring', async (t) => {
  const { enable, domain, dom0, xen } = await listener();
  const free = xen.memory.heap.freePages;
  const port = enable();
  destroyDomain(xen, domain);
  t.ok(xen.memory.heap.freePages > free);
  t.match(dom0.eventChannels.get(port), { state: 'unbound' });
  t.equal(dom0.eventChannels.send(port), 0, 'nobody hears it');
});

t.test('a write to a protected page is reported, and the virtual CPU waits for the answer', async (t) => {
  const { enable, access, domain, dom0, request, answer, produced, xen } = await listener();
  const port = enable();
  t.equal(access({ op: 0, access: RX, pfn: 0, nr: 1024 }).result, 0);
  const write = () => guestAccess(xen, domain, 1, { frame: 5, offset: 0x123, kind: 'w' });
  t.ok(guestAccess(xen, domain, 1, { frame: 5, offset: 0, kind: 'r' }), 'reading is allowed');
  t.ok(guestAccess(xen, domain, 1, { frame: 2000, offset: 0, kind: 'w' }), 'so is a page beyond the range');
  t.equal(produced(), 0);
  t.notOk(write());
  t.equal(produced(), 1);
  t.ok(dom0.eventChannels.isPending(port));
  const event = request(0);
  const words = [EVENT.version, EVENT.flags, EVENT.reason, EVENT.vcpu].map((at) => event.getUint32(at, true));
  t.same(words, [7, 1, 1, 1], 'version, paused, memory access, virtual CPU');
  const longs = [EVENT.frame, EVENT.offset, EVENT.linear].map((at) => Number(event.getBigUint64(at, true)));
  t.same(longs, [5, 0x123, 0x5123]);
  t.equal(event.getUint32(EVENT.access, true), 2 | 8 | 16);
  t.equal(event.getBigUint64(EVENT.trace, true), 0xffffffffffffffffn, 'it is not traced');
  t.equal(domain.vcpus[1]?.pauseCount, 1);
  t.notOk(domain.vcpus[1]?.blocked);
  t.equal(domain.vcpus[0]?.pauseCount, 0);

  let runs = 0;
  xen.hooks.domainRuns.add(() => {
    runs += 1;
  });
  answer(0);
  t.equal(domain.vcpus[1]?.pauseCount, 1, 'not before the listener says so');
  t.equal(dom0.eventChannels.send(port), 0);
  t.equal(domain.vcpus[1]?.pauseCount, 0);
  t.equal(runs, 1);
  t.notOk(write(), 'the access is still as it was');
  t.equal(access({ op: 0, access: RWX, pfn: 5, nr: 1 }).result, 0);
  answer(1);
  dom0.eventChannels.send(port);
  t.ok(write());
});

t.test('rx2rw and n2rwx change at the first access, n2rwx with an event and without a pause', async (t) => {
  const { enable, access, domain, produced, request, xen } = await listener();
  enable();
  const may = (frame: number, kind: 'r' | 'w') => guestAccess(xen, domain, 0, { frame, offset: 0, kind });
  access({ op: 0, access: RX2RW, pfn: 1, nr: 1 });
  t.ok(may(1, 'r'));
  t.equal(access({ op: 1, pfn: 1 }).access, RX2RW);
  t.ok(may(1, 'w'));
  t.equal(access({ op: 1, pfn: 1 }).access, RW);
  t.equal(produced(), 0);
  access({ op: 0, access: N2RWX, pfn: 2, nr: 1 });
  t.ok(may(2, 'r'));
  t.equal(access({ op: 1, pfn: 2 }).access, RWX);
  t.equal(produced(), 1);
  t.equal(request(0).getUint32(EVENT.flags, true), 0);
  t.equal(domain.vcpus[0]?.pauseCount, 0);
});

t.test('without a listener a restriction is dropped, or fatal if a listener is required', async (t) => {
  const { enable, access, vmEvent, control, domain, xen } = await listener();
  enable();
  access({ op: 0, access: RX, pfn: 0, nr: 10 });
  vmEvent(DISABLE);
  const write = (frame: number) => guestAccess(xen, domain, 0, { frame, offset: 0, kind: 'w' });
  t.ok(write(1));
  t.equal(domain.memory.properties.access?.get(1), RWX);
  t.equal(control.domctl('set_access_required', domain.id, { 'access_required.access_required': 1 }), 0);
  t.notOk(write(2));
  t.equal(domain.shutdownCode, 3, 'it crashed');
});

t.test('a guest sends a request to the listener, and waits if the listener wants that', async (t) => {
  const { monitor, enable, domain, dom0, produced, request, answer, guest, xen } = await listener();
  const ask = (argument = 0) => hypercall(xen, guest, HVM_OP, [GUEST_REQUEST_VM_EVENT, argument], domain.id);
  t.equal(ask(), 0, 'nobody listens');
  t.equal(ask(guest.base), -errno.EINVAL);
  const port = enable();
  t.equal(ask(), 0);
  t.equal(produced(), 0, 'nobody wants it');
  t.equal(monitor(0, GUEST_REQUEST), 0);
  for (let count = 1; count <= 9; count += 1) {
    t.equal(ask(), 0);
    t.equal(produced(), Math.min(8, count), 'what the ring has no room for is dropped');
  }
  t.same(
    [EVENT.flags, EVENT.reason].map((at) => request(0).getUint32(at, true)),
    [0, 8],
  );
  for (let index = 0; index < 8; index += 1) answer(index);
  dom0.eventChannels.send(port);
  t.equal(monitor(1, GUEST_REQUEST), 0);
  t.equal(monitor(0, GUEST_REQUEST, { 'monitor_op.u.guest_request.sync': 1 }), 0);
  t.equal(ask(), 0);
  t.equal(produced(), 9);
  t.equal(domain.vcpus[0]?.pauseCount, 1);
  answer(8);
  dom0.eventChannels.send(port);
  t.equal(domain.vcpus[0]?.pauseCount, 0);
});

t.test('invalid answers change nothing', async (t) => {
  const { enable, access, domain, dom0, request, answer, word, xen } = await listener();
  const port = enable();
  access({ op: 0, access: RX, pfn: 0, nr: 10 });
  guestAccess(xen, domain, 0, { frame: 1, offset: 0, kind: 'w' });
  const asked = new Uint8Array(request(0).buffer).slice();
  const wrong: [string, number, number][] = [
    ['another version', EVENT.version, 6],
    ['no such virtual CPU', EVENT.vcpu, 77],
    ['a virtual CPU that does not wait', EVENT.vcpu, 1],
    ['not of a paused one', EVENT.flags, 0],
  ];
  for (const [index, [name, at, value]] of wrong.entries()) {
    const bytes = asked.slice();
    new DataView(bytes.buffer).setUint32(at, value, true);
    answer(index, bytes);
    t.equal(dom0.eventChannels.send(port), 0);
    t.equal(domain.vcpus[0]?.pauseCount, 1, name);
    t.equal(domain.vcpus[1]?.pauseCount, 0, name);
  }
  word(8, 0x80000000);
  t.equal(dom0.eventChannels.send(port), 0, 'more answers than the ring has room for');
  answer(0x80000000, asked);
  dom0.eventChannels.send(port);
  t.equal(domain.vcpus[0]?.pauseCount, 0, 'the last one counts');
});
