import t from 'tap';
import { Domain } from '../../../src/xen/domain/domain.ts';
import { Domains } from '../../../src/xen/domain/domains.ts';
import { releaseDomain } from '../../../src/xen/domain/lifecycle.ts';
import { Control } from '../control.ts';
import { FakeGuest } from '../fake-guest.ts';
import { testHypervisor } from '../host.ts';

t.test('ids increase, wrap after 32751, and run out when all are taken', async (t) => {
  const domains = new Domains();
  domains.add(new Domain(0, 'pv', true));
  t.equal(domains.allocate(), 1);
  t.equal(domains.allocate(), 2, 'even if the first was never used');
  let wrong = 0;
  for (let id = 3; id <= 32751; id += 1) wrong += domains.allocate() === id ? 0 : 1;
  t.equal(wrong, 0);
  t.equal(domains.allocate(), 1);
  for (let id = 1; id <= 32751; id += 1) domains.add(new Domain(id, 'pv', false));
  t.equal(domains.size, 32752);
  t.equal(domains.allocate(), undefined);
  domains.delete(5);
  t.equal(domains.allocate(), 5);
});

t.test('if all ids are requested explicitly, no automatic id is left', async (t) => {
  const domains = new Domains();
  for (let id = 0; id <= 32751; id += 1) domains.add(new Domain(id, 'pv', id === 0));
  t.equal(domains.allocate(), undefined);
});

t.test('a hundred thousand domains come and go and leave nothing', async (t) => {
  const c = new Control(await testHypervisor(), new FakeGuest());
  const round = (count: number) => {
    for (let index = 0; index < count; index += 1) {
      const id = c.create(0, 2);
      c.domctl('max_vcpus', id, { 'max_vcpus.max': 2 });
      c.domctl('destroydomain', id);
    }
  };
  // Uses all ids once, so that the table of ids has its full size.
  round(33_000);
  global.gc?.();
  const before = process.memoryUsage().heapUsed;
  round(100_000);
  global.gc?.();
  t.equal(c.xen.domains.size, 1);
  t.equal(c.xen.pools.first.domains, 1);
  if (global.gc !== undefined) t.ok(process.memoryUsage().heapUsed - before < 2 ** 20, 'less than a mebibyte');
});

t.test('querying a dead domain whose grant is still mapped takes no page', async (t) => {
  const c = new Control(await testHypervisor(), new FakeGuest());
  const { heap } = c.xen.memory;
  const dom0 = c.xen.domains.get(0);
  const free = heap.freePages;
  const id = c.create(3);
  const guest = c.xen.domains.get(id);
  if (dom0 === undefined || guest === undefined) throw new Error('no domains');
  guest.maxPages = 1;
  guest.memory.populate(0, 1);
  guest.grants.grantAccess(0, 0, 0);
  const handle = dom0.grants.map(guest, 0, 2);
  t.ok(handle >= 0);
  c.domctl('destroydomain', id);
  t.equal(c.domctl('getdomaininfo', id), 0);
  t.equal(c.out('getdomaininfo.flags') & 1, 1, 'it is dying');
  t.ok(dom0.grants.map(guest, 1, 2) < 0, 'its grant table is not made again');
  dom0.grants.unmap(handle);
  releaseDomain(c.xen, guest);
  t.equal(c.xen.domains.get(id), undefined);
  t.equal(heap.freePages, free);
});

t.test('a list of ten thousand domains is complete, in order, and takes few copies', async (t) => {
  const c = new Control(await testHypervisor(), new FakeGuest(2 ** 21));
  for (let index = 0; index < 10_000; index += 1) {
    const id = c.create();
    c.domctl('max_vcpus', id, { 'max_vcpus.max': 1 });
  }
  const { guest } = c;
  let copies = 0;
  const write = guest.write.bind(guest);
  guest.write = (...args) => {
    copies += 1;
    return write(...args);
  };
  const list = (first: number, max: number) =>
    c.sysctl('getdomaininfolist', {
      'getdomaininfolist.first_domain': first,
      'getdomaininfolist.max_domains': max,
      'getdomaininfolist.buffer': guest.base + 4096,
    });
  t.equal(list(0, 0xffffffff), 0);
  t.equal(c.out('getdomaininfolist.num_domains', 'xen_sysctl'), 10_001);
  t.ok(copies < 30, `${copies} copies`);
  const info = c.xen.abi.struct('xen_domctl_getdomaininfo');
  for (const index of [0, 1, 511, 512, 10_000]) {
    t.equal(info.field('domain').get(guest.view, 4096 + index * info.size), index);
  }
  for (let warm = 0; warm < 20; warm += 1) list(0, 20_000);
  const start = process.hrtime.bigint();
  for (let run = 0; run < 10; run += 1) list(0, 20_000);
  const ms = Number(process.hrtime.bigint() - start) / 1e7;
  t.comment(`${ms.toFixed(2)} ms a list`);
  t.equal(list(9_999, 5), 0);
  t.equal(c.out('getdomaininfolist.num_domains', 'xen_sysctl'), 2);
  t.equal(list(32767, 8), 0);
  t.equal(c.out('getdomaininfolist.num_domains', 'xen_sysctl'), 0);
  t.equal(list(0, 0), 0);
});
