import { readFileSync } from 'node:fs';
import t from 'tap';
import { page, wallsPage } from '../../scripts/generate/walls-doc.ts';
import { missing } from '../helpers/capabilities.ts';

t.setTimeout(300_000);

t.test(
  'the table of walls in docs/learn.md is what Fauxen says',
  { skip: missing('fuse', 'root', 'gcc', 'ptrace') },
  (t) => {
    t.equal(readFileSync(page, 'utf8'), wallsPage(), 'run: node --import tsx scripts/generate/walls-doc.ts');
    t.end();
  },
);
