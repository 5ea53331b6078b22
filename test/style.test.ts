import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import t from 'tap';
import { checkout, sourceFiles } from './helpers/source-files.ts';

/** Beyond this a file holds more than one idea (CONTRIBUTING.md). Generated data is exempt. */
const LARGEST_SOURCE = 16 * 1024;

/** Folders named data hold what a script generated. */
const isData = (path: string) => path.split('/').includes('data');

/** Folders that still lack theirs, to be written by whoever owns them; they show as todo. */
const withoutReadme = new Set<string>();

t.test('every folder of src has a README.md that says what lives there', (t) => {
  const folders = new Set(
    [...sourceFiles('.ts').keys()].map(dirname).filter((folder) => folder !== '.' && !isData(folder)),
  );
  t.ok(folders.size > 0, 'there are folders');
  for (const folder of folders) {
    const todo = withoutReadme.has(folder) && 'to be written';
    t.ok(existsSync(join(checkout, 'src', folder, 'README.md')), `src/${folder}/README.md`, { todo });
  }
  t.end();
});

t.test('no source file is larger than 16 KB', (t) => {
  for (const [path, text] of sourceFiles('.ts')) {
    if (isData(path)) continue;
    t.ok(Buffer.byteLength(text) <= LARGEST_SOURCE, `src/${path} is ${Buffer.byteLength(text)} bytes`);
  }
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

t.test('what is private has a #, except constructors, which cannot', (t) => {
  for (const [path, text] of sourceFiles('.ts')) {
    if (isData(path)) continue;
    const found = text.match(/^ +(private|protected) (?!constructor\b)(\w+ )*\w+ *[(:=?!]/m);
    t.equal(found, null, `src/${path}`);
  }
  t.end();
});
