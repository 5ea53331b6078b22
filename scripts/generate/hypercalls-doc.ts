// Makes docs/hypercalls.md from the hypercall table: `node --import tsx scripts/generate/hypercalls-doc.ts`.

import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { DEFAULT_XEN_VERSION, loadAbi } from '../../src/xen/abi/abi.ts';
import type { Hypercall, Status } from '../../src/xen/call/hypercall.ts';
import { hypercallTable } from '../../src/xen/hypercalls/table.ts';

export const page = 'docs/hypercalls.md';

/** The page's text, from the table of the default release. */
export async function hypercallsPage(): Promise<string> {
  const rows = [...hypercallTable(await loadAbi()).values()].sort((a, b) => a.number - b.number);
  return `${[
    '# Hypercalls',
    '',
    `What each hypercall of Xen ${DEFAULT_XEN_VERSION} answers in Fauxen. Made by \`scripts/generate/hypercalls-doc.ts\` from the`,
    'table that dispatches them (`src/xen/hypercalls/table.ts`); a number that is not listed answers ENOSYS.',
    '',
    '- **supported**: answers as Xen does.',
    '- **partial**: answers; the notes say what is missing.',
    '- **an errno**: refused, as by a Xen on such a machine or without such an option, or because the model lacks it.',
    '',
    '| number | name | status | notes |',
    '|---:|---|---|---|',
    ...rows.map((row) => `| ${row.number} | ${nameOf(row)} | ${kind(row.status)} | ${note(row.status)} |`),
    '',
    ...rows.flatMap((row) => (row.subOperations === undefined ? [] : section(row, row.subOperations))),
  ]
    .join('\n')
    .trimEnd()}\n`;
}

function section(row: Hypercall, operations: NonNullable<Hypercall['subOperations']>): string[] {
  const sorted = [...operations].sort((a, b) => a.number - b.number);
  return [
    `## ${row.name}`,
    '',
    '| number | sub-operation | status | notes |',
    '|---:|---|---|---|',
    ...sorted.map((each) => `| ${each.number} | ${each.name} | ${kind(each.status)} | ${note(each.status)} |`),
    '',
  ];
}

function nameOf(row: Hypercall): string {
  return row.subOperations === undefined ? row.name : `[${row.name}](#${row.name})`;
}

function kind(status: Status): string {
  return status.kind === 'unsupported' ? status.errno : status.kind;
}

function note(status: Status): string {
  if (status.kind === 'supported') return '';
  return (status.kind === 'partial' ? status.missing : status.why).replaceAll('|', '\\|');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const text = await hypercallsPage();
  if (process.argv[2] === '--check') process.exitCode = readFileSync(page, 'utf8') === text ? 0 : 1;
  else writeFileSync(page, text);
}
