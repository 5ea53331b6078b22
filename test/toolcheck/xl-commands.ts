import { rows } from './recordings.ts';

/** A command line that test/toolstack/xl-commands.test.ts runs. */
export interface XlCommand {
  readonly command: string;
  /** The commands of xl that it runs. */
  readonly names: readonly string[];
  readonly status: string;
  /** What it prints, as a regular expression. */
  readonly pattern: string;
}

/** The rows of xl-commands.tsv, in order. */
export function xlCommands(): XlCommand[] {
  return rows('test/toolstack/xl-commands.tsv').map(([command = '', status = '', pattern = '']) => ({
    command,
    names: [...command.matchAll(/\bxl ([a-z0-9-]+)/g)].map(([, name = '']) => name),
    status,
    pattern,
  }));
}

/** A Markdown table: each command of xl, how it is tested, and its exit status. */
export function xlTable(): string {
  const commands = xlCommands();
  const names = [...new Set(commands.flatMap((row) => row.names))].sort();
  const lines = names.map((name) => {
    const row = commands.find((one) => one.names.includes(name));
    const refused = row?.status === '0' || name === 'devd' ? '' : `refused: ${row?.status}`;
    return `| \`${name}\` | \`${row?.command.replaceAll('|', '\\|')}\` | ${refused} |`;
  });
  return `| xl | what is tested | exit status |\n| --- | --- | --- |\n${lines.join('\n')}`;
}
