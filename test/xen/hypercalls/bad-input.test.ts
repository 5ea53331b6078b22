import t from 'tap';
import { addDomain } from '../../../src/xen/domain/lifecycle.ts';
import { FakeGuest } from '../fake-guest.ts';
import { hypercall, testHypervisor } from '../host.ts';

const ROUNDS = 20_000;
/** Critical numbers: limits, signs, domain ids, and their neighbours. */
const EDGES = [0, 1, 2, 7, 64, 0x7fef, 0x7ff0, 0x7ff1, 0x7ff2, 0x7ff4, 65535, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];

/** Pseudo-random numbers, the same each time. */
function generator(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

for (const { number, commands } of [
  { number: 12, commands: 32 },
  { number: 16, commands: 1 },
  { number: 20, commands: 14 },
  { number: 26, commands: 1 },
  { number: 1, commands: 1 },
  { number: 32, commands: 16 },
]) {
  t.test(`hypercall ${number} answers any arguments`, async (t) => {
    const xen = await testHypervisor({ commandLine: 'dom0_mem=1G,max:1G' });
    const failures: unknown[] = [];
    xen.hooks.handlerFailed.add((_row, error) => failures.push(error));
    for (const [id, type] of [
      [1, 'pv'],
      [2, 'pvh'],
    ] as const) {
      addDomain(xen, { id, type, pool: xen.pools.first }).memory.maxPages = 100;
    }
    const guest = new FakeGuest(4096);
    const random = generator(number);
    const pointers = [0, guest.base, guest.base + 8, guest.base + 4088, guest.base + 4092, 0xdeadbeef000, 2 ** 63];
    const edge = () => EDGES[random(EDGES.length)] ?? 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      for (let word = 0; word < 64; word += 1) guest.view.setUint32(4 * word, random(3) === 0 ? edge() : 0, true);
      // Some fields are pointers to memory that exists.
      guest.view.setBigUint64(8 * random(8), BigInt(guest.base + 512), true);
      const pointer = pointers[random(pointers.length)] ?? 0;
      const args =
        commands === 1
          ? [pointer, random(4), pointers[random(3)] ?? 0, edge()]
          : [random(commands), pointer, random(3)];
      const result = hypercall(xen, guest, number, args, random(3));
      if (!Number.isSafeInteger(result)) t.fail(`result ${result}`);
    }
    t.same(failures, []);
    const held = [0, 1, 2].map((id) => xen.domains.get(id)?.totPages ?? 0);
    t.ok((held[1] ?? 0) <= 100 && (held[2] ?? 0) <= 100, 'no domain beyond its limit');
    t.ok(xen.memory.heap.freePages >= 0);
  });
}
