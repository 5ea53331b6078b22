// Formats the --help text from the table of commands and each command's options table, wrapped to the terminal width.

import type { Command, OptionSpec } from './command.ts';
import { commands } from './commands.ts';

/** Columns of a terminal. */
const WIDTH = 80;
/** The widest syntax column; a wider syntax has its text on the next line. */
const MAX_SYNTAX = 26;

const HELP: OptionSpec = { type: 'boolean', short: 'h', help: 'show this text' };

export function overview(): string {
  const rows = Object.entries(commands).map(([name, { summary }]) => [name, summary] as const);
  return `Usage: fauxen COMMAND [OPTION...]

A fake Xen for plain Linux: unmodified programs issue hypercalls.

Commands:
${columns(rows)}
'fauxen help COMMAND' lists the options of a command, 'fauxen --version' the
version.
`;
}

export function helpText(command: Command): string {
  const about = command.about.split('\n\n').map((paragraph) => wrap(paragraph, 0));
  const rows = shownOptions(command).map(([name, spec]) => [optionSyntax(name, spec), spec.help ?? ''] as const);
  return `Usage: fauxen ${command.name} ${command.usage}\n\n${about.join('\n')}\nOptions:\n${columns(rows)}`;
}

/** The options that have a help text, including --help. */
export function shownOptions(command: Command): (readonly [name: string, spec: OptionSpec])[] {
  return Object.entries({ ...command.options, help: HELP }).filter(([, spec]) => spec.help !== undefined);
}

export const valueName = (spec: OptionSpec) => spec.choices?.join('|') ?? spec.value ?? 'VALUE';

function optionSyntax(name: string, spec: OptionSpec): string {
  const short = spec.short === undefined ? '    ' : `-${spec.short}, `;
  return `${short}--${name}${spec.type === 'string' ? ` ${valueName(spec)}` : ''}`;
}

/** Formats rows in two columns: the syntax, and the text beside or below it. */
function columns(rows: readonly (readonly [syntax: string, text: string])[]): string {
  const fitting = rows.map(([syntax]) => syntax.length).filter((length) => length <= MAX_SYNTAX);
  const indent = Math.max(...fitting) + 4;
  const lines = rows.map(([syntax, text]) => {
    const below = syntax.length > MAX_SYNTAX;
    const wrapped = wrap(text, indent);
    return below ? `  ${syntax}\n${wrapped}` : `  ${syntax}`.padEnd(indent) + wrapped.trimStart();
  });
  return lines.join('');
}

/** Wraps the text into indented lines of at most WIDTH columns, each ending in a newline. */
function wrap(text: string, indent: number): string {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last === undefined || indent + last.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.map((line) => `${' '.repeat(indent)}${line}\n`).join('');
}
