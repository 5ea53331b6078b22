// Driver of scripts/toolcheck.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { masked } from './masks.ts';
import { type Outcome, recordings, rows, type ToolCommand, toolCommands } from './recordings.ts';
import { runTools } from './run.ts';

const { values } = parseArgs({
  options: { keep: { type: 'string' }, verbose: { type: 'boolean', short: 'v' }, 'write-docs': { type: 'boolean' } },
});

type Verdict = 'yes' | 'no' | 'excepted' | 'not recorded';

interface Row extends ToolCommand {
  verdict: Verdict;
  note: string;
}

const exceptions = new Map(rows('test/toolcheck/exceptions.tsv').map(([name = '', reason = '']) => [name, reason]));
const recorded = recordings();
const commands = toolCommands();
const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'fauxen-toolcheck-'));
try {
  const got = runTools(commands, folder);
  const table = commands.map((command) => judge(command, recorded.get(command.name), got.get(command.name)));
  for (const { name, verdict, note } of table) console.log(`${name.padEnd(32)} ${verdict}${note && `: ${note}`}`);
  if (values['write-docs']) writeFileSync('docs/tools.md', document(table));
  console.log(summary(table));
  process.exitCode = table.some(({ verdict }) => verdict === 'no') ? 1 : 0;
} finally {
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
}

function judge(command: ToolCommand, expected: Outcome | undefined, got: Outcome | undefined): Row {
  if (got === undefined) return { ...command, verdict: 'no', note: 'it was not run' };
  if (expected === undefined) return { ...command, verdict: 'not recorded', note: `exit status ${got.status}` };
  const note = difference(command.name, expected, got);
  if (note === '') return { ...command, verdict: 'yes', note };
  const reason = exceptions.get(command.name);
  if (reason !== undefined) return { ...command, verdict: 'excepted', note: reason };
  return { ...command, verdict: 'no', note };
}

/** Empty if there is none. */
function difference(name: string, expected: Outcome, got: Outcome): string {
  if (expected.status !== got.status) return `exit status ${got.status}, on Xen ${expected.status}`;
  for (const stream of ['stdout', 'stderr'] as const) {
    const [a, b] = [masked(name, expected[stream]).split('\n'), masked(name, got[stream]).split('\n')];
    const at = a.findIndex((line, index) => line !== b[index]);
    const line = at >= 0 ? at : a.length === b.length ? -1 : a.length;
    if (line >= 0) return `${stream} line ${line + 1} is ${show(b[line])}, on Xen ${show(a[line])}`;
  }
  return '';
}

function show(line: string | undefined): string {
  return line === undefined ? 'missing' : JSON.stringify(line);
}

function summary(table: readonly Row[]): string {
  const compared = table.filter(({ verdict }) => verdict !== 'not recorded');
  return `matched ${compared.filter(({ verdict }) => verdict === 'yes').length} of ${compared.length}`;
}

function document(table: readonly Row[]): string {
  const lines = table.map(({ command, verdict, note }) => {
    const said = verdict === 'not recorded' ? '' : verdict === 'yes' ? 'yes' : `${verdict}: ${note}`;
    return `| \`${command.replaceAll('|', '\\|')}\` | ${said.replaceAll('|', '\\|')} |`;
  });
  return `# Xen's own tools

Debian's tools (xen-utils-4.17, xenstore-utils), unmodified, under \`fauxen run --toolstack\`, against what they did in the dom0
of a Xen 4.17.7: exit status, stderr, and stdout without what legitimately differs (test/toolcheck/masks.ts). Where the second
column is empty there is no recording to compare with; the command runs. Made by \`scripts/toolcheck --write-docs\`:
${summary(table)}.

| command | as on Xen |
|---|---|
${lines.join('\n')}
`;
}
