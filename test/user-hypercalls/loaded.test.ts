import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { LoadError } from '../../src/user-hypercalls/load.ts';
import { LoadedHypercalls } from '../../src/user-hypercalls/loaded.ts';
import { errno } from '../../src/xen/errno.ts';
import { FakeGuest } from '../xen/fake-guest.ts';
import { hypercall, testHypervisor } from '../xen/host.ts';

const source = (name: string, number: number, result: number) => `
import { defineHypercall } from 'fauxen';
export default defineHypercall({ name: '${name}', number: ${number}, handler: () => ${result} });
`;

async function loaded(t: Test, files: Record<string, string>) {
  const directory = t.testdir(files);
  const hypervisor = await testHypervisor();
  const said: string[] = [];
  const user = new LoadedHypercalls({
    hypervisor,
    onFailure: (_, error) => t.fail(String(error)),
    say: (level, text) => said.push(`${level}: ${text}`),
  });
  const guest = new FakeGuest();
  const paths = Object.keys(files).map((name) => join(directory, name));
  return { directory, hypervisor, user, said, paths, ask: (number: number) => hypercall(hypervisor, guest, number) };
}

t.test('a saved file takes effect at once, and dmesg says so', async (t) => {
  const { user, paths, ask, said, hypervisor } = await loaded(t, { 'a.ts': source('mine', 60, 1) });
  user.load(paths);
  t.equal(ask(60), 1);
  writeFileSync(paths[0]!, source('mine', 60, 2));
  t.ok(user.reload(paths[0]!));
  t.equal(ask(60), 2);
  t.match(hypervisor.console.ring.text(), /\(XEN\) fauxen: reloaded .*a\.ts: mine \(60\)\n$/);
  t.match(said, [/^info: reloaded/]);
});

t.test('a broken file keeps the old one and names file, line and reason', async (t) => {
  const { user, paths, ask, said, hypervisor } = await loaded(t, { 'a.ts': source('mine', 60, 1) });
  user.load(paths);
  for (const [text, line, reason] of [
    [`${source('mine', 60, 2)}\nconst x = ;\n`, 5, 'Unexpected token'],
    [source('mine', 60, 2).replace('() =>', 'nothing() =>'), 3, ''],
    ["import { defineHypercall } from 'fauxen';\n\nthrow new Error('at load');\n", 3, 'at load'],
    [
      "import { defineHypercall } from 'fauxen';\ndefineHypercall({ name: 'no good', number: 1 });\n",
      2,
      'name must be',
    ],
    ['', 1, 'no hypercall'],
  ] as const) {
    writeFileSync(paths[0]!, text);
    t.notOk(user.reload(paths[0]!));
    t.equal(ask(60), 1);
    const last = said.at(-1) ?? '';
    t.match(last, new RegExp(`^error: not reloaded, the old version stays active: ${paths[0]}:${line}: .*${reason}`));
    t.ok(hypervisor.console.ring.text().endsWith(`(XEN) fauxen: ${last.slice('error: '.length)}\n`));
  }
});

t.test('a number that the new version no longer defines gets Xen’s hypercall back', async (t) => {
  const { user, paths, ask } = await loaded(t, { 'a.ts': source('mine', 17, 1) });
  user.load(paths);
  t.equal(ask(17), 1);
  writeFileSync(paths[0]!, source('mine', 61, 5));
  user.reload(paths[0]!);
  t.equal(ask(17), 0x40011, "Xen's own xen_version again");
  t.equal(ask(61), 5);
  writeFileSync(paths[0]!, source('mine', 62, 5));
  user.reload(paths[0]!);
  t.equal(ask(61), -errno.ENOSYS);
});

t.test('two files may not define the same number, at the start or later', async (t) => {
  const { user, paths, ask, said } = await loaded(t, { 'a.ts': source('one', 60, 1), 'b.ts': source('two', 61, 2) });
  user.load(paths);
  writeFileSync(paths[1]!, source('two', 60, 3));
  t.notOk(user.reload(paths[1]!));
  t.same([ask(60), ask(61)], [1, 2]);
  t.match(said.at(-1), /b\.ts:3: number 60 of two is taken by one at .*a\.ts:3/);
  t.throws(() => user.load(paths), LoadError);
});

t.test('replacing a hypercall that Xen serves is reported; using a reserved number is not', async (t) => {
  const { user, paths, said } = await loaded(t, { 'a.ts': source('mine', 17, 1), 'b.ts': source('other', 39, 1) });
  user.load(paths);
  t.match(said, [/^warn: .*a\.ts:3: 17 is xen_version of Xen 4\.17: programs that call xen_version get mine/]);
  t.equal(said.length, 1);
});
