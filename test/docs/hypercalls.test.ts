import { readFileSync } from 'node:fs';
import t from 'tap';
import { hypercallsPage, page } from '../../scripts/generate/hypercalls-doc.ts';

t.test('docs/hypercalls.md matches the table', async (t) => {
  const hint = 'run: node --import tsx scripts/generate/hypercalls-doc.ts';
  t.equal(readFileSync(page, 'utf8'), await hypercallsPage(), hint);
});

t.test('the operation that CONTRIBUTING.md shows is the one in the source', (t) => {
  const text = readFileSync('CONTRIBUTING.md', 'utf8');
  const file = /`(src\/xen\/hypercalls\/\S+\.ts)`:/.exec(text)?.[1] ?? '';
  const source = readFileSync(file, 'utf8');
  const samples = [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, sample = '']) => sample);
  t.equal(samples.length, 2);
  for (const sample of samples) t.ok(source.includes(sample), sample);
  t.end();
});
