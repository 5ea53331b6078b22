import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { validatorText } from '../../scripts/generate/validator-text.ts';
import { junit } from '../../src/lab/junit.ts';
import { exerciseSchema } from '../../src/lab/schema.ts';
import { tap } from '../../src/lab/tap.ts';
import { missing } from '../helpers/capabilities.ts';
import { compile } from '../helpers/compile.ts';
import { fauxen } from '../helpers/fauxen.ts';

t.test('the schema is published (scripts/generate/scenarios.ts)', async (t) => {
  t.strictSame(JSON.parse(readFileSync('docs/exercise.schema.json', 'utf8')), exerciseSchema);
  t.equal(readFileSync('src/lab/data/validate.ts', 'utf8'), await validatorText(exerciseSchema, 'src/lab/schema.ts'));
});

t.test('titles and outputs cannot break the reports', async (t) => {
  const result = {
    title: 'a # b\\c',
    outcome: 'failed',
    problems: ['...\n---\n<&"\u0001'],
    hints: [],
    command: 'x',
  } as const;
  const text = tap('x', [result]);
  t.match(text, 'not ok 1 - a \\# b\\\\c\n');
  t.equal(text.split('\n').filter((line) => line === '  ...').length, 1, 'the block ends once');
  const xml = junit('x', [result]);
  t.match(xml, 'name="a # b\\c"');
  t.match(xml, '&lt;&amp;&quot;\ufffd');
});

t.test('fauxen run --report', { skip: missing('mount', 'gcc') }, async (t) => {
  const file = join(t.testdir(), 'report.json');
  const { status } = await fauxen(['run', '--report', file, '--', compile(t, 'ask.c'), '4242']);
  t.equal(status, 0);
  const report = JSON.parse(readFileSync(file, 'utf8'));
  t.match(report, {
    status: 0,
    dmesg: /^\(XEN\)/,
    failures: [{ cause: 'unknown-number', count: 1, why: /4242/, change: /--hypercalls/ }],
  });
  t.match(await fauxen(['run', '--report', '/nowhere/x', 'true']), {
    status: 125,
    stderr: /cannot write the report \/nowhere\/x: ENOENT/,
  });
});
