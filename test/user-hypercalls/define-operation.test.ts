import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { headerFiles } from '../../src/user-hypercalls/header.ts';
import { LoadError, loadGroups } from '../../src/user-hypercalls/load.ts';
import { LoadedHypercalls } from '../../src/user-hypercalls/loaded.ts';
import { loadAbi } from '../../src/xen/abi/abi.ts';
import { addDomain } from '../../src/xen/domain/lifecycle.ts';
import { errno } from '../../src/xen/errno.ts';
import { traced } from '../trace/traced.ts';
import { FakeGuest } from '../xen/fake-guest.ts';
import { hypercall, testHypervisor } from '../xen/host.ts';

const DOUBLE = 200;
const VERSION = 77;
const source = `import { chars, defineOperation, struct, u32 } from 'fauxen';

const numbers = struct('double_op', { value: u32, twice: u32 });
export const double = defineOperation({
  of: 'domctl', name: 'double', number: ${DOUBLE}, struct: numbers,
  handler(it, xen) {
    if (it.value === 13) return 'ERANGE';
    it.twice = 2 * it.value;
    xen.copyBack(it);
  },
});
export const motto = defineOperation({
  of: 'xen_version', name: 'motto', number: ${VERSION}, struct: struct('motto', { text: chars(8) }),
  handler(it, xen) {
    it.text = 'faux';
    xen.copyBack(it);
    return 4;
  },
});
export const bare = defineOperation({ of: 'sched_op', name: 'bare', number: 99, handler: (it) => (it === undefined ? 5 : 6) });
`;

function fileOf(t: Test, text: string): string {
  const file = join(t.testdir(), 'operations.ts');
  writeFileSync(file, text);
  return file;
}

t.test('users can add operations to Xen’s hypercalls', async (t) => {
  const xen = await testHypervisor();
  const file = fileOf(t, source);
  new LoadedHypercalls({ hypervisor: xen, onFailure: (_, error) => t.fail(String(error)) }).load([file]);
  const guest = new FakeGuest();
  const struct = xen.abi.struct('xen_domctl');
  const union = struct.field('u.createdomain').offset;
  const double = (
    value: number,
    { domain = 0, version = xen.abi.domctlVersion, caller = 0, command = DOUBLE } = {},
  ) => {
    guest.bytes.fill(0, 0, struct.size);
    struct.field('cmd').set(guest.view, command);
    struct.field('interface_version').set(guest.view, version);
    struct.field('domain').set(guest.view, domain);
    guest.view.setUint32(union, value, true);
    return hypercall(xen, guest, xen.abi.hypercalls.domctl ?? -1, [guest.base], caller);
  };
  t.equal(double(21), 0);
  t.equal(guest.view.getUint32(union + 4, true), 42, 'the struct lies in the union');
  t.equal(double(13), -errno.ERANGE);
  t.equal(double(21, { version: 5 }), -errno.EACCES, "the hypercall's own checks come first");
  t.equal(double(21, { domain: 99 }), -errno.ESRCH);
  addDomain(xen, { id: 1, type: 'pv', pool: xen.pools.first });
  t.equal(double(21, { caller: 1 }), -errno.EPERM);
  t.equal(double(21, { command: DOUBLE + 1 }), -errno.ENOSYS, 'another number is as before');
  t.equal(double(0, { command: 4, domain: 1 }), 0, "Xen's own are, too: unpausedomain");
  t.equal(hypercall(xen, guest, 17, [VERSION, guest.base + 512]), 4);
  t.equal(Buffer.from(guest.bytes.subarray(512, 517)).toString(), 'faux\0', 'its own struct');
  t.equal(hypercall(xen, guest, 17, [VERSION, 8]), -errno.EFAULT);
  t.equal(hypercall(xen, guest, 29, [99, 0]), 5, 'without a struct');

  const lines = await traced(xen, { verbosity: 2 });
  double(21);
  t.match(
    lines(),
    /domctl\(op=0x10000\{double\}\) = 0[\s\S]* value=21, twice=0\}[\s\S]*\{.*twice=42\}[\s\S]*handler {2}.*operations\.ts:4/,
  );
  hypercall(xen, guest, 17, [VERSION, guest.base + 512]);
  t.match(lines(), /xen_version\(cmd=motto, [\s\S]*text="faux"/);
});

t.test('numbers and structs come from the headers', async (t) => {
  const [group] = loadGroups([fileOf(t, source)], await loadAbi());
  const text = headerFiles([], group?.operations)['xen/fauxen.h'] ?? '';
  t.match(text, `#define XEN_DOMCTL_double ${DOUBLE}\n`);
  t.match(text, `#define XENVER_motto ${VERSION}\n`);
  t.match(text, '#define SCHEDOP_bare 99\n');
  t.match(text, /struct double_op \{\n {4}uint32_t value;\n {4}uint32_t twice;\n\};/);
});

t.test('an impossible definition is refused with its place', async (t) => {
  const abi = await loadAbi();
  const refused = (definition: string, message: RegExp) => {
    const file = fileOf(
      t,
      `import { array, defineOperation, struct, u8 } from 'fauxen';\nexport default defineOperation({ ${definition} });\n`,
    );
    t.throws(() => loadGroups([file], abi), LoadError);
    t.throws(() => loadGroups([file], abi), { message });
  };
  const handler = 'handler: () => 0';
  refused(
    `of: 'domclt', name: 'x', number: 1, ${handler}`,
    /:2: no hypercall of Xen 4\.17 takes operations as 'domclt'.*domctl/,
  );
  refused(`of: 'iret', name: 'x', number: 1, ${handler}`, /no hypercall of Xen 4\.17 takes operations as 'iret'/);
  refused(
    `of: 'domctl', name: 'x', number: 300, struct: struct('big', { bytes: array(u8, 129) }), ${handler}`,
    /:2: struct big of x has 129 bytes; the union of domctl has 128 in Xen 4\.17/,
  );
  refused(
    `of: 'domctl', name: 'x y', number: 1, ${handler}`,
    /:2: defineOperation: name must be a C identifier, got "x y"/,
  );
  refused(
    `of: 'domctl', name: 'x', number: -1, ${handler}`,
    /number of x must be a whole number from 0 to 4294967295, got -1/,
  );
  refused(
    `of: 'domctl', name: 'x', number: 1, arg: 1, ${handler}`,
    /unknown key 'arg'.*of, name, number, struct, handler/,
  );
  refused(`of: 'domctl', name: 'x', number: 1`, /x has no handler/);
});

t.test('two operations with the same number are refused', async (t) => {
  const xen = await testHypervisor();
  const one = (name: string) => `defineOperation({ of: 'sysctl', name: '${name}', number: 500, handler: () => 0 })`;
  const file = fileOf(t, `import { defineOperation } from 'fauxen';\nexport default [${one('a')},\n${one('b')}];\n`);
  const loaded = new LoadedHypercalls({ hypervisor: xen, onFailure: () => {} });
  t.throws(() => loaded.load([file]), {
    message: /operations\.ts:3: sysctl number 500 of b is taken by a at .*operations\.ts:2/,
  });
});
