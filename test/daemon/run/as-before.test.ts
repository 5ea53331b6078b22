import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { missing } from '../../helpers/capabilities.ts';
import { command as fauxen } from '../../helpers/fauxen.ts';
import { quoted } from '../../helpers/quoted.ts';
import { runCommand } from '../../helpers/run-command.ts';

const options = { skip: missing('fuse', 'mount', 'root') };
const script = fileURLToPath(new URL('environment.sh', import.meta.url));

/**
 * Allowed differences, which docs/as-before.md lists with their reasons: lines of environment.sh, by section.
 */
const differences: { section: string; line: RegExp }[] = [
  { section: 'namespaces', line: /^mnt / },
  { section: 'mounts', line: /^\S+ \/proc(\/\S+)?$/ },
  { section: 'mounts', line: /^\S+ \/dev\/xen$/ },
  ...(rootIsMountPoint()
    ? []
    : [
        { section: 'mounts', line: /^\S+ \/$/ },
        { section: 'descriptors', line: /^\d+ \// },
      ]),
  { section: 'filesystems', line: /^\/proc / },
  { section: 'types', line: /^\w \d+ \w+ \w+ (\/dev\/)?xen(\/\w+)? $/ },
  { section: 'types', line: /^l 777 root root \/dev\/xen\/hypercall \/dev\/zero$/ },
  { section: 'types', line: / \/sys\/class\/bdi\/\d/ },
];

/** After a plain chroot it is not. */
function rootIsMountPoint(): boolean {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .some((line) => line.split(' ')[4] === '/');
}

/** What differs between two programs that run one after the other. */
const everyTime: typeof differences = [
  { section: 'types', line: / (thread-)?self \d/ },
  { section: 'descriptors', line: /^\d+ (pipe|socket):/ },
];

/** Section and line; each line as often as it occurs. */
function linesOf(text: string): Map<string, Set<string>> {
  const sections = new Map<string, Set<string>>();
  for (const part of text.split('\n== ').slice(1)) {
    const [name = '', ...lines] = part.split('\n');
    sections.set(name, new Set(lines.filter((line) => line !== '')));
  }
  return sections;
}

interface Condition {
  /** Runs `"$@"`, the program, in some condition. */
  shell: string;
  transport?: 'auto' | 'fuse';
  args?: string[];
}

/** Sections that other tests and programs change, as they make devices, mounts and files. What a run itself changes differs at each try. */
const SHARED = /^(mounts|filesystems|types|processes):/;
const TRIES = 4;

async function compare(t: Test, condition: Condition): Promise<void> {
  const look = async () => {
    const found = await differencesIn(t, condition);
    t.strictSame(
      found.filter((text) => !SHARED.test(text)),
      [],
    );
    return found.filter((text) => SHARED.test(text));
  };
  let found = await look();
  for (let tries = 1; tries < TRIES && found.length > 0; tries += 1) {
    t.comment(`trying again: ${found.join('; ')}`);
    const again = new Set((await look()).map(withoutNumbers));
    found = found.filter((text) => again.has(withoutNumbers(text)));
  }
  t.strictSame(found, []);
}

const withoutNumbers = (text: string) => text.replace(/\d+/g, 'N');

/** The differences that are not allowed. */
async function differencesIn(t: Test, { shell, transport = 'auto', args = [] }: Condition): Promise<string[]> {
  const env = { PATH: process.env.PATH ?? '', EMPTY: '', LINES_2: 'a\nb', 'not.a-name': 'x', UTF: '\u00fc' };
  const program = ['sh', script, ...args];
  const say = async (...before: string[]) => {
    // tap adds NODE_OPTIONS, with a module that makes the standard streams of each Node non-blocking.
    const words = ['-u', 'NODE_OPTIONS', 'sh', '-c', shell, 'sh', ...before, ...program];
    const { stdout, stderr } = await runCommand('env', words, { env, input: '' });
    t.equal(stderr, '');
    return linesOf(stdout);
  };
  const first = await say();
  const inside = await say(fauxen, 'run', '--transport', transport, '--');
  const second = await say(); // other programs change the machine meanwhile
  t.ok(inside.size > 10, 'all sections are there');
  const allowed = [...differences, ...everyTime];
  const found: string[] = [];
  for (const [section, lines] of inside) {
    const [before, after] = [first.get(section) ?? new Set<string>(), second.get(section) ?? new Set<string>()];
    for (const line of lines) if (!before.has(line) && !after.has(line)) found.push(`${section}: more: ${line}`);
    for (const line of before) if (after.has(line) && !lines.has(line)) found.push(`${section}: less: ${line}`);
  }
  const isAllowed = (text: string) =>
    allowed.some(({ section, line }) => {
      const [, name, rest = ''] = /^([^:]+): \w+: (.*)$/s.exec(text) ?? [];
      return name === section && line.test(rest);
    });
  return found.filter((text) => !isAllowed(text));
}

t.test(
  'a program finds the same environment as without Fauxen, except for the differences in docs/as-before.md',
  options,
  async (t) => {
    await compare(t, { shell: 'exec "$@"', args: ['a', 'b c', '', '\u00fc', '--', "'"] });
  },
);

t.test('a program finds the same with the FUSE transport', options, async (t) => {
  await compare(t, { shell: 'exec "$@"', transport: 'fuse' });
});

t.test('the same with other limits, descriptors, signals, mask, umask, priority and directory', options, async (t) => {
  const directory = t.testdir({ file: 'x', folder: {} });
  const file = quoted(`${directory}/file`);
  const shell = [
    'trap "" HUP QUIT USR1',
    'ulimit -Sn 77; ulimit -c 0; ulimit -s 4096; ulimit -Sf 100; ulimit -St 50; ulimit -Sd 200000; ulimit -Sv 2000000',
    'umask 027',
    `cd ${quoted(`${directory}/folder`)}`,
    `exec 3<${file} 7>>${file} 8<&3 2>&1`,
    'echo 100 >/proc/$$/oom_score_adj',
    'exec nice -n 3 "$@"',
  ];
  await compare(t, { shell: shell.join('\n') });
});

t.test('closed descriptors stay closed, and a removed working directory stays the same', options, async (t) => {
  const directory = join(t.testdir({ gone: {} }), 'gone');
  await compare(t, { shell: 'exec "$@" <&-' });
  const { stdout } = await runCommand('env', [
    '-u',
    'NODE_OPTIONS', // tap's module fails in a removed directory
    'sh',
    '-c',
    `cd ${quoted(directory)}; rmdir ${quoted(directory)}; exec ${quoted(fauxen)} run -- readlink /proc/self/cwd`,
  ]);
  const removed = `${directory} (deleted)\n`;
  if (rootIsMountPoint()) t.equal(stdout, removed);
  else t.ok(stdout.endsWith(removed), stdout); // the path is the one outside the chroot: docs/as-before.md
});

t.test('arguments and environment pass byte by byte, and as long as Linux allows', options, async (t) => {
  const odd = '$(printf "\\377\\1a\\nb")';
  const script = `exec env -i "PATH=$PATH" "x=${odd}" ${quoted(fauxen)} run -- sh -c 'printf %s "$1$x" | od -An -tx1' sh "${odd}"`;
  t.equal((await runCommand('sh', ['-c', script])).stdout, ' ff 01 61 0a 62 ff 01 61 0a 62\n');
  const many = `exec ${quoted(fauxen)} run -- sh -c 'echo $# \${#1}' sh "$(head -c 130000 /dev/zero | tr '\\0' x)" $(seq 50000)`;
  t.equal((await runCommand('sh', ['-c', many])).stdout, '50001 130000\n');
});

t.test('docs/as-before.md names each difference', async (t) => {
  const docs = readFileSync(new URL('../../../docs/as-before.md', import.meta.url), 'utf8');
  for (const word of ['Seccomp', '/proc/xen', '/dev/xen', 'mount namespace', 'stat -f /proc', '/sys/class/bdi']) {
    t.ok(docs.includes(word), word);
  }
});
