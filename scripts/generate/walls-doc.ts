// Makes the table in docs/learn.md of what Fauxen says at each wall that newcomers run into, by running it:
// `node --import tsx scripts/generate/walls-doc.ts`. Needs root, gcc, and the built command (scripts/build).

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const page = 'docs/learn.md';
const top = fileURLToPath(new URL('../..', import.meta.url));
const [begin, end] = ['<!-- walls: made by scripts/generate/walls-doc.ts -->', '<!-- end of walls -->'];

/** One hypercall: ./call NUMBER [ARGUMENT]. A text after @ is passed as a string; ^ is a pointer whose upper half is lost. */
const program = `#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

int main(int argc, char **argv)
{
    static char text[64];
    uint64_t call[6] = { strtoull(argv[1], NULL, 0) };
    const char *path = getenv("FILE_TO_OPEN");
    int fd = open(path ? path : "/proc/xen/privcmd", O_RDWR);

    if ( argc > 2 )
        call[1] = *argv[2] == '@' ? (uintptr_t)strcpy(text, argv[2] + 1) :
                  *argv[2] == '^' ? (uint32_t)(uintptr_t)&call : strtoull(argv[2], NULL, 0);
    printf("ret = %d\\n", ioctl(fd, 0x305000, call));
    return 0;
}
`;

const hypercall = (rest: string, head = 'args: { a: u32 }') =>
  `import { defineHypercall, errno, string, u32 } from 'fauxen';\nexport default defineHypercall({ name: 'mine', number: 60, ${head}, ${rest} });\n`;

interface Wall {
  readonly wall: string;
  /** Text of the file that --hypercalls loads; none: no file. */
  readonly file?: string;
  /** The command behind `fauxen run …`; by default ./call 60 5. */
  readonly command?: readonly string[];
  /** Options before it. */
  readonly options?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const walls: readonly Wall[] = [
  { wall: 'no file was given to `--hypercalls`' },
  {
    wall: 'the program calls another number',
    file: hypercall('handler: ({ a }) => a'),
    command: ['./call', '61', '5'],
  },
  {
    wall: 'the pointer was cast to `int`',
    file: hypercall('handler: () => 0', 'args: { text: string() }'),
    command: ['./call', '60', '^'],
  },
  { wall: 'a number where a pointer is meant', file: hypercall('handler: () => 0', 'args: { text: string() }') },
  { wall: '`return -1`', file: hypercall('handler: () => -1') },
  { wall: '`return errno.EINVAL` without the minus', file: hypercall('handler: () => errno.EINVAL') },
  { wall: '`return 22`', file: hypercall('handler() { return 22; }') },
  { wall: 'a forgotten `return`', file: hypercall('handler({ a }) { a + 1; }') },
  { wall: '`arg:` for `args:`', file: hypercall('handler: () => 0', 'arg: { a: u32 }') },
  { wall: 'an argument that there is not', file: hypercall('handler: ({ b }) => b') },
  { wall: 'the handler throws', file: hypercall('handler() { return null.x; }') },
  { wall: 'an `async` handler', file: hypercall('async handler() { return 0; }') },
  { wall: 'a fraction as the result', file: hypercall('handler: ({ a }) => a / 2') },
  { wall: '`undefined` is printed', file: hypercall('handler({ a }, xen) { xen.printk(`${a.x}`); return 0; }') },
  {
    wall: 'a number of one of Xen’s own',
    file: hypercall('handler: () => 5').replace('60', '17'),
    command: ['./call', '17'],
  },
  { wall: 'open() failed', file: hypercall('handler: () => 0'), env: { FILE_TO_OPEN: '/proc/xen/privcmnd' } },
  { wall: 'ioctl on another file', file: hypercall('handler: () => 0'), env: { FILE_TO_OPEN: '/dev/null' } },
  { wall: 'the option went to the program', command: ['./call', '60', '--hypercalls', 'mine.ts'] },
  { wall: 'a shell command in one word', command: ['./call 60 && ./call 61'] },
  { wall: 'C source as the program', command: ['./call.c', '60'] },
  { wall: 'a domU calls', file: hypercall('handler: () => 0'), options: ['--domain', '3'] },
];

/** What Fauxen says about one. */
function said({ file, command = ['./call', '60', '5'], options = [], env = {} }: Wall, directory: string): string {
  if (file !== undefined) writeFileSync(join(directory, 'mine.ts'), file);
  const given = file === undefined ? [] : ['--hypercalls', 'mine.ts'];
  const separator = command.includes('--hypercalls') ? [] : ['--'];
  const { stderr, error } = spawnSync(
    process.execPath,
    [join(top, 'dist/cli/main.js'), 'run', '--explain', ...options, ...given, ...separator, ...command],
    {
      cwd: directory,
      env: { ...process.env, FAUXEN_LANG: 'en', FAUXEN_QUIET: '', ...env },
      encoding: 'utf8',
      timeout: 60_000,
    },
  );
  if (error !== undefined) throw error;
  const text = stderr.replaceAll(`${directory}/`, '');
  const why = /^ {2}why +(.*)$/m.exec(text)?.[1];
  const change = /^ {2}change +(.*)$/m.exec(text)?.[1];
  const early = text.split('\n').filter((line) => line.startsWith('fauxen: '));
  const lines = early.length > 0 || why === undefined ? text.trim().split('\n') : [why, change ?? ''];
  return lines
    .map((line) => line.replace(/^\[[\d:.]+\] \w+ \(fauxen\): |^fauxen(?: run)?: /, ''))
    .filter((line, index) => !line.startsWith("Try '") && (early.length === 0 || index < early.length))
    .join(' ')
    .replace(/0x7f[0-9a-f]{10}/g, '0x7f…')
    .replace(/0x[0-9a-f]{8}\b/g, '0x…')
    .replace(/^descriptor \d+/, 'descriptor 3')
    .replaceAll('|', '\\|')
    .replace(/[<>]/g, (sign) => (sign === '<' ? '&lt;' : '&gt;'));
}

/** The page with the table as this Fauxen makes it. */
export function wallsPage(): string {
  const directory = mkdtempSync(join(tmpdir(), 'fauxen-walls-'));
  try {
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'call.c'), program);
    const gcc = spawnSync('gcc', ['-O1', '-w', '-o', join(directory, 'call'), join(directory, 'call.c')]);
    if (gcc.status !== 0) throw new Error(`gcc: ${gcc.stderr}`);
    const rows = [['what is wrong', 'what Fauxen says'], ...walls.map((wall) => [wall.wall, said(wall, directory)])];
    const [first = 0, second = 0] = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
    const lines = rows.map(([left = '', right = '']) => `| ${left.padEnd(first)} | ${right.padEnd(second)} |`);
    const table = lines.toSpliced(1, 0, `| ${'-'.repeat(first)} | ${'-'.repeat(second)} |`).join('\n');
    const [before = '', rest = ''] = readFileSync(join(top, page), 'utf8').split(begin);
    return `${before}${begin}\n\n${table}\n\n${end}${rest.slice(rest.indexOf(end) + end.length)}`;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(join(top, page), wallsPage());
