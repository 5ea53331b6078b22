// Makes the transcripts of pages in docs: node --import tsx scripts/transcripts.ts [--check] FILE…
//
// In a page, a block that starts with ```LANGUAGE file=NAME is written to a scratch folder, and each `$ command` of a ```console
// block is run there, in order; what it prints (stdout and stderr) takes the place of the lines below it. With --check nothing is
// written, and a difference ends with status 1.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Milliseconds that one command may take. */
const PATIENCE = 60_000;

/** What differs from run to run and from machine to machine. */
const masks: [RegExp, string][] = [
  [/0x7f[0-9a-f]{8,10}/g, '0x7f…'],
  [/\/tmp\/fauxen-tutorial-\w+/g, '/tmp/tutorial'],
  [/^(host +: ).*/gm, '$1…'],
  [/^(.* [r-][b-][p-][s-][c-][d-] +)\d+\.\d$/gm, '$10.0'], // xl list: seconds of processor time
];

function make(page: string): string {
  const scratch = mkdtempSync(join(tmpdir(), 'fauxen-tutorial-'));
  const bin = join(scratch, '.bin');
  try {
    spawnSync('mkdir', [bin]);
    symlinkSync(resolve('scripts/fauxen'), join(bin, 'fauxen'));
    return page.replace(
      /^```(\w+)(?: file=(\S+))?\n([\s\S]*?)^```$/gm,
      (block, language: string, file, body: string) => {
        if (file !== undefined) writeFileSync(join(scratch, file), body);
        if (language !== 'console') return block;
        const commands = body.match(/^\$ .*(?:\\\n.*)*/gm) ?? [];
        const lines = commands.map((line) => `${line}\n${run(line.slice(2), scratch, bin)}`);
        return `\`\`\`console\n${lines.join('')}\`\`\``;
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
  const after = make(before);
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
