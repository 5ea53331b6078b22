import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { wrongArchitecture } from '../../src/cli/command-line.ts';
import { fauxen } from '../helpers/fauxen.ts';
import { checkout } from '../helpers/source-files.ts';

t.test('--version prints the package’s version', async (t) => {
  const { version } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'));
  t.match(await fauxen(['--version']), { status: 0, stdout: `fauxen ${version}\n`, stderr: '' });
});

t.test('--help lists the commands, and each command has its own help', async (t) => {
  const { status, stdout } = await fauxen(['--help']);
  t.equal(status, 0);
  const names = [...stdout.matchAll(/^ {2}(\w+) /gm)].map(([, name]) => name ?? '');
  t.ok(names.includes('run') && names.includes('mount'));
  for (const name of names) {
    t.match(await fauxen([name, '--help']), { status: 0, stdout: new RegExp(`^Usage: fauxen ${name} `), stderr: '' });
  }
});

t.test('help fits 80 columns, and help COMMAND is COMMAND --help', async (t) => {
  const { stdout: overview } = await fauxen(['help']);
  const names = [...overview.matchAll(/^ {2}(\w+) /gm)].map(([, name]) => name ?? '');
  for (const name of names) {
    const { stdout } = await fauxen(['help', name]);
    t.equal(stdout, (await fauxen([name, '--help'])).stdout);
    t.strictSame(
      `${overview}${stdout}`.split('\n').filter((line) => line.length > 80),
      [],
      name,
    );
  }
  t.match(await fauxen(['help', 'mout']), {
    status: 2,
    stderr: /^fauxen: unknown command 'mout' \(did you mean 'mount'\?\)\n/,
  });
  t.match(await fauxen(['run', '--tolstack', 'x']), {
    status: 2,
    stderr: /'--tolstack', did you mean '--toolstack'\?/,
  });
});

t.test('wrong usage is reported on stderr, with exit status 2', async (t) => {
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

t.test('an unsupported architecture is reported', async (t) => {
  t.equal(wrongArchitecture('x64'), undefined);
  t.match(wrongArchitecture('arm64'), /^Fauxen runs on x86-64 only, and this Node is built for arm64\./);
});
