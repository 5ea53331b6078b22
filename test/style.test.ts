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
