import t from 'tap';
import type { XenVersion } from '../../../src/xen/abi/abi.ts';
import { bootGuest } from '../../../src/xen/domain/guest.ts';
import { errno } from '../../../src/xen/errno.ts';
import { Control } from '../control.ts';
import { FakeGuest } from '../fake-guest.ts';
import { hypercall, testHypervisor } from '../host.ts';

// Answers of real Xens, named as in test/fidelity's lines. Debian's 4.14.6, 4.17.7 and 4.20.4 agree unless a test names one.

const E = errno;
const XEN = 0xffff800000001000n;
const NONCANONICAL = 0x800000000000000n;
const KERNEL = 0xffff880000001000n;

/** A guest whose words are set one by one, at the base unless a test says otherwise. */
async function asking(version: XenVersion = '4.17') {
  const xen = await testHypervisor({ version });
  const guest = new FakeGuest();
  const put = (words: Readonly<Record<number, number | bigint>>) => {
    guest.bytes.fill(0, 0, 256);
    for (const [offset, value] of Object.entries(words)) guest.view.setBigUint64(Number(offset), BigInt(value), true);
  };
  const ask = (
    number: number,
    args: readonly (number | bigint)[],
    words: Readonly<Record<number, number | bigint>> = {},
  ) => {
    put(words);
    return hypercall(xen, guest, number, args);
  };
  const printed = () => {
    const text = xen.console.ring.text();
    return text.slice(text.lastIndexOf('(XEN)'));
  };
  const c = new Control(xen, guest);
  /** A PV domain, with the members of createdomain that every release has. */
  const createPv = (): number => {
    const limits = { 'createdomain.max_evtchn_port': 1023, 'createdomain.max_grant_frames': 8 };
    const grants = xen.abi.struct('xen_domctl').has('u.createdomain.grant_opts')
      ? { 'createdomain.grant_opts': 2 }
      : {};
    t.equal(c.domctl('createdomain', 0, { 'createdomain.max_vcpus': 1, ...limits, ...grants }), 0);
    return c.out('domain');
  };
  return { xen, guest, ask, printed, at: guest.base, c, createPv };
}

t.test('a pointer into the range of Xen is refused before it is used, one to the kernel is not', async (t) => {
  const { ask, at } = await asking();
  const SCHED = 29;
  const GRANTS = 20;
  const MEMORY = 12;
  for (const [pointer, poll, table] of [
    [XEN, -E.EFAULT, -E.EFAULT],
    [NONCANONICAL, -E.EFAULT, -E.EFAULT],
    [KERNEL, 0, 0],
  ] as const) {
    t.equal(ask(SCHED, [3, at], { 0: pointer }), poll, `poll of no ports at ${pointer.toString(16)}`);
    t.equal(ask(GRANTS, [2, at, 1], { 0: 0x7ff0, 8: 0, 16: pointer }), table, 'setup_table');
    t.equal(ask(GRANTS, [9, at, 1], { 0: 0x7ff0n << 32n, 8: pointer }), table, 'get_status_frames');
  }
  t.equal(ask(MEMORY, [27, at], { 8: XEN }), -E.EFAULT, 'reserved_device_memory_map');
  t.equal(ask(MEMORY, [27, at], { 8: 0 }), 0);
  const old = await asking('4.14');
  t.equal(old.ask(GRANTS, [9, at, 1], { 0: 0x7ff0n << 32n, 8: XEN }), 0, '4.14 does not look at that list');
});

t.test('poll of a port that nothing is bound to: EINVAL, 0 before 4.15', async (t) => {
  for (const [version, expected] of [
    ['4.14', 0],
    ['4.17', -E.EINVAL],
    ['4.20', -E.EINVAL],
  ] as const) {
    const { ask, at, guest } = await asking(version);
    guest.view.setUint32(512, 0, true);
    t.equal(ask(29, [3, at], { 0: at + 512, 8: 1 }), expected, version);
  }
});

t.test(
  'grant tables: a version that there is not leaves the current one in the struct; cache_flush knows no references',
  async (t) => {
    const { ask, at, guest } = await asking();
    t.equal(ask(20, [8, at, 1], { 0: 3 }), -E.EINVAL);
    t.equal(guest.view.getUint32(0, true), 1);
    t.equal(ask(20, [12, at, 1], { 8: 0x80000001n << 32n }), -E.EINVAL);
  },
);

t.test('a cpupool without an id gets the highest id plus one', async (t) => {
  const { c } = await asking();
  const create = (id: number) => {
    t.equal(c.sysctl('cpupool_op', { 'cpupool_op.op': 1, 'cpupool_op.cpupool_id': id, 'cpupool_op.sched_id': 6 }), 0);
    return c.out('cpupool_op.cpupool_id', 'xen_sysctl');
  };
  t.same([create(2), create(0xffffffff), create(1), create(0xffffffff)], [2, 3, 1, 4]);
});

t.test('reset_cont without a reset under way is EBUSY and closes nothing', async (t) => {
  const { xen, ask, at } = await asking();
  const ports = xen.domains.get(0)?.eventChannels.ports().length;
  t.equal(ask(32, [14, at], { 0: 0x7ff0 }), -E.EBUSY);
  t.equal(xen.domains.get(0)?.eventChannels.ports().length, ports);
});

t.test(
  'mmuext_op: flushes read their mask, LDTs and page tables are checked, super pages are not built in',
  async (t) => {
    const { ask, at } = await asking();
    const one = (command: number, argument: number | bigint, second: number | bigint = 0) =>
      ask(26, [at, 1, 0, 0x7ff0], { 0: command, 8: argument, 16: second });
    t.equal(one(8, 0x1000, 0xdeadbeef000), -E.EINVAL);
    t.equal(one(9, 0x1000, 0xdeadbeef000), -E.EINVAL);
    t.equal(one(8, 0x1000, at), 0);
    t.equal(one(5, 0x1000), -E.EINVAL, 'no page table');
    t.equal(one(13, 0x1000, 8193), -E.EINVAL, 'too many descriptors');
    t.equal(one(13, NONCANONICAL, 1), -E.EINVAL);
    t.equal(one(13, 0x1000, 8192), 0);
    t.equal(one(19, 0), -E.EOPNOTSUPP);
    t.equal(one(20, 0), -E.EOPNOTSUPP);
  },
);

t.test('livepatch_op checks the name, the size, then the payload, and prints what is wrong with it', async (t) => {
  const { c, guest, printed, at } = await asking();
  const upload = (fields: Record<string, number> = {}) => {
    guest.bytes.set(new TextEncoder().encode('probe2\0'), 1024);
    return c.sysctl('livepatch_op', {
      'livepatch.cmd': 0,
      'livepatch.u.upload.name.name': at + 1024,
      'livepatch.u.upload.name.size': 7,
      'livepatch.u.upload.size': 64,
      'livepatch.u.upload.payload': at + 2048,
      ...fields,
    });
  };
  t.equal(upload(), -E.EINVAL);
  t.equal(printed(), '(XEN) livepatch: probe2: Not an ELF payload\n');
  t.equal(upload({ 'livepatch.u.upload.size': 1 }), -E.EINVAL);
  t.equal(printed(), '(XEN) livepatch: probe2: Section header is bigger than payload\n');
  t.equal(upload({ 'livepatch.u.upload.payload': 0 }), -E.EFAULT);
  t.equal(upload({ 'livepatch.u.upload.name.name': 0 }), -E.EINVAL, 'a name that cannot be read is EINVAL here');
  t.equal(upload({ 'livepatch.u.upload.name.size': 6, 'livepatch.u.upload.payload': 0 }), -E.EINVAL, 'no NUL');
  t.equal(upload({ 'livepatch.u.upload.size': 0x7fffffff, 'livepatch.u.upload.payload': 0 }), -E.EINVAL, 'too large');
  const get = (fields: Record<string, number>) =>
    c.sysctl('livepatch_op', { 'livepatch.cmd': 1, 'livepatch.u.get.name.size': 7, ...fields });
  t.equal(get({ 'livepatch.u.get.name.name': at + 1024 }), -E.ENOENT);
  t.equal(get({ 'livepatch.u.get.name.name': 0 }), -E.EFAULT);
});

t.test('mca checks commands, flags and CPUs', async (t) => {
  const { ask, at, guest } = await asking();
  const VERSION = 0x01ecc003;
  const mca = (command: number, words: Readonly<Record<number, number | bigint>> = {}, version = VERSION) =>
    ask(48, [at], { 0: BigInt(command) | (BigInt(version) << 32n), ...words });
  t.equal(mca(1, { 8: 1, 24: at + 512 }, 0), -E.EACCES);
  t.equal(mca(1, { 8: 1, 24: at + 512 }), 0);
  t.equal(guest.view.getUint32(8, true), 2, 'no error was fetched');
  for (const flags of [0, 3, 4]) t.equal(mca(1, { 8: flags, 24: at + 512 }), -E.EINVAL, `fetch flags ${flags}`);
  for (const command of [0, 2, 7, 8]) t.equal(mca(command), -E.EINVAL, `command ${command}`);
  t.equal(mca(3, { 8: 3, 16: at + 1024 }), 0);
  t.equal(guest.view.getUint32(8, true), 2, 'CPUs');
  t.equal(mca(3, { 8: 0, 16: at + 1024 }), -E.EINVAL);
  t.equal(mca(4, { 8: 99 }), -E.EINVAL, 'msrinject');
  t.equal(mca(4, { 8: 0 }), 0);
  t.equal(mca(5, { 8: 99 }), -E.EINVAL, 'mceinject');
});

t.test('kexec_op answers for ranges, images and status', async (t) => {
  const { ask, at, guest } = await asking();
  const range = (which: number, nr: number) => ask(37, [3, at], { 0: BigInt(which) | (BigInt(nr) << 32n) });
  t.same(
    [range(0, 0), range(1, 0), range(2, 0), range(2, 2), range(3, 0), range(6, 0)],
    [0, 0, -E.EINVAL, -E.ERANGE, -E.EINVAL, 0],
  );
  t.equal(guest.view.getBigUint64(8, true), 4096n, 'bytes of the last one: vmcoreinfo');
  for (const type of [2, 3, 7]) t.equal(ask(37, [0, at], { 0: type }), -E.EINVAL, `kexec ${type}`);
  t.same(
    [0, 1, 2].map((type) => ask(37, [6, at], { 0: type })),
    [0, 0, -E.EINVAL],
    'status',
  );
  t.same(
    [0, 1, 2].map((type) => ask(37, [5, at], { 0: type })),
    [0, 0, -E.EINVAL],
    'unload',
  );
  const load = (type: number, segments: number, pointer: number | bigint) =>
    ask(37, [4, at], { 0: BigInt(type) | (62n << 16n) | (BigInt(segments) << 32n), 8: pointer });
  t.equal(load(1, 1, at + 1024), -E.EADDRNOTAVAIL);
  t.equal(load(2, 1, at + 1024), -E.EINVAL);
  t.equal(load(1, 17, at + 1024), -E.EINVAL);
  t.equal(load(1, 1, 0), -E.EFAULT);
});

t.test('platform_op: memory types; a forbidden resource_op entry needs no valid CPU', async (t) => {
  const { ask, at, printed } = await asking();
  const platform = (command: number, words: Readonly<Record<number, number | bigint>>) =>
    ask(7, [at], { 0: BigInt(command) | (0x03000001n << 32n), ...words });
  t.equal(platform(32, { 8: 99n << 32n }), -E.EINVAL);
  t.equal(printed(), '(XEN) mtrr: register: 99 too big\n');
  t.equal(platform(32, { 8: 1n | (8n << 32n) }), -E.EINVAL);
  // resource_op of one entry at 512: MSR 0 is refused, the TSC is not.
  t.equal(platform(61, { 8: 1n | (99n << 32n), 16: at + 512 }), 0);
  const read = await asking();
  read.guest.view.setBigUint64(512 + 8, 0x10n, true);
  read.guest.view.setUint32(512, 0, true);
  t.equal(read.ask(7, [at], { 0: 61n | (0x03000001n << 32n), 8: 1n | (99n << 32n), 16: at + 512 }), -E.ENODEV);
  t.equal(read.ask(7, [at], { 0: 61n | (0x03000001n << 32n), 8: 1n, 16: at + 512 }), 1);
});

t.test('credit2: turning the rate limit off and on prints a message, and the limit can be read', async (t) => {
  const { c, printed } = await asking();
  const limit = (cmd: number, us: number) =>
    c.sysctl('scheduler_op', {
      'scheduler_op.sched_id': 6,
      'scheduler_op.cmd': cmd,
      'scheduler_op.u.sched_credit2.ratelimit_us': us,
    });
  t.equal(limit(1, 0), 0);
  t.equal(c.out('scheduler_op.u.sched_credit2.ratelimit_us', 'xen_sysctl'), 1000);
  t.equal(limit(0, 0), 0);
  t.equal(printed(), '(XEN) Disabling context switch rate limiting\n');
  t.equal(limit(0, 1000), 0);
  t.equal(printed(), '(XEN) Enabling context switch rate limiting\n');
  t.equal(limit(2, 0), -E.EINVAL);
  t.equal(limit(0, 99), -E.EINVAL);
});

t.test('ports and frames that Xen reserves for itself cannot be given to a domain', async (t) => {
  const { c } = await asking();
  const id = c.create();
  const ports = (first: number, count = 1) =>
    c.domctl('ioport_permission', id, { 'ioport_permission.first_port': first, 'ioport_permission.nr_ports': count });
  for (const port of [0x20, 0x43, 0x61, 0xa1, 0x3f8, 0x608, 0xcfc]) t.equal(ports(port), -E.EPERM, port.toString(16));
  for (const port of [0x1f, 0x44, 0x60, 0x3f7, 0x400, 0xcf8]) t.equal(ports(port), 0, port.toString(16));
  t.equal(ports(0x3f0, 16), -E.EPERM);
  const frames = (first: number, count = 1) =>
    c.domctl('iomem_permission', id, { 'iomem_permission.first_mfn': first, 'iomem_permission.nr_mfns': count });
  t.same([frames(0xfedff), frames(0xfee00), frames(0xfeeff), frames(0xfef00)], [0, -E.EPERM, -E.EPERM, 0]);
  t.same([frames(0xfcfffff), frames(0xfd00000), frames(0xfffffff)], [0, -E.EPERM, -E.EPERM], 'HyperTransport');
  t.same([frames(2 ** 28), frames(0, 0), frames(1, 0)], [-E.EPERM, -E.EPERM, -E.EINVAL]);
});

t.test('a frame of the first MiB that a PV domain does not own is reported in the ring', async (t) => {
  for (const [version, caf] of [
    ['4.14', 'c000000000000001'],
    ['4.17', '8000000000000001'],
  ] as const) {
    const { c, createPv, printed, xen } = await asking(version);
    const id = createPv();
    t.equal(c.domctl('hypercall_init', id, { 'hypercall_init.gmfn': 5 }), -E.EINVAL);
    t.equal(printed(), `(XEN) d0v0 Error mfn 00005: rd=d${id} od=d[IO] caf=${caf} taf=e400000000000001\n`);
    for (const gmfn of [0xff, 0x100]) c.domctl('hypercall_init', id, { 'hypercall_init.gmfn': gmfn });
    t.match(printed(), /mfn 000ff:/, 'the last frame of the first MiB');
    t.notMatch(xen.console.ring.text(), /mfn 00100:/, 'the first one beyond it');
  }
});

t.test('releases: exact getdomaininfo, areas by address, C-states, MSRs that a PV guest cannot have', async (t) => {
  for (const [version, next, features, cstate, msr, info] of [
    ['4.14', 0, 0x28f0, 1, -E.EINVAL, -E.EINVAL],
    ['4.17', 0, 0x228f0, 1, -E.EINVAL, -E.EINVAL],
    ['4.20', -E.ESRCH, 0x1e28f0, 0xffffffff, -E.ENXIO, -E.EBUSY],
  ] as const) {
    const { c, createPv, ask, at, guest, printed } = await asking(version);
    const gone = createPv();
    const id = createPv();
    c.domctl('destroydomain', gone);
    t.equal(c.domctl('getdomaininfo', gone), next, 'another has a higher id');
    t.equal(c.domctl('getdomaininfo', id + 1), -E.ESRCH, 'none has a higher id');
    ask(17, [6, at]);
    t.equal(guest.view.getUint32(4, true), features, version);
    t.equal(c.sysctl('pm_op', { 'pm_op.cmd': 0x22 }), 0);
    t.equal(c.out('pm_op.u.get_max_cstate', 'xen_sysctl'), cstate);
    c.domctl('max_vcpus', id, { 'max_vcpus.max': 1 });
    guest.bytes.fill(0, 1024, 1100);
    t.equal(c.domctl('set_vcpu_msrs', id, { 'vcpu_msrs.msr_count': 1, 'vcpu_msrs.msrs': at + 1024 }), msr);
    if (version === '4.20') t.equal(printed(), `(XEN) d${id}v0 attempted load of unhandled MSR 0\n`);
    t.equal(ask(24, [10, 0, at], { 0: 0xfffffffffffn }), info, 'register_vcpu_info');
  }
});

t.test(
  '4.22 chooses an id for DOMID_ANY only, and 4.21 has no cache_flush: from their change logs, not recorded',
  async (t) => {
    const create = async (version: XenVersion, domid: number) => {
      const { c } = await asking(version);
      const limits = { 'createdomain.max_grant_frames': 8, 'createdomain.max_evtchn_port': 1023 };
      return c.domctl('createdomain', domid, { ...limits, 'createdomain.max_vcpus': 1, 'createdomain.grant_opts': 2 });
    };
    for (const domid of [0, 0x7ff4, 0x7ff5]) t.equal(await create('4.21', domid), 0, `4.21: ${domid}`);
    t.equal(await create('4.22', 0), -E.EEXIST, 'dom0 has it');
    t.equal(await create('4.22', 0x7ff4), -E.EINVAL);
    t.equal(await create('4.22', 0x7ff5), 0);
    for (const [version, result] of [
      ['4.20', 0],
      ['4.21', -E.ENOSYS],
    ] as const) {
      const { ask, at } = await asking(version);
      t.equal(ask(20, [12, at, 1]), result, version);
    }
  },
);

t.test('a page is marked as broken once, and getpageframeinfo3 then has no type for it', async (t) => {
  const { xen, c, guest, at } = await asking();
  const domain = bootGuest(xen, { id: 9, type: 'pvh', pages: 16, vcpus: 1 });
  const breakPage = (pfn: number) => c.domctl('set_broken_page_p2m', domain.id, { 'set_broken_page_p2m.pfn': pfn });
  t.same([breakPage(3), breakPage(3), breakPage(0xfffff)], [0, -E.EINVAL, -E.EINVAL]);
  guest.view.setBigUint64(1024, 3n, true);
  const fields = { 'getpageframeinfo3.num': 1, 'getpageframeinfo3.array': at + 1024 };
  t.equal(c.domctl('getpageframeinfo3', domain.id, fields), 0);
  t.equal(guest.view.getUint32(1024, true), 0xf0000000, 'XTAB');
});

t.test('set_target checks that the target is another HVM domain before it checks for an existing target', async (t) => {
  const { xen, c } = await asking();
  const [one, two] = [8, 9].map((id) => bootGuest(xen, { id, type: 'hvm', pages: 16, vcpus: 1 }).id);
  const target = (of: number | undefined) => c.domctl('set_target', one ?? 0, { 'set_target.target': of ?? 0 });
  t.same(
    [target(0), target(two), target(two), target(0), target(one)],
    [-E.EOPNOTSUPP, 0, -E.EINVAL, -E.EOPNOTSUPP, -E.EINVAL],
  );
});

t.test('a hypfs path must begin with a slash', async (t) => {
  for (const [version, relative] of [
    ['4.14', -E.ENOENT],
    ['4.17', -E.EINVAL],
    ['4.20', -E.EINVAL],
  ] as const) {
    const { guest, ask, at } = await asking(version);
    const read = (path: string) => {
      guest.bytes.set(new TextEncoder().encode(`${path}\0`), 1024);
      return ask(42, [1, at + 1024, path.length + 1, at + 2048, 4096]);
    };
    t.same([read(''), read('x'), read('/x'), read('/params')], [relative, relative, -E.ENOENT, 0], version);
  }
});

t.test('map_grant_ref accepts GNTMAP_can_fail, and needs GNTMAP_device_map or GNTMAP_host_map', async (t) => {
  const { xen, ask, at, guest } = await asking();
  bootGuest(xen, { id: 9, type: 'pv', pages: 16, vcpus: 1 });
  const status = (flags: number) => {
    t.equal(ask(20, [0, at, 1], { 8: BigInt(flags), 16: 9 }), 0);
    return guest.view.getInt16(18, true);
  };
  t.same([status(0x21), status(5), status(0x20), status(0)], [-1, -1, -3, -3]);
});
