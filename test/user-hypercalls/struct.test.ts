import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import t, { type Test } from 'tap';
import { i64, u8, u16, u32 } from '../../src/user-hypercalls/arguments.ts';
import { defineHypercall } from '../../src/user-hypercalls/define.ts';
import { headerFiles } from '../../src/user-hypercalls/header.ts';
import { userRow } from '../../src/user-hypercalls/row.ts';
import { address, array, chars, struct, structPointer } from '../../src/user-hypercalls/struct.ts';
import { missing } from '../helpers/capabilities.ts';
import { FakeGuest } from '../xen/fake-guest.ts';
import { hypercall, testHypervisor } from '../xen/host.ts';

const inner = struct('inner', { a: u8, b: u16 });
const all = struct('all', {
  small: u8,
  large: i64,
  name: chars(5),
  where: address,
  parts: array(inner, 2),
  bytes: array(u8, 3),
  last: u32,
});

t.test('a struct is laid out as the compiler does', (t) => {
  t.same([inner.size, inner.align], [4, 2]);
  t.same([all.size, all.align], [48, 8]);
  t.same(all.layout.fields.where, [24, 8, 'uint64_t  __attribute__((aligned(8)))']);
  t.equal(all.layout.fields.last?.[0], 44);
  t.throws(() => struct('bad', { text: { kind: 'string' } as never }), /text has no layout: use u32/);
  t.throws(() => struct('not a name', {}), /C identifier/);
  t.end();
});

t.test('a handler gets the struct, changes it and copies it back', async (t) => {
  const hypervisor = await testHypervisor();
  const guest = new FakeGuest();
  const definition = defineHypercall({
    name: 'change',
    number: 60,
    args: { data: all, out: structPointer(inner) },
    handler({ data, out }, xen) {
      t.same(
        { ...data, where: data.where.address },
        {
          small: 7,
          large: -5n,
          name: 'ab',
          where: 0x1234,
          parts: [
            { a: 1, b: 2 },
            { a: 3, b: 4 },
          ],
          bytes: [9, 8, 7],
          last: 0xffffffff,
        },
      );
      data.name = 'longer than five';
      data.large = 2n ** 40n;
      xen.copyBack(data);
      xen.copyStructToGuest(out, { a: 5, b: 6 });
      t.same(xen.copyStructFromGuest(out), { a: 5, b: 6 });
      t.throws(() => xen.copyBack({}), /did not come from the caller/);
    },
  });
  hypervisor.install(userRow(definition, (_, error) => t.fail(String(error))));
  const { view, base } = guest;
  view.setUint8(0, 7);
  view.setBigInt64(8, -5n, true);
  guest.bytes.set(new TextEncoder().encode('ab\0xy'), 16);
  view.setBigUint64(24, 0x1234n, true);
  for (const [index, value] of [1, 3].entries()) {
    view.setUint8(32 + 4 * index, value);
    view.setUint16(34 + 4 * index, value + 1, true);
  }
  guest.bytes.set([9, 8, 7], 40);
  view.setUint32(44, 0xffffffff, true);
  t.equal(hypercall(hypervisor, guest, 60, [base, base + 4096]), 0);
  t.equal(new TextDecoder().decode(guest.bytes.subarray(16, 21)), 'longe');
  t.equal(view.getBigInt64(8, true), 2n ** 40n);
  t.same([view.getUint8(4096), view.getUint16(4098, true)], [5, 6]);
  t.equal(hypercall(hypervisor, guest, 60, [0, base]), -14, 'NULL is EFAULT');
});

function compileWith(t: Test, hypercalls: Parameters<typeof headerFiles>[0], program: string, flags: string[] = []) {
  const directory = t.testdir();
  for (const [path, text] of Object.entries(headerFiles(hypercalls))) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  return spawnSync(
    'gcc',
    ['-I', directory, '-Wall', '-Werror', '-x', 'c', ...flags, '-o', join(directory, 'out'), '-'],
    {
      input: program,
      encoding: 'utf8',
    },
  );
}

const user = [
  defineHypercall({ name: 'change', number: 60, args: { data: all }, handler: () => 0 }),
  defineHypercall({ name: 'xen_version', number: 17, handler: () => 0 }),
];

t.test('gcc agrees with every size and offset', { skip: missing('gcc', 'xenHeaders') }, (t) => {
  const program = `#include <xen/sys/privcmd.h>
    #include <xen/xen.h>
    struct all data = { .parts = { { 1, 2 } } };
    int main(void) { return __HYPERVISOR_change != 60 || __HYPERVISOR_xen_version != 17 || sizeof(privcmd_hypercall_t) != 48; }`;
  const gcc = compileWith(t, user, program);
  t.equal(gcc.stderr, '');
  t.equal(spawnSync(join(t.testdirName, 'out')).status, 0);
  const tutorial =
    '#include <xenctrl.h>\n#include <xen/linux/privcmd.h>\nint main(void) { return __HYPERVISOR_change - 60; }';
  t.equal(compileWith(t, user, tutorial).stderr, '');
  t.end();
});

t.test('gcc -m32 agrees with every size and offset', { skip: missing('multilib') }, (t) => {
  t.equal(compileWith(t, user, '#include <xen/fauxen.h>\nint main(void) { return 0; }', ['-m32']).stderr, '');
  t.end();
});

t.test('two structs with the same name are refused', (t) => {
  const other = struct('inner', { a: u32 });
  const two = defineHypercall({ name: 'two', number: 61, args: { x: inner, y: other }, handler: () => 0 });
  t.throws(() => headerFiles([two]), /two different structs are called inner/);
  t.end();
});
