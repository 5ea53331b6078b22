import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { runCommand } from '../helpers/run-command.ts';
import { checkout } from '../helpers/source-files.ts';

const LOCK = '{ "lockfileVersion": 3 }\n';
const digest = (text: string) => `${createHash('sha256').update(text).digest('hex')}  -\n`;

/** Runs scripts/fauxen in a checkout whose lock file is newer than its packages; they were installed from a lock file with `text`. */
async function start(t: Test, text: string) {
  const folder = t.testdir({
    'package-lock.json': LOCK,
    node_modules: { '.bin': { tsc: '' }, '.fauxen-setup': digest(text) },
    scripts: { build: '#!/bin/sh\n' },
    src: { cli: {} },
    dist: { cli: { 'main.js': "console.log('started', ...process.execArgv);\n" } },
  });
  for (const file of ['scripts/fauxen', 'src/cli/started-with.sh'])
    copyFileSync(join(checkout, file), join(folder, file));
  chmodSync(join(folder, 'scripts/build'), 0o755);
  utimesSync(join(folder, 'node_modules/.fauxen-setup'), 1, 1);
  return {
    folder,
    ...(await runCommand(join(folder, 'scripts/fauxen'), [], { env: { ...process.env, NODE: process.execPath } })),
  };
}

t.test('packages installed from another lock file are refused: the error names scripts/setup', async (t) => {
  const { folder, status, stderr, stdout } = await start(t, 'another');
  t.equal(status, 125);
  t.match(stderr, `run ${folder}/scripts/setup`);
  t.equal(stdout, '');
});

t.test(
  'a lock file that only looks newer is no reason to stop; garbage is collected without helper threads',
  async (t) => {
    const { status, stdout } = await start(t, LOCK);
    t.equal(status, 0);
    t.equal(stdout, 'started --single-threaded-gc\n');
  },
);
