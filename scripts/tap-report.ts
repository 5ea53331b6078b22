/**
 * Reads the TAP that tap wrote to a file: lists what was skipped and why, and ends with the line
 * `N passed, N failed, N skipped`. Exit status 0 only if nothing failed.
 */
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { presentCapabilityNamedIn } from '../test/helpers/capabilities.ts';
import { readTap } from './read-tap.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** tap's own exit status: not 0 means failed, whatever the file says. */
    status: { type: 'string', default: '0' },
    /** Failures that happened before tap ran. */
    'also-failed': { type: 'string', default: '0' },
    'print-failures': { type: 'boolean', default: false },
  },
});
const file = positionals[0] ?? 'build/test.tap';
const report = readTap(existsSync(file) ? readFileSync(file, 'utf8') : '');

if (values['print-failures']) for (const failure of report.failures) console.log(failure);

let failed = report.failed + Number(values['also-failed']);
let skipped = report.skipped;
for (const skip of report.skips) {
  const present = presentCapabilityNamedIn(skip.reason);
  const avoidable = present !== undefined && process.env.FAUXEN_STRICT_SKIPS === '1';
  if (avoidable) {
    failed++;
    skipped--;
  }
  console.log(`skipped: ${skip.name}: ${skip.reason}${avoidable ? ` [FAILED: ${present} is here]` : ''}`);
}
if (!report.complete) console.log(`${file} has no summary: tap ended early`);
if (failed === 0 && (values.status !== '0' || !report.complete)) failed = 1;
console.log(`${report.passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
