import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { Test } from 'tap';
import { checkout } from './source-files.ts';

/**
 * Compiles a C program with plain gcc and returns the path of the executable. `source` is the name of a file in
 * test/programs, or a path relative to the checkout if it has a slash. The executable is put into a separate folder that
 * every user may enter (a rootless test runs it) and that is removed after the test. It is not in t.testdir(), which a
 * second t.testdir() in the same test would empty.
 *
 * The test must skip where a flag does not work: `{ skip: missing('multilib') }` for -m32, `missing('static')` for
 * -static.
 */
export function compile(t: Test, source: string, flags: string[] = []): string {
  const folder = mkdtempSync(join(tmpdir(), 'fauxen-program-'));
  chmodSync(folder, 0o755);
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const path = source.includes('/') ? resolve(checkout, source) : join(checkout, 'test/programs', source);
  const program = join(folder, basename(path, '.c'));
  const gcc = spawnSync('gcc', ['-O1', '-g', '-Wall', '-o', program, path, ...flags], { encoding: 'utf8' });
  if (gcc.status !== 0) {
    throw new Error(`gcc ${flags.join(' ')} ${source}: ${gcc.error?.message ?? gcc.stderr}`);
  }
  return program;
}
