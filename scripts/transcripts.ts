// Makes the transcripts of pages in docs: node --import tsx scripts/transcripts.ts [--check] FILE…
//
// In a page, a block that starts with ```LANGUAGE file=NAME is written to a scratch folder, and each `$ command` of a ```console
// block is run there, in order; its output (stdout and stderr) replaces the lines below it. With --check nothing is written, and a
// difference gives exit status 1. For a README.md, the files beside it are copied to the folder too. A block that starts with
// ```console needs=NAME is left unchanged, with a message, if the machine lacks NAME (see `needs`).

import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** Milliseconds that one command may take. */
const PATIENCE = 60_000;

/** What differs between runs and between machines. */
const masks: [RegExp, string][] = [
  [/0x7f[0-9a-f]{8,10}/g, '0x7f…'],
  [/\/tmp\/fauxen-tutorial-\w+/g, '/tmp/tutorial'],
  [/^(host +: ).*/gm, '$1…'],
  [/^(.* [r-][b-][p-][s-][c-][d-] +)\d+\.\d$/gm, '$10.0'], // xl list: seconds of processor time
];

/** What some machines lack, each with a command that succeeds where it exists. */
const needs: Readonly<Record<string, string>> = {
  xl: 'command -v xl && command -v xenstore-exists',
  multilib: 'echo "#include <stdio.h>\nint main(void) { return 0; }" | gcc -m32 -x c -o /dev/null -',
};
const lacks = (name: string) => spawnSync('sh', ['-c', needs[name] ?? 'false']).status !== 0;

function make(page: string, beside?: string): string {
  const scratch = mkdtempSync(join(tmpdir(), 'fauxen-tutorial-'));
  const bin = join(scratch, '.bin');
  try {
    spawnSync('mkdir', [bin]);
    symlinkSync(resolve('scripts/fauxen'), join(bin, 'fauxen'));
    if (beside !== undefined) cpSync(beside, scratch, { recursive: true });
    return page.replace(
      /^```(\w+)(?: file=(\S+)| needs=(\S+))?\n([\s\S]*?)^```$/gm,
      (block, language: string, file, need: string | undefined, body: string) => {
        if (file !== undefined) writeFileSync(join(scratch, file), body);
        if (language !== 'console') return block;
        if (need !== undefined && lacks(need)) {
          console.error(`a block is not made: this machine lacks ${need}`);
          return block;
        }
        const commands = body.match(/^\$ .*(?:\\\n.*)*/gm) ?? [];
        const lines = commands.map((line) => `${line}\n${run(line.slice(2), scratch, bin)}`);
        return `${block.slice(0, block.indexOf('\n'))}\n${lines.join('')}\`\`\``;
      },
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function run(command: string, cwd: string, bin: string): string {
  const { stdout, error } = spawnSync('sh', ['-c', `{ ${command}\n} 2>&1`], {
    cwd,
    env: { ...process.env, PATH: `${bin}:${process.env.PATH}`, LC_ALL: 'C.UTF-8' },
    encoding: 'utf8',
    timeout: PATIENCE,
  });
  if (error !== undefined) throw error;
  let text = stdout;
  for (const [pattern, mask] of masks) text = text.replace(pattern, mask);
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

const check = process.argv.includes('--check');
for (const file of process.argv.slice(2).filter((each) => each !== '--check')) {
  const before = readFileSync(file, 'utf8');
  const after = make(before, /(^|\/)README[^/]*$/.test(file) ? dirname(file) : undefined);
  if (after === before) continue;
  if (!check) {
    writeFileSync(file, after);
    console.log(`${file}: transcripts made anew`);
    continue;
  }
  const was = before.split('\n');
  const at = after.split('\n').findIndex((line, index) => line !== was[index]);
  console.error(`${file}:${at + 1}: differs from what the commands print now`);
  console.error(`  page: ${was[at]}\n  now:  ${after.split('\n')[at]}`);
  process.exitCode = 1;
}
