import { readFileSync } from 'node:fs';
import t from 'tap';
import { page, wallsPage } from '../../scripts/generate/walls-doc.ts';
import { missing } from '../helpers/capabilities.ts';

t.setTimeout(300_000);

t.test(
  "the list of mistakes in docs/learn.md has Fauxen's own messages",
  { skip: missing('fuse', 'root', 'gcc', 'ptrace') },
  (t) => {
    t.equal(readFileSync(page, 'utf8'), wallsPage(), 'run: node --import tsx scripts/generate/walls-doc.ts');
    t.end();
  },
);
