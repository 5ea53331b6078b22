// Driver of scripts/soak.

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { report, reportText } from './report.ts';
import { soak } from './soak.ts';

const { values, positionals } = parseArgs({
  options: {
    'write-docs': { type: 'boolean' },
    keep: { type: 'boolean' },
    seed: { type: 'string' },
    only: { type: 'string', default: '' },
  },
  allowPositionals: true,
});
const seconds = Number(positionals[0] ?? 600);
if (!(seconds > 0)) {
  console.error(
    `soak: ${positionals[0]} is no number of seconds. Usage: scripts/soak [--write-docs] [--seed N] [--only FAULT] [SECONDS]`,
  );
  process.exit(2);
}
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const folder = mkdtempSync(join(tmpdir(), 'fauxen-soak-'));
chmodSync(folder, 0o755); // one fault is another user
console.log(`${seconds} s of load and faults, --seed ${seed}, in ${folder}`);
const result = await soak({ seconds, seed, folder, only: values.only });
console.log(reportText(result));
if (values['write-docs']) writeFileSync('docs/reliability.md', report(result));
const isGood =
  result.lost.calls + result.lost.bytes + result.lost.lines === 0 &&
  result.left.length === 0 &&
  result.complaints.length === 0;
if (isGood && !values.keep) rmSync(folder, { recursive: true });
console.log(isGood ? 'ok' : `not ok; what they wrote is in ${folder}`);
process.exit(isGood ? 0 : 1);
