// Driver of scripts/conformance.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Answer, compare, type Difference, parseRecording } from './recording.ts';
import { recordings, runProbes } from './run.ts';

const { values, positionals } = parseArgs({
  options: { keep: { type: 'string' }, verbose: { type: 'boolean', short: 'v' } },
  allowPositionals: true,
});

interface Exception {
  readonly recording: string;
  readonly probe: RegExp;
  readonly reason: string;
}

/** Lines `recording TAB probe TAB reason`; a * in the first two means anything. */
function exceptions(): Exception[] {
  const lines = readFileSync('test/conformance/exceptions.tsv', 'utf8').split('\n');
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [recording = '', probe = '', reason = ''] = line.split('\t');
      const pattern = probe.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
      return { recording, probe: new RegExp(`^${pattern}$`), reason };
    });
}

function show({ result, errno, details }: Answer): string {
  return `${result} ${errno} ${details}`;
}

const folder = mkdtempSync(join(tmpdir(), 'fauxen-conformance-'));
const excepted = exceptions();
let total = 0;
let matched = 0;
let failures = 0;
try {
  for (const recording of recordings) {
    if (positionals.length > 0 && !positionals.includes(recording.name)) continue;
    const expected = parseRecording(readFileSync(`test/conformance/data/${recording.file}`, 'utf8'));
    const got = runProbes(recording, expected, folder, values.keep);
    const differences = compare(expected, got);
    total += expected.length;
    matched += expected.length - differences.length;
    failures += differences.filter((difference) => report(recording.name, difference)).length;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`matched ${matched} of ${total}`);
process.exitCode = failures === 0 ? 0 : 1;

/** Prints a difference; whether it counts as a failure. */
function report(recording: string, { expected, got }: Difference): boolean {
  const reason = excepted.find(
    (each) => (each.recording === '*' || each.recording === recording) && each.probe.test(expected.probe),
  )?.reason;
  if (reason !== undefined && !values.verbose) return false;
  console.log(`${recording} ${expected.probe}${reason === undefined ? '' : ` (excepted: ${reason})`}`);
  console.log(`  expected ${show(expected)}`);
  console.log(`  got      ${got === undefined ? 'nothing' : show(got)}`);
  return reason === undefined;
}
