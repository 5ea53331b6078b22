import t from 'tap';
import { bootGuest } from '../../../src/xen/domain/guest.ts';
import { Control } from '../control.ts';
import { FakeGuest } from '../fake-guest.ts';
import { hypercall, testHypervisor } from '../host.ts';

const SECOND = 1_000_000_000;

t.test('a running guest has memory, virtual CPUs and CPU time', async (t) => {
  let now = 10 * SECOND;
  const xen = await testHypervisor();
  Object.assign(xen.machine, { uptime: () => BigInt(now) });
  const c = new Control(xen, new FakeGuest());
  const domain = bootGuest(xen, { pages: 4096, vcpus: 2, load: 0.75, cpuTime: 3 * SECOND });
  now += 4 * SECOND;
  t.equal(c.domctl('getdomaininfo', domain.id), 0);
  t.equal(c.out('getdomaininfo.flags'), 0xffff0020, 'running');
  t.equal(c.out('getdomaininfo.tot_pages'), 4096);
  t.equal(c.out('getdomaininfo.max_pages'), 4096 + 256);
  t.equal(c.out('getdomaininfo.nr_online_vcpus'), 2);
  t.equal(c.out('getdomaininfo.cpu_time'), 3 * SECOND + 2 * 3 * SECOND);
  c.domctl('pausedomain', domain.id);
  now += 100 * SECOND;
  c.domctl('getdomaininfo', domain.id);
  t.equal(c.out('getdomaininfo.flags'), 0xffff0008, 'paused: neither running nor blocked');
  t.equal(c.out('getdomaininfo.cpu_time'), 9 * SECOND, 'its time stands');
  c.domctl('unpausedomain', domain.id);
  now += SECOND;
  c.domctl('getvcpuinfo', domain.id, { 'getvcpuinfo.vcpu': 1 });
  t.equal(c.out('getvcpuinfo.cpu_time'), 4.5 * SECOND + 0.75 * SECOND);
});

t.test('idle, crashed and PVH guests have their states', async (t) => {
  const c = new Control(await testHypervisor(), new FakeGuest());
  const flags = (id: number) => {
    c.domctl('getdomaininfo', id);
    return c.out('getdomaininfo.flags');
  };
  t.equal(flags(bootGuest(c.xen, { pages: 16 }).id), 0xffff0010, 'blocked');
  t.equal(flags(bootGuest(c.xen, { pages: 16, shutdown: 3 }).id), 0x30004, 'crashed');
  const pvh = bootGuest(c.xen, { pages: 19, type: 'pvh' });
  t.equal(flags(pvh.id), 0xffff0112, 'HVM with HAP');
  t.equal(pvh.totPages, 19);
});

t.test('a guest that does not fit is refused with the reason', async (t) => {
  const { xen } = new Control(await testHypervisor(), new FakeGuest());
  t.throws(() => bootGuest(xen, { pages: 2 ** 30 }), /does not fit: \d+ MiB are free/);
  t.throws(() => bootGuest(xen, { id: 0, pages: 1 }), /there is a domain 0 already/);
});

t.test('a thousand guests start in a moment', async (t) => {
  const { xen } = new Control(await testHypervisor(), new FakeGuest());
  for (let index = 0; index < 1000; index += 1) bootGuest(xen, { pages: 256, vcpus: 2 });
  t.equal(xen.domains.size, 1001);
});

t.test(
  "a running PVH guest finds the pages of xenstore and its console where xl's guest does on a real Xen 4.17",
  async (t) => {
    const c = new Control(await testHypervisor(), new FakeGuest());
    const parameter = (id: number, index: number): bigint => {
      const { view, base } = c.guest;
      view.setUint32(0, id, true);
      view.setUint32(4, index, true);
      view.setBigUint64(8, 0n, true);
      t.equal(hypercall(c.xen, c.guest, 34, [1, base]), 0);
      return view.getBigUint64(8, true);
    };
    const running = bootGuest(c.xen, { pages: 16, type: 'pvh', connected: true }).id;
    t.equal(parameter(running, 1), 0xfeffcn);
    t.equal(parameter(running, 17), 0xfefffn);
    const waiting = bootGuest(c.xen, { pages: 16, type: 'pvh' }).id;
    t.equal(parameter(waiting, 1), 0n, 'set when the ring is added');
  },
);
