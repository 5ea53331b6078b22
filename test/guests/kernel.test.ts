import t from 'tap';
import { balloon, setVcpuOnline, startVcpus } from '../../src/guests/kernel.ts';
import { bootGuest } from '../../src/xen/domain/guest.ts';
import { testHypervisor } from '../xen/host.ts';

t.test('virtual CPUs are started and stopped, but for the first', async (t) => {
  const xen = await testHypervisor();
  const domain = bootGuest(xen, { type: 'pvh', pages: 256, vcpus: 3, onlineVcpus: 1 });
  const online = () => domain.vcpus.map(({ down }) => !down);
  t.strictSame(online(), [true, false, false]);
  startVcpus(xen, domain);
  t.strictSame(online(), [true, true, true]);
  setVcpuOnline(xen, domain, 2, false);
  setVcpuOnline(xen, domain, 0, false);
  setVcpuOnline(xen, domain, 9, false);
  t.strictSame(online(), [true, true, false]);
});

t.test('a balloon gives pages back from the end, and takes them again into the holes', async (t) => {
  const xen = await testHypervisor();
  const domain = bootGuest(xen, { type: 'pvh', pages: 1024, connected: true });
  const special = domain.totPages - 1024;
  const { freePages } = xen.memory.heap;
  balloon(domain, 512 + special);
  t.equal(domain.totPages, 512 + special);
  t.equal(xen.memory.heap.freePages, freePages + 512);
  t.not(domain.memory.pageOf(511), undefined);
  t.equal(domain.memory.pageOf(512), undefined);
  balloon(domain, 1024 + special);
  t.equal(domain.totPages, 1024 + special);
  t.not(domain.memory.pageOf(1023), undefined);
  balloon(domain, 5000);
  t.equal(domain.totPages, 1024 + special, 'no more than its RAM has room for');
});

t.test('a PV guest keeps its pages', async (t) => {
  const xen = await testHypervisor();
  const domain = bootGuest(xen, { type: 'pv', pages: 1024 });
  balloon(domain, 512);
  t.equal(domain.totPages, 1024);
});
