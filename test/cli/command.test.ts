import t from 'tap';
import { type Command, parseCommandLine, text, texts } from '../../src/cli/command.ts';
import { helpText } from '../../src/cli/help-text.ts';

const command: Command = {
  name: 'try',
  usage: '[OPTION...] PROGRAM',
  about: 'Tries.',
  options: {
    file: { type: 'string', multiple: true, value: 'FILE', help: 'a file' },
    size: { type: 'string', choices: ['small', 'large'], help: 'how large' },
    loud: { type: 'boolean', short: 'l', help: 'say more' },
    secret: { type: 'boolean' },
  },
  stopsAtFirstWord: true,
  run: async () => 0,
};

const wrong = { name: 'UsageError' };

t.test('options end at the first argument, so that the program keeps its own', async (t) => {
  const { values, words } = parseCommandLine(command, ['--file', 'a', '-l', '--file=b', 'ls', '-l', '--', '--file']);
  t.strictSame(texts(values, 'file'), ['a', 'b']);
  t.equal(values.loud, true);
  t.strictSame(words, ['ls', '-l', '--', '--file']);
});

t.test('the first -- is ours, later ones are the program’s', async (t) => {
  t.strictSame(parseCommandLine(command, ['-l', '--', '-x', '--', 'y']).words, ['-x', '--', 'y']);
  t.strictSame(parseCommandLine(command, ['--']).words, []);
});

t.test('a usage error names the option and the mistake', async (t) => {
  t.throws(() => parseCommandLine(command, ['--nope', 'x']), {
    name: 'UsageError',
    message: "Unknown option '--nope'",
  });
  t.throws(() => parseCommandLine(command, ['--lod', 'x']), {
    message: "Unknown option '--lod', did you mean '--loud'?",
  });
  t.throws(() => parseCommandLine(command, ['--file']), wrong);
  t.throws(() => parseCommandLine(command, ['--loud=yes', 'x']), wrong);
  t.throws(() => parseCommandLine(command, ['--size', 'huge', 'x']), {
    name: 'UsageError',
    message: "--size takes small, large, not 'huge'",
  });
});

t.test('a command that runs no program accepts options anywhere', async (t) => {
  const { stopsAtFirstWord, ...plain } = command;
  t.equal(stopsAtFirstWord, true);
  const { values, words } = parseCommandLine(plain, ['word', '--size', 'small']);
  t.equal(text(values, 'size'), 'small');
  t.strictSame(words, ['word']);
});

t.test('help lists the options that have a description', async (t) => {
  const help = helpText(command);
  t.match(help, /^Usage: fauxen try \[OPTION\.\.\.\] PROGRAM\n\nTries\.\n\nOptions:\n/);
  t.match(help, /^ {6}--file FILE {9,}a file$/m);
  t.match(help, /^ {6}--size small\|large {2}how large$/m);
  t.match(help, /^ {2}-l, --loud/m);
  t.match(help, /^ {2}-h, --help/m);
  t.notMatch(help, /secret/);
  t.equal(parseCommandLine(command, ['--help', 'x']).help, true);
  t.equal(parseCommandLine(command, ['x', '--help']).help, false);
});
