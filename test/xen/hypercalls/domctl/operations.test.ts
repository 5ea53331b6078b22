import t from 'tap';
import { errno } from '../../../../src/xen/errno.ts';
import { Control, type Fields } from '../../control.ts';
import { FakeGuest } from '../../fake-guest.ts';
import { hypercall, testHypervisor } from '../../host.ts';

/** A dom0 with a PV domain (1) and a PVH one (2), each with one virtual CPU, paused. */
async function two() {
  const c = new Control(await testHypervisor(), new FakeGuest());
  for (const flags of [0, 3]) c.domctl('max_vcpus', c.create(flags), { 'max_vcpus.max': 1 });
  return c;
}
const PV = 1;
const PVH = 2;
const BUFFER = 0x10000 + 8192;
const BAD = 0x7f0000000000;

t.test('arguments are refused and accepted as by Xen', async (t) => {
  const c = await two();
  const table: [string, number, Fields, number][] = [
    ['set_address_size', PV, { 'address_size.size': 64 }, 0],
    ['set_address_size', PV, { 'address_size.size': 48 }, -errno.EINVAL],
    ['set_address_size', PVH, { 'address_size.size': 64 }, -errno.EOPNOTSUPP],
    ['get_address_size', PVH, {}, -errno.EOPNOTSUPP],
    ['sendtrigger', PV, { 'sendtrigger.vcpu': 1 }, -errno.ESRCH],
    ['sendtrigger', PV, { 'sendtrigger.trigger': 0 }, 0],
    ['sendtrigger', PV, { 'sendtrigger.trigger': 1 }, -errno.ENOSYS],
    ['sendtrigger', PV, { 'sendtrigger.trigger': 3 }, -errno.EINVAL],
    ['sendtrigger', PVH, { 'sendtrigger.trigger': 3 }, 0],
    ['set_paging_mempool_size', PV, {}, -errno.EOPNOTSUPP],
    ['set_paging_mempool_size', PVH, { 'paging_mempool.size': 4097 }, -errno.EINVAL],
    ['set_paging_mempool_size', PVH, { 'paging_mempool.size': 2 ** 21 }, 0],
    ['scheduler_op', PV, { 'scheduler_op.sched_id': 5, 'scheduler_op.cmd': 1 }, -errno.EINVAL],
    ['scheduler_op', PV, { 'scheduler_op.sched_id': 6, 'scheduler_op.cmd': 2 }, -errno.EINVAL],
    ['scheduler_op', PV, { 'scheduler_op.sched_id': 6, 'scheduler_op.cmd': 1 }, 0],
    ['getpageframeinfo3', PV, { 'getpageframeinfo3.num': 1025 }, -errno.E2BIG],
    ['getpageframeinfo3', PV, { 'getpageframeinfo3.num': 1 }, -errno.EFAULT],
    ['getpageframeinfo3', PV, { 'getpageframeinfo3.num': 1, 'getpageframeinfo3.array': BUFFER }, 0],
    ['setvcpucontext', PV, { 'vcpucontext.vcpu': 1 }, -errno.EINVAL],
    ['setvcpucontext', PV, { 'vcpucontext.ctxt': BAD }, -errno.EFAULT],
    ['getvcpucontext', PV, { 'vcpucontext.ctxt': BUFFER }, -errno.ENODATA],
    ['getvcpuaffinity', PV, {}, -errno.EINVAL],
    ['getvcpuaffinity', PV, { 'vcpuaffinity.flags': 1 }, -errno.EINVAL],
    ['getvcpuaffinity', PV, { 'vcpuaffinity.flags': 1, 'vcpuaffinity.cpumap_hard.bitmap': BAD }, 0],
    ['settscinfo', PV, { 'tsc_info.tsc_mode': 3 }, -errno.EINVAL],
    ['settscinfo', PV, { 'tsc_info.tsc_mode': 1 }, 0],
    ['set_target', PV, { 'set_target.target': 99 }, -errno.ESRCH],
    ['set_target', PV, { 'set_target.target': PV }, -errno.EINVAL],
    ['set_target', PVH, { 'set_target.target': PV }, -errno.EOPNOTSUPP],
    ['set_target', PV, { 'set_target.target': PVH }, 0],
    ['set_virq_handler', PV, { 'set_virq_handler.virq': 0 }, -errno.EINVAL],
    ['set_virq_handler', PV, { 'set_virq_handler.virq': 99 }, -errno.EINVAL],
    ['set_virq_handler', PV, { 'set_virq_handler.virq': 8 }, 0],
    ['soft_reset', PV, {}, -errno.EINVAL],
    ['irq_permission', PV, { 'irq_permission.pirq': 0xffffffff }, -errno.EINVAL],
    ['irq_permission', PV, { 'irq_permission.pirq': 416 }, -errno.EINVAL],
    ['irq_permission', PV, { 'irq_permission.pirq': 415 }, -errno.EPERM],
    ['ioport_permission', PV, { 'ioport_permission.nr_ports': 0 }, -errno.EINVAL],
    ['ioport_permission', PV, { 'ioport_permission.nr_ports': 0x10001 }, -errno.EINVAL],
    ['ioport_permission', PV, { 'ioport_permission.nr_ports': 0x10000 }, -errno.EPERM], // some of them are Xen's
    ['ioport_permission', PV, { 'ioport_permission.first_port': 0x400, 'ioport_permission.nr_ports': 16 }, 0],
    ['ioport_mapping', PV, {}, -errno.EOPNOTSUPP],
    ['bind_pt_irq', PV, {}, -errno.EINVAL],
    ['assign_device', PV, {}, -errno.EOPNOTSUPP],
    ['debug_op', PV, {}, -errno.EINVAL],
    ['debug_op', PVH, {}, -errno.EOPNOTSUPP],
    ['vmtrace_op', PV, {}, -errno.EINVAL],
    ['psr_cmt_op', PV, {}, -errno.ENODEV],
    ['psr_alloc', PV, { 'psr_alloc.cmd': 10 }, -errno.EOPNOTSUPP],
    ['monitor_op', 0, {}, -errno.EPERM],
    ['vm_event_op', PV, { 'vm_event_op.op': 3 }, 0],
    ['setvnumainfo', PV, {}, -errno.EINVAL],
    ['get_vcpu_msrs', PV, {}, 0],
    ['get_vcpu_msrs', PVH, {}, -errno.EINVAL],
    ['getvcpuextstate', PV, {}, 0],
    ['gethvmcontext', PV, {}, -errno.EINVAL],
    ['shadow_op', PV, { 'shadow_op.op': 2 }, -errno.EOPNOTSUPP],
    ['shadow_op', PVH, { 'shadow_op.op': 11 }, 0],
    ['shadow_op', PVH, { 'shadow_op.op': 12, 'shadow_op.dirty_bitmap': 8, 'shadow_op.pages': -1 }, 0],
    ['shadow_op', PVH, { 'shadow_op.op': 12, 'shadow_op.dirty_bitmap': 8, 'shadow_op.pages': 64 }, -errno.EFAULT],
    ['shadow_op', PVH, { 'shadow_op.op': 2 }, 0],
    ['shadow_op', PVH, { 'shadow_op.op': 11 }, 0],
    ['set_cpu_policy', PV, { 'cpu_policy.nr_leaves': 121 }, -errno.E2BIG],
    ['set_cpu_policy', PV, { 'cpu_policy.nr_leaves': 1, 'cpu_policy.leaves': BAD }, -errno.EFAULT],
  ];
  for (const [name, domain, fields, expected] of table) {
    t.equal(c.domctl(name, domain, fields), expected, `${name} ${domain} ${JSON.stringify(fields)}`);
  }
});

t.test('affinity: requested, effective and impossible', async (t) => {
  const c = await two();
  const at = BUFFER - c.guest.base;
  const set = (flags: number, bits: number) =>
    c.domctl('setvcpuaffinity', PV, {
      'vcpuaffinity.flags': flags,
      'vcpuaffinity.cpumap_hard.bitmap': BUFFER,
      'vcpuaffinity.cpumap_hard.nr_bits': bits,
      'vcpuaffinity.cpumap_soft.bitmap': BUFFER + 8,
      'vcpuaffinity.cpumap_soft.nr_bits': bits,
    });
  c.guest.bytes.set([0xfe, 0xff], at);
  t.equal(set(1, 16), 0);
  t.same([...c.guest.bytes.subarray(at, at + 2)], [2, 0], 'cut to the CPUs there are');
  c.domctl('getvcpuinfo', PV);
  t.equal(c.out('getvcpuinfo.cpu'), 1, 'moved there');
  c.guest.bytes.set([0xfc], at);
  t.equal(set(1, 8), -errno.EINVAL, 'no CPU left');
  c.guest.bytes.set([1], at);
  t.equal(set(3, 0), -errno.EINVAL, 'no bits at all');
  t.equal(set(3, 0xffffffff), -errno.EINVAL, 'Xen counts their bytes in 32 bits: none');
});

/** xen_cpuid_leaf_t: leaf, subleaf, eax, ebx, ecx, edx. */
const LEAF_BYTES = 24;

t.test('the CPU policy is checked: first its size, then the machine’s features', async (t) => {
  const c = await two();
  const NONE = 0xffffffff;
  const at = BUFFER - c.guest.base;
  const put = (...words: number[]) => {
    for (const [index, word] of words.entries()) c.guest.view.setUint32(at + 4 * index, word, true);
  };
  const errors = () => ['err_leaf', 'err_subleaf', 'err_msr'].map((name) => c.out(`cpu_policy.${name}`));
  const setLeaf = (...words: number[]) => {
    put(...words);
    return c.domctl('set_cpu_policy', PVH, { 'cpu_policy.nr_leaves': 1, 'cpu_policy.leaves': BUFFER });
  };
  const setMsr = (...words: number[]) => {
    put(...words);
    return c.domctl('set_cpu_policy', PVH, { 'cpu_policy.nr_msrs': 1, 'cpu_policy.msrs': BUFFER });
  };
  for (const [leaf, subleaf] of [
    [0x0e, NONE],
    [1, 0],
    [4, 6],
    [0xd, 63],
    [0x40000001, NONE],
    [0x80000022, NONE],
  ] as const) {
    t.equal(setLeaf(leaf, subleaf, 0, 0, 0, 0), -errno.ERANGE);
    t.same(errors(), [leaf, subleaf, NONE]);
  }
  t.equal(setLeaf(0, NONE, 0x1234, 0, 0, 0), -errno.EINVAL, 'more leaves than the machine has');
  t.same(errors(), [0, NONE, NONE]);
  t.equal(setLeaf(0x80000000, NONE, 0x80001234, 0, 0, 0), -errno.EINVAL);
  t.equal(setLeaf(1, NONE, 1, 2, 3, 4), 0);
  for (const [result, ...words] of [
    [-errno.ERANGE, 0x10, 0, 0, 0],
    [-errno.EINVAL, 0xce, 1, 0, 0],
    [-errno.EOVERFLOW, 0xce, 0, 0, 1],
    [-errno.EINVAL, 0xce, 0, 1, 0],
  ] as const) {
    t.equal(setMsr(...words), result);
    t.same(errors(), [NONE, NONE, words[0]]);
  }
  t.equal(setMsr(0xce, 0, 0, 0), 0);
});

t.test('the CPU policy is returned as it was set, and cannot be set after the domain has run', async (t) => {
  const c = await two();
  const sizes: Fields = { 'cpu_policy.nr_leaves': 120, 'cpu_policy.nr_msrs': 2 };
  const buffers: Fields = { 'cpu_policy.leaves': BUFFER, 'cpu_policy.msrs': BUFFER + 4096 };
  t.equal(c.domctl('get_cpu_policy', PVH), 0);
  t.equal(c.out('cpu_policy.nr_leaves'), 120);
  t.equal(c.out('cpu_policy.nr_msrs'), 2);
  t.equal(c.domctl('get_cpu_policy', PVH, { ...buffers, 'cpu_policy.nr_leaves': 1 }), -errno.ENOBUFS);
  t.equal(c.domctl('get_cpu_policy', PVH, { ...buffers, ...sizes }), 0);
  const leaves = c.out('cpu_policy.nr_leaves');
  const first = BUFFER - c.guest.base;
  c.guest.view.setUint32(first + LEAF_BYTES + 8, 0x1234, true);
  t.equal(c.domctl('set_cpu_policy', PVH, { ...buffers, 'cpu_policy.nr_leaves': leaves }), 0);
  t.equal(c.out('cpu_policy.err_leaf'), 0, 'left alone where nothing is wrong');
  c.guest.bytes.fill(0, first);
  t.equal(c.domctl('get_cpu_policy', PVH, { ...buffers, ...sizes }), 0);
  t.equal(c.guest.view.getUint32(first + LEAF_BYTES + 8, true), 0x1234);
  c.domctl('unpausedomain', PVH);
  t.equal(c.domctl('set_cpu_policy', PVH, buffers), -errno.EEXIST);
});

t.test('save records: required size, the stream, and restoring it', async (t) => {
  const c = await two();
  t.equal(c.domctl('gethvmcontext', PVH), 0);
  const room = c.out('hvmcontext.size');
  const whole: Fields = { 'hvmcontext.size': room, 'hvmcontext.buffer': BUFFER };
  t.equal(c.domctl('gethvmcontext', PVH, { ...whole, 'hvmcontext.size': room - 1 }), -errno.ENOSPC);
  t.equal(c.domctl('gethvmcontext', PVH, whole), 0);
  const size = c.out('hvmcontext.size');
  t.ok(size < room, 'a PVH guest has no PIC, PIT, RTC, HPET: their room stays free');
  const at = BUFFER - c.guest.base;
  t.equal(c.guest.view.getUint32(at + 4, true), 24, 'struct hvm_save_header');
  t.equal(c.guest.view.getUint32(at + 8, true), 0x54381286);
  t.match(c.xen.console.ring.text(), /HVM d2v0 save: MTRR\n/);
  const restore = (bytes: number) => c.domctl('sethvmcontext', PVH, { ...whole, 'hvmcontext.size': bytes });
  t.equal(restore(4), -errno.ENODATA, 'no header');
  t.equal(restore(size - 8), -errno.ENODATA, 'no end');
  t.match(c.xen.console.ring.text(), /HVM2 restore: save did not end with a null entry\n/);
  t.equal(restore(100), -errno.EINVAL, 'a record cut short');
  t.equal(restore(0xffffffff), -errno.ENOMEM);
  for (const [place, answer] of [
    [0, -errno.ENODATA],
    [8, -errno.EINVAL],
    [12, -errno.EINVAL],
    [size - 8, -errno.EINVAL],
  ] as const) {
    const before = c.guest.view.getUint8(at + place);
    c.guest.view.setUint8(at + place, 0x63);
    t.equal(restore(size), answer, `another byte at ${place}`);
    c.guest.view.setUint8(at + place, before);
  }
  t.equal(restore(size), 0);
  const partial: Fields = { 'hvmcontext_partial.type': 14 };
  t.equal(c.domctl('gethvmcontext_partial', PVH, partial), 0);
  t.equal(c.out('hvmcontext_partial.bufsz'), 240);
  const small: Fields = { ...partial, 'hvmcontext_partial.buffer': BUFFER, 'hvmcontext_partial.bufsz': 239 };
  t.equal(c.domctl('gethvmcontext_partial', PVH, small), -errno.ENOBUFS);
  t.equal(c.domctl('gethvmcontext_partial', PVH, { ...partial, 'hvmcontext_partial.instance': 1 }), -errno.ENOENT);
  t.equal(c.domctl('gethvmcontext_partial', PVH, { 'hvmcontext_partial.type': 2 }), -errno.ENODATA, 'never ran');
  t.equal(c.domctl('gethvmcontext_partial', PVH, { 'hvmcontext_partial.type': 99 }), -errno.EINVAL);
});

t.test('contexts of virtual CPUs: a PV one needs its page table, an HVM one runs from its save record', async (t) => {
  const c = await two();
  const at = BUFFER - c.guest.base;
  const set = (domid: number) => c.domctl('setvcpucontext', domid, { 'vcpucontext.ctxt': BUFFER });
  const get = (domid: number) => c.domctl('getvcpucontext', domid, { 'vcpucontext.ctxt': BUFFER });
  const domain = c.xen.domains.get(PV);
  t.ok(domain, 'it exists');
  if (domain === undefined) return;
  domain.memory.maxPages = 8;
  const frame = domain.memory.populate(0, 1) ?? 0;
  t.equal(set(PV), -errno.EINVAL, 'neither in its kernel nor a page table for user mode');
  const ring = () => c.xen.console.ring.text();
  t.notMatch(ring(), /Error mfn/);
  c.guest.view.setBigUint64(at + 512, 4n, true);
  t.equal(set(PV), -errno.EINVAL, 'frame 0 is not its');
  t.match(ring(), `Error mfn 00000: rd=d${PV} od=d[IO] caf=8000000000000001 taf=e400000000000001`);
  c.guest.view.setBigUint64(at + 5008, BigInt(frame) << 12n, true);
  for (const offset of [648, 672, 728, 4808, 4816, 4976, 5112, 5120, 5128, 5144, 5152, 5160]) {
    c.guest.view.setBigUint64(at + offset, 1n << 63n, true);
    t.equal(set(PV), -errno.EINVAL, `no canonical address at ${offset}`);
    c.guest.view.setBigUint64(at + offset, 0n, true);
  }
  c.guest.view.setBigUint64(at + 4816, 0xffff820000000000n, true);
  t.equal(set(PV), -errno.EINVAL, "descriptors in Xen's own space");
  c.guest.view.setBigUint64(at + 4816, 0n, true);
  c.guest.view.setBigUint64(at + 5136, 0x40n, true);
  t.equal(set(PV), -errno.EINVAL, 'an unknown assist');
  c.guest.view.setBigUint64(at + 5136, 0n, true);
  t.equal(set(PV), 0);
  t.equal(get(PV), 0);
  t.equal(set(PV), 0, 'the same again');
  c.guest.view.setBigUint64(at + 5008, 0n, true);
  t.equal(set(PV), -errno.EOPNOTSUPP, 'another page table');
  c.guest.view.setBigUint64(at + 5136, 1n, true);
  t.equal(set(PVH), -errno.EINVAL, 'an assist of PV kernels');
  c.guest.view.setBigUint64(at + 5136, 0x20n, true);
  t.equal(set(PVH), 0);
  t.equal(get(PVH), -errno.ENODATA, 'these are not the registers it starts with');
});

t.test('random bytes give a result, and invented counts allocate nothing', async (t) => {
  const c = await two();
  const struct = c.xen.abi.struct('xen_domctl');
  const patterns = [0, 0xff, 0x7f, 0x80, 0x01];
  let failures = 0;
  c.xen.hooks.handlerFailed.add((_row, error) => {
    failures += 1;
    t.comment(String(error));
  });
  for (const [name, number] of Object.entries(c.xen.abi.subOperations('XEN_DOMCTL'))) {
    for (const domain of [PV, PVH, 0, 32752, 65535]) {
      for (const pattern of patterns) {
        c.domctl(number, domain);
        c.guest.bytes.fill(pattern, 16, struct.size);
        const result = hypercall(c.xen, c.guest, 36, [c.guest.base]);
        if (result > 0) t.fail(`${name} ${domain} ${pattern}: ${result}`);
      }
      if (name === 'destroydomain') break;
    }
  }
  t.equal(failures, 0);
});
