// Driver of scripts/conformance.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Capability, capabilities, missing } from '../helpers/capabilities.ts';
import { type Answer, compare, type Difference, parseRecording } from './recording.ts';
import { recordings, runProbe32, runProbes } from './run.ts';

const { values, positionals } = parseArgs({
  options: {
    transport: { type: 'string', default: 'auto' },
    keep: { type: 'string' },
    verbose: { type: 'boolean', short: 'v' },
  },
  allowPositionals: true,
});

interface Exception {
  readonly recording: string;
  readonly probe: RegExp;
  readonly reason: string;
}

/**
 * Lines `recording TAB probe TAB reason`; a * in the first two matches anything. With a fourth column the line applies only to
 * machines that lack what it names.
 */
function exceptions(): Exception[] {
  const lines = readFileSync('test/conformance/exceptions.tsv', 'utf8').split('\n');
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [recording = '', probe = '', reason = '', lacking] = line.split('\t');
      const pattern = probe.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
      return { recording, probe: new RegExp(`^${pattern}$`), reason, lacking };
    })
    .filter(({ lacking }) => lacking === undefined || !capabilities[lacking as Capability]);
}

function show({ result, errno, details }: Answer): string {
  return `${result} ${errno} ${details}`;
}

const folder = mkdtempSync(join(tmpdir(), 'fauxen-conformance-'));
const excepted = exceptions();
const used = new Set<Exception>();
let total = 0;
let matched = 0;
let failures = 0;
try {
  for (const recording of recordings) {
    if (positionals.length > 0 && !positionals.includes(recording.name)) continue;
    const expected = parseRecording(readFileSync(`data/conformance/${recording.file}`, 'utf8'));
    const got = runProbes({ recording, expected, folder, keep: values.keep, transport: values.transport });
    const differences = compare(expected, got);
    total += expected.length;
    matched += expected.length - differences.length;
    failures += differences.filter((difference) => report(recording.name, difference)).length;
  }
  const cannot = missing('multilib', 'ia32');
  if (cannot !== false) console.log(`skipped probe32: ${cannot}`);
  else if (positionals.length === 0 || positionals.includes('probe32')) {
    const { expected, got } = runProbe32(folder, values.transport);
    for (const [index, line] of expected.entries()) {
      total += 1;
      if (got[index] === line) matched += 1;
      else {
        failures += 1;
        console.log(`probe32\n  expected ${line}\n  got      ${got[index] ?? 'nothing'}`);
      }
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (positionals.length === 0 && values.verbose) {
  for (const { recording, probe } of excepted.filter((each) => !used.has(each))) {
    console.log(`exception ${recording} ${probe.source} is not needed: take it out`);
  }
}
console.log(`matched ${matched} of ${total}`);
process.exitCode = failures === 0 ? 0 : 1;

/** Prints a difference and returns whether it counts as a failure. */
function report(recording: string, { expected, got }: Difference): boolean {
  const exception = excepted.find(
    (each) => (each.recording === '*' || each.recording === recording) && each.probe.test(expected.probe),
  );
  const reason = exception?.reason;
  if (exception !== undefined) used.add(exception);
  if (reason !== undefined && !values.verbose) return false;
  console.log(`${recording} ${expected.probe}${reason === undefined ? '' : ` (excepted: ${reason})`}`);
  console.log(`  expected ${show(expected)}`);
  console.log(`  got      ${got === undefined ? 'nothing' : show(got)}`);
  return reason === undefined;
}
