// Driver of `scripts/real-xen tools`.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isRelease } from '../answers.ts';
import { checkout } from '../walker.ts';
import { compareTools } from './compare-tools.ts';
import { masked } from './masks.ts';
import { importTools, readTools, recordedTools, type ToolRun } from './recordings.ts';
import { runTools } from './run-tools.ts';
import { readToolScores, writeToolScores } from './scores.ts';
import { withToolsSection } from './tools-section.ts';

const { values, positionals } = parseArgs({
  options: { import: { type: 'string' }, keep: { type: 'string' } },
  allowPositionals: true,
});
const releases = positionals.length > 0 ? positionals.filter(isRelease) : recordedTools();
if (releases.length < positionals.length) throw new Error(`the releases are ${recordedTools().join(', ')}`);
for (const release of releases) {
  if (values.import !== undefined) {
    console.log(`Xen ${release}: ${importTools(release, values.import)} commands`);
    continue;
  }
  const recorded = readTools(release);
  const got = runTools(release, recorded);
  if (values.keep !== undefined) {
    keep(join(values.keep, 'xen'), recorded);
    keep(join(values.keep, 'fauxen'), got);
  }
  const { differences, ...score } = compareTools(recorded, got);
  console.log(
    `Xen ${release}: of ${score.commands} commands, ${score.statuses} exit statuses and ${score.stdouts} outputs are equal`,
  );
  for (const { command, kind, words } of differences) console.log(`  ${command}: ${kind}: ${words}`);
  writeToolScores({ ...readToolScores(), [release]: { ...score, differences } });
  const page = join(checkout, 'docs/fidelity.md');
  writeFileSync(page, withToolsSection(readFileSync(page, 'utf8'), readToolScores()));
}

/** What is compared, for diff -r. */
function keep(folder: string, runs: readonly ToolRun[]): void {
  mkdirSync(folder, { recursive: true });
  for (const { name, status, stdout, stderr } of runs)
    writeFileSync(join(folder, name), `${masked(name, stdout)}[exit ${status}]\n${stderr}`, 'latin1');
}
