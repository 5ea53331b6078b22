import { renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { FileWatch } from '../../../src/daemon/main-thread/file-watch.ts';

/** Limit for reports on a busy machine; they typically take 100 ms. */
const PATIENCE = 20_000;

/** Reports of a watch, waited for one by one. */
function watching(t: Test, files: string[]) {
  const reports: string[] = [];
  let wake = () => {};
  const watch = new FileWatch(files, (file) => {
    reports.push(file);
    wake();
  });
  t.teardown(() => watch.close());
  return async (withinMs: number) => {
    const start = performance.now();
    while (reports.length === 0 && performance.now() - start < withinMs) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, 10);
      });
    }
    return reports.shift();
  };
}

t.test('a change is reported once', async (t) => {
  const directory = t.testdir({ 'a.ts': 'one' });
  const file = join(directory, 'a.ts');
  const next = watching(t, [file]);
  writeFileSync(file, 'two!');
  t.equal(await next(PATIENCE), file);
  t.equal(await next(150), undefined);
  writeFileSync(file, 'three');
  t.equal(await next(PATIENCE), file);
});

t.test('saving by rename is reported each time', async (t) => {
  const directory = t.testdir({ 'a.ts': 'one' });
  const file = join(directory, 'a.ts');
  const next = watching(t, [file]);
  for (const text of ['two', 'three', 'four']) {
    writeFileSync(`${file}.swp`, text);
    renameSync(`${file}.swp`, file);
    t.equal(await next(PATIENCE), file, text);
  }
  renameSync(file, `${file}~`);
  t.equal(await next(100), undefined, 'absent for a moment');
  writeFileSync(file, 'five');
  t.equal(await next(PATIENCE), file);
  rmSync(file);
  t.equal(await next(100), undefined, 'a file that is gone is no change');
});

t.test('a file’s relative imports are watched, and so is the target of a link', async (t) => {
  const directory = t.testdir({
    'a.ts': "import { x } from './lib/b.ts';",
    lib: { 'b.ts': "export * from './c'", 'c.ts': '' },
    elsewhere: { 'd.ts': '' },
  });
  symlinkSync(join(directory, 'elsewhere/d.ts'), join(directory, 'd.ts'));
  const file = join(directory, 'a.ts');
  const next = watching(t, [file, join(directory, 'd.ts')]);
  writeFileSync(join(directory, 'lib/c.ts'), 'export const x = 1;');
  t.equal(await next(PATIENCE), file);
  writeFileSync(join(directory, 'elsewhere/d.ts'), 'changed');
  t.equal(await next(PATIENCE), join(directory, 'd.ts'));
});
