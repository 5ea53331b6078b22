/** The smallest guests that xl can build, and a dom0 to build them in. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { missing } from './capabilities.ts';
import { fauxen } from './fauxen.ts';
import { plainFolder } from './plain-folder.ts';
import { quoted } from './quoted.ts';
import { checkout } from './source-files.ts';

/** For the `skip` option of tests that use this file. */
export const withoutDom0 = () =>
  missing('fuse', 'root', 'mount', 'ptrace', 'gcc', 'xenHeaders', 'xenTools', 'xenstored', 'xenstoreUtils');

/** A folder with the smallest kernel of each kind and xl's configurations for them: pv.cfg (32 MiB) and pvh.cfg (16 MiB). */
export function tinyGuests(t: Test): string {
  const folder = plainFolder(t);
  const programs = join(checkout, 'test/programs');
  for (const [type, bits, emulation, memory] of [
    ['pv', 64, 'elf_x86_64', 32],
    ['pvh', 32, 'elf_i386', 16],
  ] as const) {
    const [object, kernel] = [join(folder, `${type}.o`), join(folder, type)];
    execFileSync('as', [`--${bits}`, '-o', object, join(programs, `guest-${type}.S`)]);
    execFileSync('ld', ['-m', emulation, '-T', join(programs, 'guest.ld'), '-o', kernel, object], { stdio: 'pipe' });
    const config = `name="tiny${type}"\ntype="${type}"\nkernel="${kernel}"\nmemory=${memory}\nextra="console=hvc0"\n`;
    writeFileSync(join(folder, `${type}.cfg`), config);
  }
  return folder;
}

/** Runs a shell script in a dom0 with its toolstack, started with these options of fauxen; returns what it printed. */
export async function inDom0(
  t: Test,
  folder: string,
  script: string,
  timeout = 50_000,
  options: readonly string[] = [],
): Promise<string> {
  const path = join(folder, 'script');
  writeFileSync(path, `set -e\ncd ${quoted(folder)}\n${script}\necho done\n`);
  const { status, stdout, stderr } = await fauxen(['run', '--toolstack', ...options, '--', '/bin/sh', path], {
    timeout,
  });
  t.equal(status, 0, `${stderr}${stdout}`);
  t.match(stdout, /^done$/m, stderr);
  return stdout;
}
