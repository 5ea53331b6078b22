import t from 'tap';
import { balloon, setVcpuOnline, startVcpus } from '../../src/guests/kernel.ts';
import { bootGuest } from '../../src/xen/domain/guest.ts';
import { testHypervisor } from '../xen/host.ts';

t.test('virtual CPUs are started and stopped, except the first', async (t) => {
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

t.test('a balloon returns pages from the end of RAM, and fills the holes when it shrinks', async (t) => {
  const xen = await testHypervisor();
  const domain = bootGuest(xen, { type: 'pvh', pages: 1024, connected: true });
  const special = domain.totPages - 1024;
  const { freePages } = xen.memory.heap;
  balloon(domain, 512);
  t.equal(domain.totPages, 512 + special);
  t.equal(xen.memory.heap.freePages, freePages + 512);
  t.not(domain.memory.pageOf(511), undefined);
  t.equal(domain.memory.pageOf(512), undefined);
  balloon(domain, 1024);
  t.equal(domain.totPages, 1024 + special);
  t.not(domain.memory.pageOf(1023), undefined);
  balloon(domain, 5000);
  t.equal(domain.totPages, 1024 + special, 'no more than its RAM has room for');
});

t.test('the balloon of an HVM guest leaves its rings, its video memory and the VGA window alone', async (t) => {
  const xen = await testHypervisor();
  const domain = bootGuest(xen, { type: 'hvm', pages: 1024, maxPages: 4096 });
  const { memory } = domain;
  memory.map = []; // libxl gives an HVM guest none: its firmware makes one
  for (let gfn = 0xa0; gfn < 0xc0; gfn += 1) memory.remove(gfn);
  // struct hvm_info_table: RAM ends at frame 1024
  const table = Buffer.concat([Buffer.from('HVM INFO'), Buffer.alloc(24)]);
  table.writeUInt32LE(1024, 20);
  memory.writeFrame(0x9f, 0x800, table);
  const [video, ring] = [0xf0000, 0xfeffc];
  memory.populate(video, 256);
  memory.populate(ring, 1);
  balloon(domain, 992);
  t.equal(domain.totPages, 992 + 257, 'as it was built');
  balloon(domain, 500);
  t.equal(domain.totPages, 500 + 257);
  t.not(memory.pageOf(ring), undefined);
  t.not(memory.pageOf(video), undefined);
  balloon(domain, 2000);
  t.equal(domain.totPages, 992 + 257);
  t.equal(memory.pageOf(0xa0), undefined);
});

t.test('without a memory map, RAM ends below the hole of a machine of 4 GiB', async (t) => {
  const xen = await testHypervisor();
  const domain = bootGuest(xen, { type: 'hvm', pages: 512, maxPages: 4096 });
  domain.memory.map = [];
  domain.memory.populate(0xfeffc, 4);
  balloon(domain, 256);
  t.equal(domain.totPages, 256 + 4);
  t.not(domain.memory.pageOf(0xfeffc), undefined);
});

t.test('a PV guest keeps its pages', async (t) => {
  const xen = await testHypervisor();
  const domain = bootGuest(xen, { type: 'pv', pages: 1024 });
  balloon(domain, 512);
  t.equal(domain.totPages, 1024);
});
