import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { commands } from '../../src/cli/commands.ts';
import { missing } from '../helpers/capabilities.ts';
import { fauxen } from '../helpers/fauxen.ts';
import { runCommand } from '../helpers/run-command.ts';
import { checkout } from '../helpers/source-files.ts';

const scriptFor = async (shell: string) => (await fauxen(['completion', shell])).stdout;

t.test('bash completes commands, options and their values', async (t) => {
  const file = join(t.testdir({}), 'fauxen.bash');
  writeFileSync(file, await scriptFor('bash'));
  const complete = async (...words: string[]) => {
    const script = '. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _fauxen; echo "${COMPREPLY[@]}"';
    return (await runCommand('bash', ['-c', script, 'bash', file, 'fauxen', ...words])).stdout.trim();
  };
  t.equal(await complete('mo'), 'mount');
  t.equal(await complete('run', '--tool'), '--toolstack --tools');
  t.equal(await complete('run', '--transport', ''), 'auto fuse seccomp seccomp-only');
  t.equal(await complete('help', 'tr'), 'trace');
  t.equal(await complete('run', '--hypercalls', file.slice(0, -2)), file);
});

for (const shell of ['zsh', 'fish'] as const) {
  t.test(`${shell} accepts its completion script`, { skip: missing(shell) }, async (t) => {
    const file = join(t.testdir({}), 'script');
    const script = await scriptFor(shell);
    writeFileSync(file, script);
    t.match(await runCommand(shell, ['-n', file]), { status: 0, stdout: '', stderr: '' });
    for (const name of [...Object.keys(commands), 'toolstack', 'hypercalls']) t.match(script, name);
  });
}

t.test('fish completes options', { skip: missing('fish') }, async (t) => {
  const file = join(t.testdir({}), 'script');
  writeFileSync(file, await scriptFor('fish'));
  const { stdout } = await runCommand('fish', ['-c', `source '${file}'; complete -C 'fauxen run --transport '`]);
  t.strictSame(
    stdout
      .trim()
      .split('\n')
      .map((line) => line.split('\t')[0]),
    ['auto', 'fuse', 'seccomp', 'seccomp-only'],
  );
});

t.test('another shell is refused', async (t) => {
  t.match(await fauxen(['completion', 'tcsh']), { status: 2, stderr: /it takes one of bash, zsh, fish/ });
});

t.test('each command has a manual page with all of its options, and the package has them', async (t) => {
  const { man } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'));
  for (const [name, { load }] of Object.entries(commands)) {
    t.ok(man.includes(`dist/man/fauxen-${name}.1`), name);
    const page = readFileSync(join(checkout, `dist/man/fauxen-${name}.1`), 'utf8').replaceAll('\\-', '-');
    t.match(page, new RegExp(`^\\.TH FAUXEN-${name.toUpperCase()} 1 `));
    for (const [option, { help }] of Object.entries((await load()).options)) {
      if (help !== undefined) t.ok(page.includes(`--${option}\\fR`), `--${option}`);
    }
  }
});
