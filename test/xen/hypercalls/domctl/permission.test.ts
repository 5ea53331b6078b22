import t from 'tap';
import type { XenVersion } from '../../../../src/xen/abi/abi.ts';
import { bootGuest } from '../../../../src/xen/domain/guest.ts';
import { Pirqs } from '../../../../src/xen/domain/pirqs.ts';
import { errno } from '../../../../src/xen/errno.ts';
import { Control } from '../../control.ts';
import { FakeGuest } from '../../fake-guest.ts';
import { hypercall, testHypervisor } from '../../host.ts';

// The expected answers were asked of real Xens: 4.17.7 unless another release is named.

const PV = 1;
const HVM = 2;
const LIST = 4096;

async function setup(version: XenVersion = '4.17') {
  const xen = await testHypervisor({ version });
  const guest = new FakeGuest();
  const c = new Control(xen, guest);
  bootGuest(xen, { id: PV, type: 'pv', pages: 16, vcpus: 1 });
  const domain = bootGuest(xen, { id: HVM, type: 'hvm', pages: 16, vcpus: 1 });
  domain.maxPages = 1024;
  const frames = (id: number, first: number, count: number, allow = 1) =>
    c.domctl('iomem_permission', id, {
      'iomem_permission.first_mfn': first,
      'iomem_permission.nr_mfns': count,
      'iomem_permission.allow_access': allow,
    });
  const ports = (first: number, count: number, allow = 1) =>
    c.domctl('ioport_permission', HVM, {
      'ioport_permission.first_port': first,
      'ioport_permission.nr_ports': count,
      'ioport_permission.allow_access': allow,
    });
  const mapPorts = (first: number, count: number, add = 1) =>
    c.domctl('ioport_mapping', HVM, {
      'ioport_mapping.first_gport': first,
      'ioport_mapping.first_mport': first,
      'ioport_mapping.nr_ports': count,
      'ioport_mapping.add_mapping': add,
    });
  const map = (gfn: number, mfn: number, count: number, add = 1, id = HVM) =>
    c.domctl('memory_mapping', id, {
      'memory_mapping.first_gfn': gfn,
      'memory_mapping.first_mfn': mfn,
      'memory_mapping.nr_mfns': count,
      'memory_mapping.add_mapping': add,
    });
  const memory = (name: string, struct: string, fields: Readonly<Record<string, number>>) => {
    guest.bytes.fill(0, 0, 64);
    for (const [path, value] of Object.entries(fields)) xen.abi.struct(struct).field(path).set(guest.view, value);
    return hypercall(xen, guest, 12, [xen.abi.subOperations('XENMEM')[name] ?? 63, guest.base]);
  };
  const reserve = (name: string, gfn: number, mem_flags = 0) => {
    guest.view.setBigUint64(LIST, BigInt(gfn), true);
    const reservation = { domid: HVM, nr_extents: 1, extent_start: guest.base + LIST, mem_flags };
    return memory(name, 'xen_memory_reservation_t', reservation);
  };
  const said = () => xen.console.ring.text().trimEnd().split('\n').at(-1);
  return { xen, c, domain, frames, ports, mapPorts, map, memory, reserve, said };
}

t.test('a device appears in a guest where it is permitted, 64 frames at a time', async (t) => {
  const { domain, frames, map, memory, said } = await setup();
  t.equal(map(0x3000, 0xf0000, 4), -errno.EPERM, 'not permitted');
  t.equal(frames(HVM, 0xf0000, 0x100), 0);
  t.equal(map(0x3000, 0xf0000, 4), 0);
  t.equal(said(), '(XEN) memory_map:add: d2 gfn=3000 mfn=f0000 nr=4');
  t.equal(domain.memory.maximumGfn, 0x3003);
  t.equal(map(0x3000, 0xf0000, 4), 0, 'the same again');
  t.equal(map(0x3000, 0xf0080, 4, 0), 0, 'removed, whatever it was');
  t.equal(map(0x3000, 0xf0000, 4, 0), -errno.EINVAL, 'nothing is there');
  t.equal(said(), '(XEN) memory_map: error -22 removing d2 access to [f0000,f0003]');
  t.equal(map(0x4000, 0xf0000, 0x100), 64);
  t.equal(map(0x4040, 0xf0040, 36), 0);
  t.equal(map(0x4040, 0xf0040, 0x64, 0), 36, 'as many as there were');
  t.equal(map(2 ** 36 - 2, 0xf0000, 4), 2, 'up to the last frame of a guest');
  t.equal(memory('maximum_gpfn', 'xen_add_to_physmap', { domid: HVM }), -1, 'as an int');
  t.equal(map(2 ** 36, 0xf0000, 1), -errno.ENOENT);
  t.equal(said(), '(XEN) memory_map:fail: d2 gfn=1000000000 mfn=f0000 nr=1 ret:-2');
  t.equal(frames(HVM, 0xf0000, 1, 0), 0);
  t.equal(map(0x4000, 0xf0000, 1, 0), -errno.EPERM, 'no longer permitted');
  t.equal(map(0x4001, 0xf0001, 1, 0), 0);
  t.equal(map(0x3000, 0xf0000, 4, 1, PV), 0, 'nothing happens to a PV guest');
});

t.test('mapping a device over a page, and a page over a device', async (t) => {
  const { domain, frames, map, memory, reserve, xen } = await setup();
  frames(HVM, 0xf0000, 0x100);
  t.equal(map(3, 0xf0003, 1), 0, 'instead of RAM');
  t.equal(domain.memory.pageOf(3), undefined);
  t.equal(domain.memory.totalPages, 16, 'which is lost');
  t.equal(reserve('decrease_reservation', 3), 0, 'it is no RAM');
  const place = { domid: HVM, space: 0, idx: 0, gpfn: 3 };
  t.equal(memory('add_to_physmap', 'xen_add_to_physmap', place), -errno.EPERM);
  t.equal(memory('add_to_physmap', 'xen_add_to_physmap', { ...place, space: 2, idx: 4 }), -errno.EPERM);
  t.equal(domain.memory.pageOf(4), 4, 'stays where it is');
  t.equal(domain.shutDown, false);
  t.equal(reserve('populate_physmap', 3), 0);
  t.match(xen.console.ring.text(), /d2: GFN 0x3 \(0xf0003,5,7\) -> \(0x[0-9a-f]+,0,7\) not permitted\n/);
  t.match(xen.console.ring.text(), /domain_crash called from .*p2m.c:673\n.*Domain 2 reported crashed by domain 0/);
  t.equal(domain.memory.totalPages, 17, 'but allocated');
  t.equal(domain.shutDown, true);
  t.equal(domain.shutdownCode, 3);
});

t.test('another device in the same place crashes the domain', async (t) => {
  const { domain, frames, map, said } = await setup('4.14');
  t.equal(map(0x3000, 0xf0000, 1, 1, PV), -errno.EPERM, '4.14 looks at the permissions of a PV domain');
  frames(HVM, 0xf0000, 0x100);
  t.equal(map(0x3000, 0xf0000, 1), 0);
  t.equal(map(0x3000, 0xf0001, 1), -errno.EPERM);
  t.equal(said(), '(XEN) memory_map:fail: dom2 gfn=3000 mfn=f0001 nr=1 ret:-1');
  t.equal(domain.shutDown, true);
});

t.test('what Xen uses itself cannot be given away: ports and frames', async (t) => {
  const { frames, mapPorts, ports } = await setup();
  for (const [first, count, result] of [
    [0x60, 1, 0],
    [0x60, 8, -errno.EPERM],
    [0x61, 1, -errno.EPERM],
    [0x62, 8, 0],
    [0, 0xffff, -errno.EPERM],
    [0xcf8, 4, 0],
    [0xcfc, 1, -errno.EPERM],
  ] as const) {
    t.equal(mapPorts(first, count), result, `map ${first.toString(16)}`);
    t.equal(ports(first, count), result, `permit ${first.toString(16)}`);
  }
  t.equal(frames(PV, 0xfcfffff, 1), 0);
  t.equal(frames(PV, 0xfd00000, 1), -errno.EPERM, 'HyperTransport');
  t.equal(frames(PV, 0xfeeff, 1), -errno.EPERM, 'messages');
  const later = await setup('4.20');
  t.equal(later.frames(PV, 0xfeeff, 1), 0);
  t.equal(later.frames(PV, 0xfee00, 1), -errno.EPERM);
  t.equal(later.mapPorts(0xcf8, 4), -errno.EPERM);
});

t.test('a guest that may use devices gets no memory on demand, since 4.17', async (t) => {
  const onDemand = 0x10000;
  const { domain, frames, mapPorts, memory, ports, reserve } = await setup();
  const target = () => memory('set_pod_target', 'xen_pod_target', { domid: HVM, target_pages: 20 });
  for (const permit of [
    ports,
    mapPorts,
    (first: number, count: number, allow: number) => frames(HVM, first, count, allow),
  ]) {
    permit(0x300, 8, 1);
    t.equal(reserve('populate_physmap', 0x100, onDemand), 0);
    permit(0x300, 8, 0);
    t.equal(reserve('populate_physmap', 0x100, onDemand), 1);
  }
  t.equal(target(), 0);
  ports(0x300, 8);
  t.equal(target(), -errno.ENOTEMPTY);
  t.same([domain.memory.totalPages, domain.memory.pod.cache], [17, 1]);
  t.equal(reserve('decrease_reservation', 0x100), 1);
  t.same([domain.memory.totalPages, domain.memory.pod.cache], [16, 0], 'nothing needs the page of the cache any more');
  t.equal(target(), 0);
  const before = await setup('4.14');
  before.ports(0x300, 8);
  t.equal(before.reserve('populate_physmap', 0x100, onDemand), 1);
});

t.test('only a line that a domain has can be bound, and there is no IOMMU', async (t) => {
  const { c, domain } = await setup();
  const bind = (name: string, irq: number) => c.domctl(name, HVM, { 'bind_pt_irq.machine_irq': irq });
  t.equal(bind('bind_pt_irq', 16), -errno.EPERM);
  t.equal(bind('unbind_pt_irq', 16), -errno.EPERM);
  domain.pirqs = new Pirqs(56);
  t.equal(domain.pirqs.mapLine(5, -1), 16);
  t.equal(bind('bind_pt_irq', 16), -errno.ESRCH);
  t.equal(bind('unbind_pt_irq', 16), 0);
});
