import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SCENARIO = 'domains:\n  - { name: dumped, type: pvh, memory: 256M, state: idle }\n';
const LIMIT_MS = 90_000;

/** Milliseconds that `xl dump-core` of a PVH guest with 256 MiB takes: it maps each page by itself. */
export function dumpCoreTime(fauxen: readonly string[]): number {
  const directory = mkdtempSync(join(tmpdir(), 'fauxen-bench-'));
  try {
    const scenario = join(directory, 'guest.yaml');
    writeFileSync(scenario, SCENARIO);
    const script = `s=$(date +%s%N); xl dump-core dumped ${directory}/core >&2 || exit 1; e=$(date +%s%N); echo $((e - s))`;
    const [program = '', ...args] = [...fauxen, 'run', '--toolstack', '--scenario', scenario, '--', 'sh', '-c', script];
    const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', timeout: LIMIT_MS });
    if (status !== 0) throw new Error(error?.message ?? (stderr.trim().split('\n')[0] || `exit status ${status}`));
    return Number(stdout) / 1e6;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
