// How long whole commands take, each beside `node -e 0`: warm (compiled code is cached from an earlier start) and cold.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkout } from './build.ts';
import { median } from './measure.ts';

const example = (name: string) => join(checkout, 'examples', name);
const small = ['--scenario', example('scenarios/small.yaml')];
const thousand = ['--scenario', example('scenarios/thousand.yaml')];

/** Arguments of `fauxen run`, by the name of the row. Rows with a toolstack need root and Xen's tools. */
const ROWS: Record<string, { args: string[]; rounds?: number; cold?: boolean }> = {
  'run -- true': { args: ['--', 'true'], cold: true },
  'run --hypercalls hello_hypercall.ts': {
    args: ['--hypercalls', example('hello_hypercall.ts'), '--', 'true'],
    cold: true,
  },
  'run --scenario small.yaml': { args: [...small, '--', 'true'], cold: true },
  'run --toolstack -- true': { args: ['--toolstack', '--', 'true'] },
  'four guests, xl list': { args: ['--toolstack', ...small, '--', 'xl', 'list'] },
  'a thousand guests, xl list': { args: ['--toolstack', ...thousand, '--', 'xl', 'list'], rounds: 3 },
};

export const NODE = 'node -e 0';
/** Time limit for a command. */
const LIMIT_MS = 45_000;

/** Milliseconds from a command's start to its end. Throws with the reason if it fails. */
export function wallTime(command: readonly string[], env: NodeJS.ProcessEnv = process.env): number {
  const [program = '', ...args] = command;
  const start = performance.now();
  const { status, stderr, error } = spawnSync(program, args, { env, encoding: 'utf8', timeout: LIMIT_MS });
  const time = performance.now() - start;
  if (status !== 0) throw new Error(error?.message ?? (stderr.trim().split('\n')[0] || `exit status ${status}`));
  return time;
}

/**
 * Median milliseconds by the rows' names; names of cold rows end in ", cold". Measured in turns with `node -e 0`. `skip` gets the reason
 * for each row that is left out.
 */
export function commandTimes(
  fauxen: readonly string[],
  rounds: number,
  skip: (what: string, why: string) => void,
): Record<string, number> {
  const directory = mkdtempSync(join(tmpdir(), 'fauxen-bench-'));
  const times = new Map<string, number[]>();
  const failed = new Set<string>();
  const add = (name: string, command: readonly string[], cache: string, counts = true) => {
    if (failed.has(name)) return;
    try {
      const time = wallTime(command, { ...process.env, FAUXEN_CACHE: cache });
      if (counts) times.set(name, [...(times.get(name) ?? []), time]);
    } catch (error) {
      failed.add(name);
      skip(name, error instanceof Error ? error.message : String(error));
    }
  };
  const warm = join(directory, 'warm');
  try {
    for (let round = -1; round < rounds; round += 1) {
      add(NODE, [process.execPath, '-e', '0'], warm, round >= 0);
      for (const [name, { args, rounds: most = rounds, cold }] of Object.entries(ROWS)) {
        if (round >= most) continue;
        add(name, [...fauxen, 'run', ...args], warm, round >= 0); // the first one fills the cache
        if (cold && round >= 0 && round < COLD_ROUNDS) {
          add(
            `${name}, cold`,
            [...fauxen, 'run', ...args],
            join(directory, `cold-${round}-${name}`.replaceAll(' ', '_')),
          );
        }
      }
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  return Object.fromEntries([...times].map(([name, list]) => [name, median(list)]));
}

const COLD_ROUNDS = 5;

const REPEATS = 30;
/** Prints the milliseconds that one `ps aux` takes. */
const PS = `s=$(date +%s%N); i=0; while [ $i -lt ${REPEATS} ]; do ps aux >/dev/null; i=$((i+1)); done; e=$(date +%s%N); echo $(( (e - s) / ${REPEATS} ))`;

/** Milliseconds of `ps aux` under run and outside it. */
export function psTimes(fauxen: readonly string[], rounds: number): { run: number; outside: number } {
  const once = (command: readonly string[]) => {
    const [program = '', ...args] = command;
    const { stdout, status, stderr } = spawnSync(program, args, { encoding: 'utf8', timeout: LIMIT_MS });
    if (status !== 0) throw new Error(stderr.trim().split('\n')[0] || `exit status ${status}`);
    return Number(stdout) / 1e6;
  };
  const [run, outside]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    run.push(once([...fauxen, 'run', '--', 'sh', '-c', PS]));
    outside.push(once(['sh', '-c', PS]));
  }
  return { run: median(run), outside: median(outside) };
}

/** Prints the CPU time of the shell and of xl, and that of the run's own xenstored (nanoseconds first; proc(5)). */
const PARTS = 'xl list >/dev/null; times; cat "/proc/$(cat /run/xenstore.pid)/schedstat"';

/** Milliseconds of CPU time that Xen's own programs use for `xl list` of a thousand guests: xl, and xenstored from its start on. */
export function thousandParts(fauxen: readonly string[]): { xl: number; xenstored: number } {
  const [program = '', ...args] = [...fauxen, 'run', '--toolstack', ...thousand, '--', 'sh', '-c', PARTS];
  const { stdout, status, stderr } = spawnSync(program, args, { encoding: 'utf8', timeout: LIMIT_MS });
  if (status !== 0) throw new Error(stderr.trim().split('\n')[0] || `exit status ${status}`);
  const [, times = '', ...found] = stdout.trim().split('\n');
  const xl = [...times.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, m, s]) => sum + 60_000 * Number(m) + 1000 * Number(s),
    0,
  );
  const [xenstored = Number.NaN] = found.join(' ').split(' ').map(Number);
  return { xl, xenstored: xenstored / 1e6 };
}
