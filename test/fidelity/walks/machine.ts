import type { Calls } from '../calls.ts';
import { Random } from '../random.ts';
import type { Guests } from '../settings.ts';

/** CPU pools: made, given CPU 1 and domains, and restored. */
export function pools(calls: Calls, { pv, hvm, pvh }: Guests, salt: string): void {
  const random = new Random(`pools ${salt}`);
  const pool = (id: string, set: Record<string, number | bigint>) => {
    const asked = Object.entries(set).map(([key, value]) => `${key}=${value}`);
    const map = { 'cpumap.nr_bits': 64, 'cpumap.bitmap': { bytes: 64 } };
    calls.sysctl('cpupool_op', { id, asked: asked.join(' '), set: { ...map, ...set } });
  };
  const NEW = 0xffffffff;
  for (let step = 0; step < 150; step++) {
    const op = 1 + random.below(8);
    const cpupool_id = random.pick(op === 1 ? [NEW, 1, 2, 3, 0] : [0, 1, 2, 3, NEW]);
    // A real 4.14 with the scheduler RTDS (8) crashes when a pool loses its CPU.
    const sched_id = random.pick(calls.abi.minor < 15 ? [5, 6, 0, 7, 9, 99] : [5, 6, 0, 7, 8, 9, 99]);
    const cpu = random.pick([1, 1, 1, NEW, 2, 99]);
    const domid = random.pick([pv.value, hvm.value, pvh.value, 999n]);
    pool(`walk.${step}`, { op, cpupool_id, sched_id, cpu, domid });
  }
  for (const { value } of [pv, hvm, pvh]) pool(`end.move.${value}`, { op: 6, cpupool_id: 0, domid: value });
  for (const cpupool_id of [1, 2, 3]) {
    pool(`end.cpu.${cpupool_id}`, { op: 5, cpupool_id, cpu: 1 });
    pool(`end.destroy.${cpupool_id}`, { op: 2, cpupool_id });
  }
  pool('end.add', { op: 4, cpupool_id: 0, cpu: 1 });
  pool('end.info', { op: 3, cpupool_id: 0 });
}

/** Xen's trace buffers: queried, made, turned on and off. Their size can be set once per boot. */
export function tracing(calls: Calls): void {
  const steps = [
    [6, 0, 0],
    [0, 0, 0],
    [4, 0, 0],
    [5, 0, 0],
    [3, 0, 0],
    [3, 0, 100000],
    [3, 0, 0x7fffffff],
    [3, 0, 4],
    [0, 0, 0],
    [3, 0, 4],
    [3, 0, 8],
    [3, 0, 2],
    [2, 0x1000, 0],
    [4, 0, 0],
    [4, 0, 0],
    [0, 0, 0],
    [2, 0xffffffff, 0],
    [5, 0, 0],
    [5, 0, 0],
    [0, 0, 0],
  ] as const;
  for (const [index, [cmd, evt_mask, size]] of steps.entries()) {
    const called = { id: `tracing.${index}`, asked: `cmd=${cmd} evt_mask=${evt_mask} size=${size}` };
    calls.sysctl('tbuf_op', { ...called, set: { cmd, evt_mask, size }, kinds: { buffer_mfn: 'zeroOrNot' } });
  }
}

const LEAF = 24;

/** A guest's CPU policy: random leaves, each read back. */
export function policies(calls: Calls, { hvm, pvh, pv }: Guests, salt: string): void {
  const random = new Random(`policies ${salt}`);
  const leaves = [
    0, 1, 2, 4, 5, 6, 7, 0xa, 0xb, 0xd, 0x14, 0x40000000, 0x80000000, 0x80000001, 0x80000007, 0x80000008, 0x8000001e,
  ];
  for (let step = 0; step < 80; step++) {
    const guest = random.pick([pv, hvm, pvh]);
    const [leaf, subleaf] = [random.pick(leaves), random.pick([0, 0, 1, 0xffffffff])];
    const registers = [0, 1, 2, 3].map(() =>
      random.pick([0n, 0n, 1n, 0x178bfbffn, 0xffffffffn, random.next() & 0xffffffffn]),
    );
    const words = [BigInt(leaf), BigInt(subleaf), ...registers];
    const u64 = [0, 2, 4].map((at) => (words[at] ?? 0n) | ((words[at + 1] ?? 0n) << 32n));
    const asked = `set ${guest.name} leaf=${leaf.toString(16)}.${subleaf.toString(16)} ${registers.map((each) => each.toString(16)).join(' ')}`;
    const set = { nr_leaves: u64.length * 8 === LEAF ? 1 : 0, leaves: { u64 } };
    calls.domctl('set_cpu_policy', Number(guest.value), { id: `policy.${step}`, asked, set });
  }
}
