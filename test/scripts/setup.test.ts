import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { runCommand } from '../helpers/run-command.ts';
import { checkout } from '../helpers/source-files.ts';

t.test('setup continues if dpkg does not know a package, and names it', async (t) => {
  const folder = t.testdir({ 'dpkg-query': '#!/bin/sh\nexit 1\n' });
  chmodSync(join(folder, 'dpkg-query'), 0o755);
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
  const { status, stderr } = await runCommand(join(checkout, 'scripts/setup'), ['--no-apt'], { env });
  t.equal(status, 0);
  t.match(stderr, /missing packages: as root, run: apt-get install .*\blibxen-dev\b/);
});

t.test('setup refuses unknown options', async (t) => {
  const { status, stderr } = await runCommand(join(checkout, 'scripts/setup'), ['--everything']);
  t.equal(status, 2);
  t.match(stderr, /unknown argument --everything/);
});
