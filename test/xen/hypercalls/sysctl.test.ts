import t from 'tap';
import { loadAbi, loadAllAbis, xenVersions } from '../../../src/xen/abi/abi.ts';
import { errno } from '../../../src/xen/errno.ts';
import type { Hypervisor } from '../../../src/xen/hypervisor.ts';
import { FakeGuest } from '../fake-guest.ts';
import { hypercall, testHypervisor } from '../host.ts';

/** Issues a sysctl whose struct is at the guest's base; buffers may follow at base + 4096. */
function sysctl(
  xen: Hypervisor,
  guest: FakeGuest,
  name: string | number,
  fields: Record<string, number> = {},
  abi = xen.abi,
) {
  const struct = abi.struct('xen_sysctl');
  guest.bytes.fill(0, 0, struct.size);
  const number = typeof name === 'number' ? name : abi.subOperations('XEN_SYSCTL')[name];
  struct.field('cmd').set(guest.view, number ?? 99);
  struct.field('interface_version').set(guest.view, abi.sysctlVersion);
  for (const [path, value] of Object.entries(fields)) struct.field(`u.${path}`).set(guest.view, value);
  const result = hypercall(xen, guest, 35, [guest.base]);
  return { result, get: (path: string) => struct.field(`u.${path}`).get(guest.view) };
}

const BAD = 0xdeadbeef000;

t.test('each sub-operation answers what a real Xen did', async (t) => {
  const xen = await testHypervisor();
  const guest = new FakeGuest();
  const buffer = guest.base + 4096;
  const cases: [
    name: string | number,
    fields: Record<string, number>,
    result: number,
    after?: Record<string, number>,
  ][] = [
    ['physinfo', {}, 0, { 'physinfo.nr_cpus': 2, 'physinfo.max_cpu_id': 1, 'physinfo.total_pages': 786303 }],
    ['physinfo', {}, 0, { 'physinfo.capabilities': 0x30b, 'physinfo.max_mfn': 0xbffdf, 'physinfo.free_pages': 515606 }],
    ['cputopoinfo', { 'cputopoinfo.num_cpus': 8, 'cputopoinfo.cputopo': buffer }, 0, { 'cputopoinfo.num_cpus': 2 }],
    ['cputopoinfo', { 'cputopoinfo.num_cpus': 1, 'cputopoinfo.cputopo': buffer }, 0, { 'cputopoinfo.num_cpus': 1 }],
    ['cputopoinfo', {}, 0, { 'cputopoinfo.num_cpus': 2 }],
    [
      'cputopoinfo',
      { 'cputopoinfo.num_cpus': 8, 'cputopoinfo.cputopo': BAD },
      -errno.EFAULT,
      { 'cputopoinfo.num_cpus': 8 },
    ],
    ['numainfo', { 'numainfo.num_nodes': 8 }, 0, { 'numainfo.num_nodes': 1 }],
    ['numainfo', { 'numainfo.num_nodes': 8, 'numainfo.meminfo': BAD }, -errno.EFAULT],
    ['pcitopoinfo', {}, -errno.EINVAL],
    ['pcitopoinfo', { 'pcitopoinfo.num_devs': 1, 'pcitopoinfo.devs': buffer, 'pcitopoinfo.nodes': buffer + 64 }, 0],
    ['getcpuinfo', { 'getcpuinfo.max_cpus': 8, 'getcpuinfo.info': buffer }, 0, { 'getcpuinfo.nr_cpus': 2 }],
    ['availheap', { 'availheap.node': 0xffffffff }, 0, { 'availheap.avail_bytes': 515606 * 4096 }],
    ['availheap', { 'availheap.node': 1 }, 0, { 'availheap.avail_bytes': 0 }],
    ['debug_keys', { 'debug_keys.keys': BAD, 'debug_keys.nr_keys': 1 }, -errno.EFAULT],
    ['debug_keys', {}, 0],
    ['perfc_op', {}, -errno.ENOSYS],
    ['lockprof_op', {}, -errno.ENOSYS],
    ['coverage_op', {}, -errno.EOPNOTSUPP],
    ['tbuf_op', { 'tbuf_op.cmd': 4 }, -errno.EINVAL],
    ['tbuf_op', { 'tbuf_op.cmd': 3, 'tbuf_op.size': 32 }, 0],
    ['tbuf_op', { 'tbuf_op.cmd': 4 }, 0],
    ['tbuf_op', { 'tbuf_op.cmd': 0 }, 0, { 'tbuf_op.size': 4096, 'tbuf_op.evt_mask': 0xffff000 }],
    ['tbuf_op', { 'tbuf_op.cmd': 99 }, -errno.EINVAL],
    ['get_pmstat', { 'get_pmstat.type': 0x11 }, -errno.ENODEV],
    ['get_pmstat', { 'get_pmstat.type': 0x21 }, 0, { 'get_pmstat.u.getcx.nr': 2 }],
    ['get_pmstat', { 'get_pmstat.type': 0x21, 'get_pmstat.cpuid': 999 }, -errno.EINVAL],
    ['get_pmstat', { 'get_pmstat.type': 0x99 }, -errno.ENODEV],
    ['pm_op', { 'pm_op.cmd': 0x11 }, -errno.EINVAL],
    ['pm_op', { 'pm_op.cmd': 0x22 }, 0, { 'pm_op.u.get_max_cstate': 1 }],
    ['cpu_hotplug', { 'cpu_hotplug.op': 99 }, -errno.EOPNOTSUPP],
    ['cpu_hotplug', { 'cpu_hotplug.op': 0, 'cpu_hotplug.cpu': 999 }, -errno.EINVAL],
    ['cpu_hotplug', { 'cpu_hotplug.op': 1, 'cpu_hotplug.cpu': 0 }, -errno.EINVAL],
    ['page_offline_op', { 'page_offline.cmd': 99 }, -errno.EFAULT],
    ['page_offline_op', { 'page_offline.cmd': 2, 'page_offline.end': 3, 'page_offline.status': buffer }, 0],
    ['psr_cmt_op', {}, -errno.ENODEV],
    ['psr_alloc', { 'psr_alloc.cmd': 2 }, -errno.ENODEV],
    ['psr_alloc', { 'psr_alloc.cmd': 3 }, -errno.EOPNOTSUPP],
    ['get_cpu_featureset', {}, 0, { 'cpu_featureset.nr_features': 19 }],
    ['get_cpu_featureset', { 'cpu_featureset.index': 6 }, 0, { 'cpu_featureset.nr_features': 19 }],
    ['get_cpu_featureset', { 'cpu_featureset.index': 6, 'cpu_featureset.features': buffer }, -errno.EINVAL],
    [
      'get_cpu_featureset',
      { 'cpu_featureset.nr_features': 4, 'cpu_featureset.features': buffer },
      -errno.ENOBUFS,
      { 'cpu_featureset.nr_features': 4 },
    ],
    ['livepatch_op', { 'livepatch.cmd': 2 }, 0, { 'livepatch.u.list.version': 1, 'livepatch.u.list.nr': 0 }],
    ['livepatch_op', { 'livepatch.cmd': 2, 'livepatch.pad': 1 }, -errno.EINVAL],
    ['livepatch_op', { 'livepatch.cmd': 99 }, -errno.EOPNOTSUPP],
    ['get_cpu_policy', { 'cpu_policy.index': 3 }, 0, { 'cpu_policy.nr_leaves': 120, 'cpu_policy.nr_msrs': 2 }],
    ['get_cpu_policy', { 'cpu_policy.index': 6 }, -errno.EINVAL],
    ['get_cpu_policy', { 'cpu_policy.nr_leaves': 1, 'cpu_policy.leaves': buffer }, -errno.ENOBUFS],
    [
      'get_cpu_policy',
      { 'cpu_policy.index': 1, 'cpu_policy.nr_leaves': 120, 'cpu_policy.leaves': buffer },
      0,
      { 'cpu_policy.nr_leaves': 51 },
    ],
    [0, {}, -errno.ENOSYS],
    [13, {}, -errno.ENOSYS],
    [28, {}, -errno.ENOSYS],
    [99, {}, -errno.ENOSYS],
  ];
  for (const [name, fields, result, after = {}] of cases) {
    const label = `${name} ${JSON.stringify(fields)}`;
    const got = sysctl(xen, guest, name, fields);
    t.equal(got.result, result, label);
    for (const [path, value] of Object.entries(after)) t.equal(got.get(path), value, `${label}: ${path}`);
  }
});

t.test('debug key h lists the keys', async (t) => {
  const xen = await testHypervisor();
  const guest = new FakeGuest();
  guest.bytes.set(new TextEncoder().encode('hqr!'), 4096);
  sysctl(xen, guest, 'debug_keys', { 'debug_keys.keys': guest.base + 4096, 'debug_keys.nr_keys': 4 });
  const text = xen.console.ring.text();
  t.match(text, /'h' pressed/);
  t.match(text, /key 'q' \(ascii '71'\)/);
  t.match(text, /'q' pressed/);
});

t.test('a refused version is explained once, in one line', async (t) => {
  const xen = await testHypervisor();
  const guest = new FakeGuest();
  const old = await loadAbi('4.16');
  for (let times = 0; times < 3; times += 1) t.equal(sysctl(xen, guest, 'physinfo', {}, old).result, -errno.EACCES);
  const lines = xen.console.ring.text().match(/.*EACCES\n/g);
  t.same(lines, [
    '(XEN) sysctl: the tools speak interface version 0x14 (Xen 4.16), the hypervisor 0x15 (Xen 4.17): EACCES\n',
  ]);
});

t.test('every release makes a table, and answers physinfo in its own layout', async (t) => {
  const guest = new FakeGuest();
  for (const version of xenVersions) {
    const xen = await testHypervisor({ version });
    const { result, get } = sysctl(xen, guest, 'physinfo');
    t.equal(result, 0, version);
    t.equal(get('physinfo.cpu_khz'), xen.machine.cpuKhz, version);
    t.equal(xen.abi.struct('xen_sysctl').size, 136, version);
  }
});

t.test('with --any-interface-version, each caller gets the layout of its own version', async (t) => {
  const otherAbis = await loadAllAbis();
  const xen = await testHypervisor({ anyInterfaceVersion: true, otherAbis });
  const guest = new FakeGuest();
  for (const abi of otherAbis) {
    const { result, get } = sysctl(xen, guest, 'physinfo', {}, abi);
    t.equal(result, 0, abi.version);
    t.equal(get('physinfo.cpu_khz'), xen.machine.cpuKhz, abi.version);
  }
  t.equal(sysctl(xen, guest, 'physinfo', {}, { ...xen.abi, sysctlVersion: 0x55 }).result, -errno.EACCES);
});

t.test('no sub-operation of any release fails over its layout', async (t) => {
  const guest = new FakeGuest();
  const buffer = guest.base + 8192;
  for (const version of xenVersions) {
    const xen = await testHypervisor({ version });
    const failures = new Set<string>();
    xen.hooks.handlerFailed.add((_row, error) => failures.add(String(error)));
    const struct = xen.abi.struct('xen_sysctl');
    const commands = [0, 1, 2, 3, 4, 5, 0x11, 0x12, 0x21, 0x22, 0x23, 0x26];
    for (let number = 0; number < 32; number += 1) {
      for (const command of commands) {
        // handles after the command point to a buffer, or to nothing
        for (const handle of [0, buffer]) {
          guest.bytes.fill(0, 0, struct.size);
          struct.field('cmd').set(guest.view, number);
          struct.field('interface_version').set(guest.view, xen.abi.sysctlVersion);
          guest.view.setUint32(8, command, true);
          for (let at = 16; at < 48; at += 8) guest.view.setUint32(at, handle, true);
          hypercall(xen, guest, 35, [guest.base]);
        }
      }
    }
    t.same([...failures], [], version);
  }
});
