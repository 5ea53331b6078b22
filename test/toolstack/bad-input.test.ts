// A full /run and a scenario full of mistakes: each gives a clear message, and the next command works.

import { writeFileSync } from 'node:fs';
import t from 'tap';
import { bashInDom0, withoutTools } from '../helpers/in-dom0.ts';

const skip = withoutTools;

t.test('a full /run is reported', { skip }, async (t) => {
  const { stdout, stderr, status } = await bashInDom0(
    `cat /dev/zero > /run/full
     xl destroy web
     left() { for _ in $(seq 50); do [ $(xl list | wc -l) = $1 ] && break; sleep 0.1; done; xl list | wc -l; }
     left 5
     rm /run/full
     xl destroy database && left 4`,
    ['--scenario', 'examples/scenarios/small.yaml'],
  );
  t.match(stderr, /\/run\/xen\/domid-history.new': No space left on device/);
  t.equal(stdout, '5\n4\n');
  t.equal(status, 0);
});

t.test('a scenario with a thousand mistakes is refused', { skip }, async (t) => {
  const domains = Array.from({ length: 1000 }, (_, index) => `  - name: guest-${index}\n    memory: lots\n`);
  const file = `${t.testdir({})}/bad.yaml`;
  writeFileSync(file, `domains:\n${domains.join('')}`);
  const { status, stderr } = await bashInDom0('true', ['--scenario', file]);
  t.equal(status, 2);
  t.match(stderr, `${file}:3: /domains/0/memory: must be a number of MiB`);
  t.match(stderr, /^\.\.\. and 980 more mistakes$/m);
  t.ok(stderr.split('\n').length < 25, 'no flood');
  t.equal((await bashInDom0('true', ['--scenario', 'examples/scenarios/small.yaml'])).status, 0, 'the next run');
});
