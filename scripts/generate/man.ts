// Makes the manual pages: `node --import tsx scripts/generate/man.ts FOLDER`: fauxen(1), and fauxen-COMMAND(1) for each command, from
// the same tables as --help.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from '../../src/cli/command.ts';
import { commands } from '../../src/cli/commands.ts';
import { shownOptions, valueName } from '../../src/cli/help-text.ts';

const [folder = 'dist/man'] = process.argv.slice(2);
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const rows = await Promise.all(
  Object.entries(commands).map(async ([name, { summary, load }]) => ({ name, summary, command: await load() })),
);

/** Escapes backslashes, hyphens (so that they can be copied), and a dot or quote at the start of a line. */
const roff = (text: string) =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/gm, '\\&$1');
const bold = (text: string) => `\\fB${roff(text)}\\fR`;
const italic = (text: string) => `\\fI${roff(text)}\\fR`;

function head(name: string, summary: string): string {
  return `.TH ${name.toUpperCase()} 1 "" "fauxen ${version}" "User Commands"\n.SH NAME\n${roff(name)} \\- ${roff(summary)}\n`;
}

function paragraphs(text: string): string {
  return text
    .split('\n\n')
    .map((paragraph) => `.PP\n${roff(paragraph.replace(/\s+/g, ' '))}\n`)
    .join('');
}

function seeAlso(own: string): string {
  const others = ['fauxen', ...rows.map(({ name }) => `fauxen-${name}`)].filter((name) => name !== own);
  return `.SH "SEE ALSO"\n${others.map((name) => `.BR ${roff(name)} (1)`).join(',\n')}\n`;
}

function page(command: Command, summary: string): string {
  const name = `fauxen-${command.name}`;
  const options = shownOptions(command).map(([option, spec]) => {
    const names = [...(spec.short === undefined ? [] : [`-${spec.short}`]), `--${option}`].map(bold).join(', ');
    const value = spec.type === 'string' ? ` ${italic(valueName(spec))}` : '';
    return `.TP\n${names}${value}\n${roff(spec.help ?? '')}\n`;
  });
  const synopsis = `.SH SYNOPSIS\n${bold(`fauxen ${command.name}`)} ${roff(command.usage)}\n`;
  return `${head(name, summary)}${synopsis}.SH DESCRIPTION\n${paragraphs(command.about)}.SH OPTIONS\n${options.join('')}${seeAlso(name)}`;
}

function mainPage(): string {
  const list = rows.map(({ name, summary }) => `.TP\n.BR ${roff(`fauxen-${name}`)} (1)\n${roff(summary)}\n`).join('');
  const about =
    'A fake Xen for plain Linux: it simulates the hypervisor and the drivers through which user space reaches it.';
  const synopsis = `.SH SYNOPSIS\n${bold('fauxen')} ${italic('COMMAND')} [${italic('OPTION')}...]\n`;
  return `${head('fauxen', 'a fake Xen for plain Linux')}${synopsis}.SH DESCRIPTION\n${paragraphs(about)}.SH COMMANDS\n${list}${seeAlso('fauxen')}`;
}

mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'fauxen.1'), mainPage());
for (const { name, summary, command } of rows) writeFileSync(join(folder, `fauxen-${name}.1`), page(command, summary));
