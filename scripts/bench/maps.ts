import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildDirectory, checkout } from './build.ts';

/** What is mapped, and its name in foreign-speed. */
export const MAPS = {
  '1': 'one frame',
  '256': '256 adjacent frames',
  '4096': '4096 adjacent frames',
  '256-scattered': '256 frames, no two adjacent',
  '256-mmaps': '256 mmaps of pages of a file, by the program itself (the lower limit)',
} as const;

/** Milliseconds of an MMAPBATCH_V2 under `run`: median and best, by names of MAPS. Throws the reason if it cannot be measured. */
export function mapTimes(run: readonly string[], rounds: number): Record<string, { median: number; best: number }> {
  mkdirSync(buildDirectory, { recursive: true });
  const program = join(buildDirectory, 'foreign-speed');
  const source = join(checkout, 'test/programs/foreign-speed.c');
  const gcc = spawnSync('gcc', ['-O2', '-D__XEN_TOOLS__', '-o', program, source, '-lxenctrl'], { encoding: 'utf8' });
  if (gcc.status !== 0) throw new Error(`cannot compile foreign-speed.c: ${gcc.error?.message ?? 'libxen-dev?'}`);
  const [command = '', ...args] = [...run, '--', program, String(rounds)];
  const { stdout, stderr, status } = spawnSync(command, args, { encoding: 'utf8', timeout: 120_000 });
  if (status !== 0 || !/^done$/m.test(stdout) || /^not ok/m.test(stdout)) {
    throw new Error(`foreign-speed ended with ${status}: ${stderr.trim().split('\n')[0]}`);
  }
  const times: Record<string, { median: number; best: number }> = {};
  for (const [, name = '', median, best] of stdout.matchAll(/^(\S+) median (\S+) best (\S+)$/gm)) {
    times[name] = { median: Number(median), best: Number(best) };
  }
  return times;
}
