import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { checkUnique, LoadError, loadDefinitions } from '../../src/user-hypercalls/load.ts';

const head = "import { defineHypercall } from 'fauxen';\n";

function file(t: Test, name: string, text: string): string {
  const path = join(t.testdir({}), name);
  writeFileSync(path, text);
  return path;
}

t.test('a file in any folder loads, with one hypercall or several', (t) => {
  const one = file(
    t,
    'one.ts',
    `${head}export default defineHypercall({ name: 'a', number: 39, handler: (): number => 0 });\n`,
  );
  t.match(loadDefinitions(one).hypercalls, [{ name: 'a', number: 39, source: `${one}:2` }]);
  const two = file(
    t,
    'two.ts',
    `${head}const make = (n: number) => defineHypercall({ name: 'n' + n, number: n, handler: () => n });\nexport default [make(50), make(51)];\n`,
  );
  t.match(loadDefinitions(two).hypercalls, [{ name: 'n50' }, { name: 'n51' }]);
  t.end();
});

t.test('the shipped example loads', (t) => {
  t.match(loadDefinitions('examples/hello_hypercall.ts').hypercalls, [{ name: 'hello_hypercall', number: 39 }]);
  t.end();
});

t.test('a mistake is reported with file and line', (t) => {
  const cases: [string, string, RegExp][] = [
    ['syntax.ts', `${head}\nconst x: number = ;\n`, /syntax\.ts:3: Unexpected token/],
    ['field.ts', `${head}\n\nexport default defineHypercall({ name: 'x', number: 4 });\n`, /field\.ts:4: .*no handler/],
    [
      'import.ts',
      "import { defineHypercal } from 'fauxen';\nexport default defineHypercal({ name: 'x', number: 4 });\n",
      /import\.ts:2: fauxen exports no 'defineHypercal' \(did you mean 'defineHypercall'\?\)/,
    ],
    ['none.ts', 'export default 3;\n', /none\.ts:1: no hypercall/],
    ['throws.ts', `${head}\nthrow new Error('at load');\n`, /throws\.ts:3: at load/],
  ];
  for (const [name, text, message] of cases) {
    const path = file(t, name, text);
    t.throws(() => loadDefinitions(path).hypercalls, LoadError);
    t.throws(() => loadDefinitions(path).hypercalls, { message });
  }
  t.throws(() => loadDefinitions('/nonesuch/file.ts').hypercalls, { message: /cannot be read: ENOENT/ });
  t.end();
});

t.test('if two definitions have the same number, the error names both places', (t) => {
  const text = (name: string) =>
    `${head}export default defineHypercall({ name: '${name}', number: 39, handler: () => 0 });\n`;
  const first = file(t, 'first.ts', text('one'));
  const second = join(first, '..', 'second.ts');
  writeFileSync(second, text('two'));
  const loaded = [...loadDefinitions(first).hypercalls, ...loadDefinitions(second).hypercalls];
  t.throws(() => checkUnique(loaded), { message: /second\.ts:2: number 39 of two is taken by one at .*first\.ts:2/ });
  t.end();
});
