import t from 'tap';
import { errno } from '../../../../src/xen/errno.ts';
import { Control } from '../../control.ts';
import { FakeGuest } from '../../fake-guest.ts';
import { testHypervisor } from '../../host.ts';

// What 4.14.6, 4.17.7 and 4.20.4 answered, which agree (groups policies and domctl-memory of test/fidelity).

const NO_SUBLEAF = 0xffffffff;
const AT = 8192;

async function policies(flags = 0) {
  const c = new Control(await testHypervisor(), new FakeGuest());
  const id = c.create(flags);
  const { guest } = c;
  const call = (name: 'get_cpu_policy' | 'set_cpu_policy', leaves: number, fields = {}) =>
    c.domctl(name, id, { 'cpu_policy.nr_leaves': leaves, 'cpu_policy.leaves': guest.base + AT, ...fields });
  const get = (leaf: number, subleaf = NO_SUBLEAF): number[] | undefined => {
    t.equal(call('get_cpu_policy', 120, { 'cpu_policy.nr_msrs': 2, 'cpu_policy.msrs': guest.base + 4096 }), 0);
    for (let at = AT; at < AT + 24 * c.out('cpu_policy.nr_leaves'); at += 24) {
      const words = Array.from({ length: 6 }, (_, index) => guest.view.getUint32(at + 4 * index, true));
      if (words[0] === leaf && words[1] === subleaf) return words.slice(2);
    }
    return undefined;
  };
  const set = (leaf: number, subleaf: number, registers: readonly number[], fields = {}) => {
    for (const [index, word] of [leaf, subleaf, ...registers].entries())
      guest.view.setUint32(AT + 4 * index, word, true);
    return call('set_cpu_policy', 1, fields);
  };
  const errors = () => ['leaf', 'subleaf', 'msr'].map((name) => c.out(`cpu_policy.err_${name}`));
  const count = () => {
    call('get_cpu_policy', 120, { 'cpu_policy.nr_msrs': 2, 'cpu_policy.msrs': guest.base + 4096 });
    return c.out('cpu_policy.nr_leaves');
  };
  return { c, id, call, get, set, errors, count };
}

t.test('a new domain sees the features that AMD repeats in leaf 0x80000001, and no SVM', async (t) => {
  const pv = await policies();
  t.same(pv.get(0x80000001), [0x60fb1, 0, 3, 0x2191cbf5]);
  const pvh = await policies(3);
  t.same(pvh.get(0x80000001), [0x60fb1, 0, 3, 0x2193fbfd]);
  t.same(pvh.get(0x8000000a), [0, 0, 0, 0]);
  t.equal(pv.count(), 51);
});

t.test('set_cpu_policy drops features that a guest may not see, and keeps names', async (t) => {
  const { get, set } = await policies();
  for (const [leaf, subleaf] of [
    [2, NO_SUBLEAF],
    [6, NO_SUBLEAF],
    [9, NO_SUBLEAF],
    [0xb, 0],
    [0xd, 1],
    [0x40000000, NO_SUBLEAF],
    [0x8000000b, NO_SUBLEAF],
    [0x80000018, NO_SUBLEAF],
    [0x80000019, NO_SUBLEAF], // of pages of 1 GiB, which this CPU lacks
    [0x8000001e, NO_SUBLEAF],
  ] as const) {
    t.equal(set(leaf, subleaf, [0x2000, 0x20, 0x20, 0x20]), 0);
    t.same(get(leaf, subleaf), [0, 0, 0, 0], leaf.toString(16));
  }
  t.equal(set(7, 0, [0, 0x02000000, 0x4000, 0]), 0);
  t.same(get(7, 0), [0, 0, 0, 0], 'features that the machine lacks');
  t.equal(set(0x80000001, NO_SUBLEAF, [0x60fb1, 0, 3, 0x2191cb75]), 0);
  t.same(get(0x80000001), [0x60fb1, 0, 3, 0x2191cbf5]);
  t.equal(set(0x80000002, NO_SUBLEAF, [1, 2, 3, 4]), 0);
  t.same(get(0x80000002), [1, 2, 3, 4]);
  t.equal(set(0x8000001a, NO_SUBLEAF, [0, 0x80000000, 0, 0]), 0);
  t.same(get(0x8000001a), [0, 0x80000000, 0, 0]);
});

t.test('setting another vendor reduces the extended leaves permanently', async (t) => {
  const { get, set, count } = await policies();
  t.equal(set(0, NO_SUBLEAF, [0xd, 0x6c747541, 0x444d4163, 0x69746e65]), 0);
  t.equal(count(), 26);
  t.equal(set(9, NO_SUBLEAF, [0, 0, 0, 0x2000]), 0);
  t.same(get(9), [0, 0, 0, 0x2000], 'what is hidden on AMD only');
  t.equal(set(0, NO_SUBLEAF, [0xd, 0x68747541, 0x444d4163, 0x69746e65]), 0);
  t.equal(count(), 26);
});

t.test('a range ends at the machine’s last leaf; a count of ~0 subleaves means none', async (t) => {
  const { get, set, errors } = await policies();
  t.equal(set(7, 0, [0x178bfbff, 0, 0, 1]), -errno.EINVAL);
  t.same(errors(), [7, 0, NO_SUBLEAF]);
  t.equal(set(7, 0, [0xffffffff, 0, 0, 1]), 0);
  t.same(get(7, 0), [0, 0, 0, 0]);
  t.equal(set(0x80000000, NO_SUBLEAF, [0x80040021, 0, 0, 0]), -errno.EINVAL);
  t.equal(set(0x80000000, NO_SUBLEAF, [0, 0, 0, 0]), 0);
  t.equal(get(0x80000002), undefined);
});

t.test('leaves are checked before MSRs; each failure names the leaf or MSR, or none', async (t) => {
  const { set, errors, call, c } = await policies();
  t.equal(set(0, 0, [0, 0, 0, 0], { 'cpu_policy.nr_msrs': 0xffffffff }), -errno.ERANGE);
  t.same(errors(), [0, 0, NO_SUBLEAF]);
  t.equal(call('set_cpu_policy', 0, { 'cpu_policy.nr_msrs': 0xffffffff }), -errno.E2BIG);
  t.same(errors(), [NO_SUBLEAF, NO_SUBLEAF, NO_SUBLEAF]);
  t.equal(call('set_cpu_policy', 1, { 'cpu_policy.leaves': 0 }), -errno.EFAULT);
  t.same(errors(), [NO_SUBLEAF, NO_SUBLEAF, NO_SUBLEAF]);
  t.equal(c.domctl('getdomaininfo', 0), 0);
});
