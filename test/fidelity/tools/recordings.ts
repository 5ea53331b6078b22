import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { rows, textOf } from '../../toolcheck/recordings.ts';
import { RELEASES, type Release } from '../answers.ts';

/** A command of a release's own tools, and what it did in dom0 of the real Xen. */
export interface ToolRun {
  readonly name: string;
  readonly command: string;
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The exit status of what SIGTERM ended, such as the recorder's timeout. */
export const STOPPED = 143;

const fileOf = (release: Release): string =>
  join(fileURLToPath(new URL('../../../data/real-xen', import.meta.url)), `tools-${release}.json.br`);

export const recordedTools = (): Release[] => RELEASES.filter((release) => existsSync(fileOf(release)));

/** In the order in which they ran, in one dom0. */
export function readTools(release: Release): ToolRun[] {
  return JSON.parse(brotliDecompressSync(readFileSync(fileOf(release))).toString('utf8')) as ToolRun[]; // written below
}

/** Takes over a folder of recordings: rc.tsv (name, exit status, command), and NAME.out and NAME.err of each command. */
export function importTools(release: Release, folder: string): number {
  const runs = rows(join(folder, 'rc.tsv')).map(([name = '', status = '', command = '']): ToolRun => {
    const [stdout, stderr] = [textOf(join(folder, `${name}.out`)), textOf(join(folder, `${name}.err`))];
    return { name, command, status: Number(status), stdout, stderr };
  });
  writeFileSync(fileOf(release), brotliCompressSync(Buffer.from(JSON.stringify(runs))));
  return runs.length;
}
