import { readFileSync } from 'node:fs';
import t from 'tap';
import { hypercallsPage, page } from '../../scripts/generate/hypercalls-doc.ts';

t.test('docs/hypercalls.md is what the table says', async (t) => {
  const hint = 'run: node --import tsx scripts/generate/hypercalls-doc.ts';
  t.equal(readFileSync(page, 'utf8'), await hypercallsPage(), hint);
});
