import { rows } from './recordings.ts';

/** A program that test/toolstack/programs.test.ts runs in a dom0. */
export interface Program {
  readonly name: string;
  /** The Debian package that contains it. */
  readonly from: string;
  readonly command: string;
  /** What it prints, as a regular expression. */
  readonly pattern: string;
}

/** The rows of programs.tsv, in order. */
export function programs(): Program[] {
  return rows('test/toolstack/programs.tsv').map(([name = '', from = '', command = '', pattern = '']) => ({
    name,
    from,
    command,
    pattern,
  }));
}

/** A Markdown table: each program once, with its package. */
export function programTable(): string {
  const all = programs();
  const lines = [...new Set(all.map(({ name }) => name))].map((name) => {
    const own = all.filter((one) => one.name === name);
    return `| ${name} | ${own[0]?.from} | ${own.length} |`;
  });
  return `| program | Debian's package | checks |\n| --- | --- | --- |\n${lines.join('\n')}`;
}
