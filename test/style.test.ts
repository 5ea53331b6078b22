import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import t from 'tap';
import { moduleState } from './helpers/module-state.ts';
import { checkout, sourceFiles } from './helpers/source-files.ts';

/** Beyond this a file holds more than one idea (CONTRIBUTING.md). */
const MOST_CHARACTERS = 12 * 1024;
const MOST_LINES = 300;
/** Most files of a folder, without its README.md. */
const MOST_FILES = 26;

/** Folders named data hold what a script generated. */
const isData = (path: string) => path.split('/').includes('data');
/** Layouts of structs, written by hand, as data. */
const LAYOUTS = 'xen/abi/extra-structs.ts';

t.test('every folder of src has a README.md that says what lives there', (t) => {
  const folders = new Set(
    [...sourceFiles('.ts').keys()].map(dirname).filter((folder) => folder !== '.' && !isData(folder)),
  );
  t.ok(folders.size > 0, 'there are folders');
  for (const folder of folders) {
    t.ok(existsSync(join(checkout, 'src', folder, 'README.md')), `src/${folder}/README.md`);
  }
  t.end();
});

t.test('a source file has at most 300 lines and 12,288 characters, and a folder at most 26 files', (t) => {
  const folders = new Map<string, number>();
  for (const [path, text] of sourceFiles('')) {
    if (isData(path) || path.endsWith('README.md')) continue;
    folders.set(dirname(path), (folders.get(dirname(path)) ?? 0) + 1);
    if (!path.endsWith('.ts') || path === LAYOUTS) continue;
    const lines = text.split('\n').length - 1;
    const fits = text.length <= MOST_CHARACTERS && lines <= MOST_LINES;
    t.ok(fits, `src/${path}: ${lines} lines, ${text.length} characters`);
  }
  for (const [folder, count] of folders) t.ok(count <= MOST_FILES, `src/${folder}: ${count} files`);
  t.end();
});

/** Text that only the file `home` may contain, because everything else imports it. `home` is undefined if no file may contain it. */
const ONCE: readonly { what: string; written: RegExp; home?: string[] }[] = [
  { what: 'a table of error numbers', written: /\bEPERM\s*[:=]\s*1\b/, home: ['xen/errno.ts'] },
  {
    what: 'the size of a page',
    written: /\bPAGE\w*\s*=\s*(4096|0x1000)\b/,
    home: ['xen/memory/heap.ts', 'linux/page-size.ts'], // Xen's and Linux's: these folders share nothing
  },
  { what: 'the type bits of a mode', written: /\bS_IF[A-Z]+\s*=\s*(0o|0x|\d)/ },
  { what: 'O_PATH', written: /\bO_PATH\s*=/, home: ['linux/open-file.ts'] },
  {
    what: 'a check for an error with a code',
    written: /instanceof Error && 'code' in/,
    home: ['linux/system-error.ts'],
  },
  { what: 'a sleep (timers/promises has it)', written: /new Promise\w*(<\w+>)?\(\((\w+)\) => setTimeout\(\2\b/ },
  { what: 'the text of a UUID', written: /\(\.\{8\}\)\(\.\{4\}\)/, home: ['xen/domain/domain.ts'] },
];

t.test('shared constants and predicates are defined once', (t) => {
  const sources = [...sourceFiles('.ts')].filter(([path]) => !isData(path));
  for (const { what, written, home = [] } of ONCE) {
    const found = sources.filter(([, text]) => written.test(text)).map(([path]) => path);
    t.strictSame(found.sort(), [...home].sort(), what);
  }
  t.end();
});

t.test('private members have a #, except constructors, which cannot have one', (t) => {
  for (const [path, text] of sourceFiles('.ts')) {
    if (isData(path)) continue;
    const found = text.match(/^ +(private|protected) (?!constructor\b)(\w+ )*\w+ *[(:=?!]/m);
    t.equal(found, null, `src/${path}`);
  }
  t.end();
});

t.test('every export is used in src', (t) => {
  // Or by entry points outside src, by the programs in package.json, or by generated files.
  const entries = /^(index|parts|start)\.ts$|^user-hypercalls\/api\.ts$|\bschema\.ts$|\bdata\//;
  const sources = [...sourceFiles('.ts')].map(
    ([path, text]) => [path, text.replace(/\/\*[\s\S]*?\*\/|\/\/ .*$/gm, '')] as const,
  );
  const uses = new Map<string, number>();
  for (const [, text] of sources) {
    for (const [word] of text.matchAll(/[A-Za-z_$][\w$]*/g)) uses.set(word, (uses.get(word) ?? 0) + 1);
  }
  const unused = sources
    .filter(([path]) => !entries.test(path))
    .flatMap(([path, text]) =>
      [...text.matchAll(/^export (?:async )?(?:const|let|function|class|interface|type) (\w+)/gm)].map(
        ([, name = '']) => [name, path] as const,
      ),
    )
    .filter(([name]) => uses.get(name) === 1);
  t.strictSame(unused, []);
  t.end();
});

/** Names of exported types that two folders use, each for what the plain word means there. No file imports both. */
const SHARED_WORDS = ['Answer', 'Command', 'Message', 'Note', 'Place', 'Result', 'Service', 'StoreRequest', 'Struct'];

t.test('each exported type has its own name, which hides no built-in', (t) => {
  const files = new Map<string, string[]>();
  for (const [path, text] of sourceFiles('.ts')) {
    for (const [, name = ''] of text.matchAll(/^export (?:abstract )?(?:class|interface|type) (\w+)/gm))
      files.set(name, [...(files.get(name) ?? []), path]);
  }
  const twice = [...files].filter(([, paths]) => paths.length > 1).map(([name]) => name);
  t.strictSame(twice.sort(), SHARED_WORDS);
  const builtIn = /^(Record|Partial|Readonly|Pick|Omit|Awaited)$/;
  t.strictSame(
    [...files.keys()].filter((name) => name in globalThis || builtIn.test(name)),
    [],
  );
  t.end();
});

/**
 * The state in modules, each with the reason why it is not a member of an object that is passed around. Buffers that one synchronous call
 * fills and uses do not count as state, nor does anything immutable.
 */
const STATE: Readonly<Record<string, string>> = {
  'caller/call-code.ts ourPids': 'cache: a process never leaves its pid namespace',
  'caller/mapping.ts asText': 'cache: the kernel lacks an ioctl',
  'daemon/run/child.ts pids': "of the process: SIGCHLD's handler must not reap what Node waits for",
  'daemon/run/lost-directory.ts lost': 'of the process: its working directory, which Node cannot keep',
  'language/say.ts catalogue': 'of the process: the language, like a locale',
  'linux/child-calls.ts made': 'cache: a page of constant code',
  'linux/libc.ts addresses': 'cache: the address of a buffer does not change',
  'linux/process/examine.ts depth':
    'of the thread: whether it is in a call that may wait for another process, wherever that is made',
  'linux/process/examine.ts words': 'of the thread: where it shows that to the watchdog',
  'linux/process/process-memory.ts refused': 'cache: a seccomp filter, which a process never loses',
  'linux/process/ptrace-right.ts isDown': "of the thread: the kernel's record of its capability",
  'linux/process/ptrace-right.ts isMissing': "of the thread: the kernel's record of its capability",
  'trace/source-place.ts maps': 'cache: source maps by file',
  'user-hypercalls/patch/patch-text.ts headers': 'cache: the names in the headers of the package',
  'user-hypercalls/patch/release.ts read': 'cache: generated facts',
};

t.test('modules keep no state except what is listed with a reason', (t) => {
  const found = [...sourceFiles('.ts')]
    .filter(([path]) => !isData(path))
    .flatMap(([path, text]) => moduleState(text).map((name) => `${path} ${name}`));
  t.strictSame(found.sort(), Object.keys(STATE).sort());
  t.end();
});

t.test('state of a module is found in each of its forms', (t) => {
  t.strictSame(moduleState('let a = 0;\nexport let b: number | undefined;\n'), ['a', 'b']);
  t.strictSame(moduleState('const a = new Map<string, number>();\nfunction f() {\n  a.set(1, 2);\n}\n'), ['a']);
  t.strictSame(moduleState('const a: Set<number> = new Set();\nfunction f() {\n  a.add(2);\n}\n'), ['a']);
  t.strictSame(moduleState('export const a: string[] = [];\nfunction f() {\n  a.push(2);\n}\n'), ['a']);
  t.strictSame(moduleState('const a = { b: 0 };\nfunction f() {\n  a.b += 2;\n}\n'), ['a']);
  t.strictSame(moduleState('const a: Record<string, number> = {};\nfunction f() {\n  a[key] = 2;\n}\n'), ['a']);
  t.strictSame(moduleState('class A {\n  static readonly all = new Set<A>();\n  static #last = 0;\n}\n'), [
    'all',
    '#last',
  ]);
  t.strictSame(moduleState('const later = new Later();\n'), ['later'], 'an object may keep something');
  t.strictSame(
    moduleState('const a = new Set([1]);\nfunction f() {\n  return a.has(1) && b.a.add(2);\n}\n'),
    [],
    'a constant',
  );
  t.strictSame(moduleState('const a = new Uint8Array(2);\nfunction f() {\n  a[0] = 2;\n}\n'), [], 'a buffer');
  t.end();
});
