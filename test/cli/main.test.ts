import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { fauxen } from '../helpers/fauxen.ts';
import { checkout } from '../helpers/source-files.ts';

t.test('--version says the package’s', async (t) => {
  const { version } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'));
  t.match(await fauxen(['--version']), { status: 0, stdout: `fauxen ${version}\n`, stderr: '' });
});

t.test('--help lists the commands, and each has its own', async (t) => {
  const { status, stdout } = await fauxen(['--help']);
  t.equal(status, 0);
  const names = [...stdout.matchAll(/^ {2}(\w+) /gm)].map(([, name]) => name ?? '');
  t.ok(names.includes('run') && names.includes('mount'));
  for (const name of names) {
    t.match(await fauxen([name, '--help']), { status: 0, stdout: new RegExp(`^Usage: fauxen ${name} `), stderr: '' });
  }
});

t.test('wrong usage says so on stderr and ends with 2', async (t) => {
  for (const args of [
    [],
    ['nope'],
    ['constructor'],
    ['run'],
    ['run', '--'],
    ['run', '--nope', 'true'],
    ['mount', 'a', 'b'],
  ]) {
    const { status, stdout, stderr } = await fauxen(args);
    t.equal(status, 2, args.join(' '));
    t.equal(stdout, '');
    t.match(stderr, /^fauxen/);
  }
});
