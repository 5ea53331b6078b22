import { readFileSync } from 'node:fs';
import t from 'tap';
import { page, xenCPage } from '../../scripts/generate/xen-c-doc.ts';

t.test('docs/xen-c.md matches the headers', (t) => {
  const text = xenCPage();
  t.equal(readFileSync(page, 'utf8'), text, 'run: node --import tsx scripts/generate/xen-c-doc.ts');
  for (const name of ['spin_lock', 'xzalloc_array', 'for_each_domain', 'max_vcpus', 's_time_t', 'tasklet_schedule']) {
    t.match(text, `\`${name}\``);
  }
  t.end();
});
