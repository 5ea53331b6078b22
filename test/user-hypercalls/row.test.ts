import t from 'tap';
import { bytes, i64, int64, pointer, string, u32 } from '../../src/user-hypercalls/arguments.ts';
import { type Arguments, defineHypercall, type HypercallDefinition } from '../../src/user-hypercalls/define.ts';
import { userRow } from '../../src/user-hypercalls/row.ts';
import { errno } from '../../src/xen/errno.ts';
import { FakeGuest } from '../xen/fake-guest.ts';
import { hypercall, testHypervisor } from '../xen/host.ts';

const NUMBER = 39;

async function setUp<A extends Arguments>(definition: Omit<HypercallDefinition<A>, 'name' | 'number'>) {
  const xen = await testHypervisor({ commandLine: '' });
  const guest = new FakeGuest();
  const failures: unknown[] = [];
  xen.install(
    userRow(defineHypercall({ name: 'mine', number: NUMBER, ...definition }), (_, error) => failures.push(error)),
  );
  const text = (at: number, value: string) => {
    guest.bytes.set(new TextEncoder().encode(`${value}\0`), at);
    return guest.base + at;
  };
  return { xen, guest, failures, text, call: (...args: (number | bigint)[]) => hypercall(xen, guest, NUMBER, args) };
}

t.test('the caller gets what the handler returns', async (t) => {
  const cases: [unknown, number][] = [
    [1, 1],
    [-22, -22],
    [2 ** 31, 2 ** 31],
    ['EINVAL', -errno.EINVAL],
    ['-EPERM', -errno.EPERM],
    [undefined, 0],
    [7n, 7],
  ];
  for (const [value, expected] of cases) {
    const { call } = await setUp({ handler: () => value as number });
    t.equal(call(), expected, String(value));
  }
});

t.test('a wrong return type gives EINVAL, and dmesg says what was returned', async (t) => {
  for (const [make, words] of [
    [() => 1.5, 'number 1.5'],
    [() => 'ENOTHING', 'string ENOTHING'],
    [() => ({}), 'object'],
    [() => Promise.reject(new Error('late')), 'a promise'],
  ] as const) {
    const { xen, call } = await setUp({ handler: () => make() as unknown as number });
    t.equal(call(), -errno.EINVAL);
    t.match(xen.console.ring.text(), `mine: handler returned ${words}`);
  }
});

t.test('a handler that throws answers EFAULT, is logged, and the next call works', async (t) => {
  let times = 0;
  const { xen, call, failures } = await setUp({
    handler() {
      times += 1;
      if (times === 1) throw new TypeError('boom');
      return 5;
    },
  });
  t.equal(call(), -errno.EFAULT);
  t.match(xen.console.ring.text(), 'mine: handler threw TypeError: boom');
  t.match(failures, [{ message: 'boom' }]);
  t.equal(call(), 5);
});

t.test('a handler names its errno', async (t) => {
  const { call } = await setUp({ handler: (_, xen) => xen.fail('EACCES', 'not today') });
  t.equal(call(), -errno.EACCES);
});

t.test('strings: copied up to the NUL, across pages; NULL, unterminated, too long', async (t) => {
  let got: string | null = '';
  const nullable = await setUp({
    args: { s: string({ nullable: true, limit: 5000 }) },
    handler: ({ s }) => {
      got = s;
    },
  });
  t.equal(nullable.call(nullable.text(10, 'grüße')), 0);
  t.equal(got, 'grüße');
  t.equal(nullable.call(nullable.text(4095, 'behind the page lies the end')), 0);
  t.equal(got, 'behind the page lies the end', 'and not what an earlier copy left');
  t.equal(nullable.call(0), 0);
  t.equal(got, null);
  nullable.guest.bytes.fill(0x61, 4000, 8900);
  t.equal(nullable.call(nullable.guest.base + 4000), 0);
  t.equal(got, 'a'.repeat(4900));
  nullable.guest.bytes.fill(0x61);
  t.equal(nullable.call(nullable.guest.base), -errno.E2BIG);
  t.equal(nullable.call(nullable.guest.base + nullable.guest.bytes.length - 10), -errno.EFAULT);
  const strict = await setUp({ args: { s: string() }, handler: () => 0 });
  t.equal(strict.call(0), -errno.EFAULT);
});

t.test('numbers, buffers and pointers arrive as declared', async (t) => {
  let got: unknown;
  const { guest, call } = await setUp({
    args: { count: u32, data: bytes({ length: 'count' }), signed: i64, out: pointer() },
    handler({ count, data, signed, out }, xen) {
      got = { count, data: [...data], signed };
      xen.copyToGuest(out, int64(signed * 2n));
      return data.length;
    },
  });
  guest.bytes.set([1, 2, 3], 100);
  t.equal(call(3, guest.base + 100, -5, guest.base + 200), 3);
  t.same(got, { count: 3, data: [1, 2, 3], signed: -5n });
  t.equal(guest.view.getBigInt64(200, true), -10n);
  t.equal(
    call(2 ** 32 - 1, guest.base, 0, guest.base),
    -errno.E2BIG,
    'no memory is taken for a number made up by the caller',
  );
  t.equal(call(3, guest.base, 0, 0), -errno.EFAULT);
});

t.test('an argument that is not decoded yet is no length', async (t) => {
  const { guest, call } = await setUp({ args: { data: bytes({ length: 'count' }), count: u32 }, handler: () => 0 });
  t.equal(call(guest.base, 3), -errno.EFAULT);
});

t.test('each call has arguments of its own', async (t) => {
  const kept: object[] = [];
  const { call } = await setUp({ args: { a: u32, b: u32 }, handler: (args) => kept.push(args) });
  t.equal(call(1, 2), 1);
  t.equal(call(3, 4), 2);
  t.same(
    kept.map((args) => Object.entries(args)),
    [
      [
        ['a', 1],
        ['b', 2],
      ],
      [
        ['a', 3],
        ['b', 4],
      ],
    ],
  );
});

t.test('printing a guest pointer shows that it was not copied', async (t) => {
  const { xen, call } = await setUp({ args: { p: pointer() }, handler: ({ p }, xen) => xen.printk(`got ${p}`) });
  t.equal(call(0x1000), 0);
  t.match(xen.console.ring.text(), 'got <guest pointer 0x1000, not copied>');
});
