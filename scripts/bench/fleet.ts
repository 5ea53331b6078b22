// Many Fauxens side by side, as in a CI job with a fleet of hosts.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { median } from './measure.ts';

/** A hundred start in ten seconds on an idle machine with two CPUs. */
const LIMIT_MS = 45_000;

export interface Fleet {
  count: number;
  /** MiB each: resident, and proportional (PSS). */
  resident: number;
  share: number;
  /** Milliseconds until all of them run their program. */
  started: number;
}

function kibibytes(pid: number, name: string): number {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1');
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1]);
}

/** Starts `count` times `fauxen run`, waits until each program runs, and measures their memory. */
export async function measureFleet(fauxen: readonly string[], count: number): Promise<Fleet> {
  const [program = '', ...args] = fauxen;
  const start = performance.now();
  const hosts = Array.from({ length: count }, () =>
    spawn(program, [...args, 'run', '--', 'sh', '-c', 'echo runs; read line'], { stdio: ['pipe', 'pipe', 'inherit'] }),
  );
  const ends = hosts.map((host) => once(host, 'exit'));
  try {
    const all = Promise.all(hosts.map((host) => once(host.stdout, 'data')));
    const died = Promise.race(ends).then(([status]) => {
      throw new Error(`one of ${count} hosts ended with ${status}`);
    });
    const late = new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error(`not all of ${count} started within ${LIMIT_MS / 1000} s`)), LIMIT_MS).unref();
    });
    late.catch(() => {});
    died.catch(() => {});
    await Promise.race([all, died, late]);
    const started = performance.now() - start;
    const of = (name: string) => median(hosts.map(({ pid = 0 }) => kibibytes(pid, name))) / 1024;
    return { count, resident: of('Rss'), share: of('Pss'), started };
  } finally {
    for (const { stdin } of hosts) stdin.end('\n');
    await Promise.all(ends);
  }
}
