import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import t from 'tap';
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
/** Translations. */
const TEXTS = 'language/';

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
    if (!path.endsWith('.ts') || path === LAYOUTS || path.startsWith(TEXTS)) continue;
    const lines = text.split('\n').length - 1;
    const fits = text.length <= MOST_CHARACTERS && lines <= MOST_LINES;
    t.ok(fits, `src/${path}: ${lines} lines, ${text.length} characters`);
  }
  for (const [folder, count] of folders) t.ok(count <= MOST_FILES, `src/${folder}: ${count} files`);
  t.end();
});

/** What a source may write only where it is defined: everywhere else it is imported. `home` is undefined where no file may write it. */
const ONCE: readonly { what: string; written: RegExp; home?: string[] }[] = [
  { what: 'a table of error numbers', written: /\bEPERM\s*[:=]\s*1\b/, home: ['xen/errno.ts'] },
  {
    what: 'the size of a page',
    written: /\bPAGE\w*\s*=\s*(4096|0x1000)\b/,
    home: ['xen/memory/heap.ts', 'linux/page-size.ts'], // Xen's and Linux's: the rooms share nothing
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

t.test('what all rooms need is defined once', (t) => {
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
