// The release's own tools under Fauxen do what they did in dom0 of a real Xen.

import { readFileSync } from 'node:fs';
import t from 'tap';
import { missing } from '../../helpers/capabilities.ts';
import { compareTools } from './compare-tools.ts';
import { readTools, recordedTools, type ToolRun } from './recordings.ts';
import { runTools } from './run-tools.ts';
import { readToolScores } from './scores.ts';
import { toolsSection } from './tools-section.ts';

const skip = missing('fuse', 'root', 'xenTools', 'xenstored', 'xenstoreUtils', 'grubXen');

t.test("Debian 12's tools exit and print as on Xen 4.17", { skip }, async (t) => {
  const recorded = readTools('4.17');
  t.equal(recorded.length, 105);
  const { differences, statuses } = compareTools(recorded, runTools('4.17', recorded));
  t.equal(statuses, recorded.length, 'every exit status is the same');
  for (const { command, kind, words } of differences) t.fail(`${command}: ${kind}: ${words}`);
});

const run = (stdout: string, status = 0): ToolRun[] => [
  { name: 'list', command: 'xl list', status, stdout, stderr: '' },
];
const line = 'Domain-0                                     0  1024     2     r-----';

t.test('times are not compared; anything else in an output is, and the exit status', async (t) => {
  const real = run(`${line}      21.4\n`);
  t.same(compareTools(real, run(`${line}       0.3\n`)).differences, []);
  const changed = compareTools(real, run(`${line.replace('1024', '1000')}       0.3\n`, 3));
  t.same([changed.statuses, changed.stdouts], [0, 0]);
  t.match(changed.differences[0]?.words, "Xen's exits with 0, Fauxen's with 3");
  t.match(changed.differences[1]?.words, /^line 1 is "Domain-0.* 1024 .* in Xen, "Domain-0.* 1000 .* in Fauxen$/);
  t.match(compareTools(real, []).differences[0]?.words, 'undefined', 'a command that did not run differs');
});

t.test('docs/fidelity.md has the last results, of every recorded release', async (t) => {
  const page = readFileSync('docs/fidelity.md', 'utf8');
  t.ok(page.includes(toolsSection(readToolScores()).join('\n')), 'run scripts/real-xen tools');
  t.same(Object.keys(readToolScores()).sort(), recordedTools());
});
