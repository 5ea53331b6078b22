import t from 'tap';
import { errno } from '../../../../src/xen/errno.ts';
import { Control } from '../../control.ts';
import { FakeGuest } from '../../fake-guest.ts';
import { hypercall, testHypervisor } from '../../host.ts';

async function control() {
  return new Control(await testHypervisor(), new FakeGuest());
}

t.test('errors are checked in order: pointer, version, domain, privilege, command', async (t) => {
  const c = await control();
  t.equal(hypercall(c.xen, c.guest, 36, [0]), -errno.EFAULT);
  for (const version of [0, 1, 0x14, 0x16]) {
    t.equal(c.domctl('getdomaininfo', 0, { interface_version: version }), -errno.EACCES);
  }
  t.equal(c.domctl(999, 0, { interface_version: 1 }), -errno.EACCES, 'the version before the command');
  t.equal(c.domctl(999, 999), -errno.ESRCH, 'the domain before the command');
  for (const command of [0, 87, 88, 999, 1000, 1001, 1002, -1]) {
    t.equal(c.domctl(command, 0), -errno.ENOSYS, `command ${command}`);
  }
  c.caller = c.create();
  t.equal(c.domctl(999, 999), -errno.ESRCH);
  t.equal(c.domctl(999, 0), -errno.EPERM, 'the privilege before the command');
  t.equal(c.domctl('getdomaininfo', 0), -errno.EPERM);
  t.equal(c.domctl('getdomaininfo', 999), -errno.ESRCH);
  t.equal(c.domctl('getdomaininfo', 32752), -errno.EINVAL);
  t.equal(c.domctl('createdomain', 5), -errno.EPERM);
});

t.test('an unused domain id gives ESRCH', async (t) => {
  const c = await control();
  for (const id of [1, 2, 999, 32751]) t.equal(c.domctl('getdomaininfo', id), -errno.ESRCH, `${id}`);
  for (const id of [32752, 32753, 32755, 32758, 32767, 65535]) {
    t.equal(c.domctl('getdomaininfo', id), -errno.EINVAL, `${id}`);
    t.equal(c.domctl('pausedomain', id), -errno.ESRCH, `pause ${id}`);
  }
});

t.test('dom0 exists, and may not stop itself', async (t) => {
  const c = await control();
  t.equal(c.domctl('getdomaininfo', 0), 0);
  t.equal(c.out('getdomaininfo.flags'), 0xffff0020);
  t.equal(c.out('getdomaininfo.tot_pages'), 262144);
  t.equal(c.out('getdomaininfo.max_pages'), 262144);
  t.equal(c.out('getdomaininfo.nr_online_vcpus'), 2);
  t.equal(c.out('getdomaininfo.max_vcpu_id'), 1);
  t.equal(c.out('getdomaininfo.gpaddr_bits'), 40);
  t.equal(c.out('getdomaininfo.arch_config.emulation_flags'), 0x100);
  const refused = ['pausedomain', 'unpausedomain', 'destroydomain', 'resumedomain', 'soft_reset', 'max_vcpus'];
  for (const name of [...refused, 'gettscinfo', 'gethvmcontext', 'setdebugging', 'shadow_op', 'setvcpucontext']) {
    t.equal(c.domctl(name, 0), -errno.EINVAL, name);
  }
  t.equal(c.domctl('getvcpuinfo', 0), 0);
  t.equal(c.out('getvcpuinfo.online'), 1);
  t.equal(c.out('getvcpuinfo.running'), 1);
  t.equal(c.domctl('getvcpuinfo', 0, { 'getvcpuinfo.vcpu': 99 }), -errno.EINVAL);
  t.equal(c.domctl('getnodeaffinity', 0), 0);
  t.equal(c.domctl('get_address_size', 0), 0);
  t.equal(c.out('address_size.size'), 64);
  t.equal(c.domctl('get_paging_mempool_size', 0), -errno.EOPNOTSUPP);
});

t.test('a PV domain goes through its life from creation to destruction', async (t) => {
  const c = await control();
  const id = c.create();
  t.equal(id, 1);
  t.equal(c.domctl('getdomaininfo', id), 0);
  t.equal(c.out('getdomaininfo.flags'), 0xffff0008);
  t.equal(c.out('getdomaininfo.max_pages'), 0);
  t.equal(c.out('getdomaininfo.max_vcpu_id'), 0xffffffff);
  t.equal(c.domctl('getvcpuinfo', id), -errno.ESRCH, 'announced, not made');
  t.equal(c.domctl('max_mem', id, { 'max_mem.max_memkb': 65536 }), 0);
  t.equal(c.domctl('max_vcpus', id, { 'max_vcpus.max': 2 }), -errno.EINVAL, 'other than announced');
  t.equal(c.domctl('max_vcpus', id, { 'max_vcpus.max': 1 }), 0);
  t.equal(c.domctl('getdomaininfo', id), 0);
  t.equal(c.out('getdomaininfo.max_pages'), 16384);
  t.equal(c.out('getdomaininfo.nr_online_vcpus'), 0);
  t.equal(c.out('getdomaininfo.max_vcpu_id'), 0);
  t.equal(c.domctl('unpausedomain', id), 0);
  t.equal(c.domctl('unpausedomain', id), -errno.EINVAL, 'not paused');
  for (let count = 0; count < 255; count += 1) c.domctl('pausedomain', id);
  t.equal(c.domctl('pausedomain', id), -errno.EOVERFLOW);
  t.equal(c.domctl('createdomain', id, { 'createdomain.max_vcpus': 1 }), -errno.EEXIST);
  let raised = 0;
  c.xen.hooks.virqRaised.add((domain, virq) => {
    raised += domain.id === 0 && virq === 3 ? 1 : 0;
  });
  t.equal(c.domctl('destroydomain', id), 0);
  t.equal(raised, 1, 'VIRQ_DOM_EXC');
  t.equal(c.domctl('getdomaininfo', id), -errno.ESRCH);
  t.equal(c.domctl('destroydomain', id), -errno.ESRCH);
  t.equal(c.create(), 2, 'a freed id does not come back');
});

t.test('a domain whose memory is still mapped stays as a zombie', async (t) => {
  const c = await control();
  const id = c.create();
  const domain = c.xen.domains.get(id);
  if (domain === undefined) return t.fail('no domain');
  domain.references = 1;
  t.equal(c.domctl('destroydomain', id), 0);
  t.equal(c.domctl('getdomaininfo', id), 0);
  t.equal(c.out('getdomaininfo.flags') & 1, 1, 'dying');
  domain.references = 0;
  t.equal(c.domctl('destroydomain', id), 0);
  t.equal(c.domctl('getdomaininfo', id), -errno.ESRCH);
});

t.test('what createdomain refuses', async (t) => {
  const c = await control();
  const good = {
    max_vcpus: 1,
    max_evtchn_port: -1,
    max_grant_frames: -1,
    max_maptrack_frames: -1,
    grant_opts: 1,
    flags: 0,
  };
  const table: [string, Record<string, number>, number][] = [
    ['unknown flags', { flags: -1 }, -errno.EINVAL],
    ['no vcpus', { max_vcpus: 0 }, -errno.EINVAL],
    ['too many vcpus', { max_vcpus: 8193 }, -errno.EINVAL],
    ['too many vcpus for HVM', { flags: 3, max_vcpus: 129, 'arch.emulation_flags': 1 }, -errno.EINVAL],
    ['HAP without HVM', { flags: 2 }, -errno.EINVAL],
    ['HVM without HAP, where there is no shadow', { flags: 1, 'arch.emulation_flags': 1 }, -errno.EOPNOTSUPP],
    ['an IOMMU', { flags: 0x20 }, -errno.EINVAL],
    ['IOMMU options alone', { iommu_opts: 1 }, -errno.EINVAL],
    ['vmtrace', { vmtrace_size: 4096 }, -errno.EINVAL],
    ['a vPMU', { flags: 0x80 }, -errno.EINVAL],
    ['grant options', { grant_opts: 0x10 }, -errno.EINVAL],
    ['grant version 0', { grant_opts: 0 }, -errno.EINVAL],
    ['grant version 3', { grant_opts: 3 }, -errno.EINVAL],
    ['no grant frames', { max_grant_frames: 0 }, -errno.EINVAL],
    ['too many grant frames', { max_grant_frames: 65 }, -errno.EINVAL],
    ['too many maptrack frames', { max_maptrack_frames: 1025 }, -errno.EINVAL],
    ['emulators for PV', { 'arch.emulation_flags': 1 }, -errno.EOPNOTSUPP],
    ['unknown emulators', { 'arch.emulation_flags': 0x800 }, -errno.EINVAL],
    ['misc flags', { 'arch.misc_flags': 8 }, -errno.EINVAL],
    ['a pool that is not', { cpupool_id: 7 }, -errno.ESRCH],
    ['nothing', {}, 0],
    ['PVH', { flags: 3, 'arch.emulation_flags': 1 }, 0],
    ['HVM', { flags: 3, 'arch.emulation_flags': 0x3ff }, 0],
  ];
  for (const [name, fields, expected] of table) {
    const all = Object.entries({ ...good, ...fields }).map(([path, value]) => [`createdomain.${path}`, value]);
    t.equal(c.domctl('createdomain', 0, Object.fromEntries(all)), expected, name);
  }
});

t.test('every sub-operation has exactly one row', async (t) => {
  for (const version of ['4.17', '4.10', '4.20', '3.2'] as const) {
    const { xen } = new Control(await testHypervisor({ version }), new FakeGuest());
    const rows = xen.lookup(36)?.subOperations ?? [];
    t.equal(new Set(rows.map((row) => row.number)).size, rows.length, `Xen ${version}`);
    t.ok(rows.length > 30);
  }
});
