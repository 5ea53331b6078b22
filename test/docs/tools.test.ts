import { readFileSync } from 'node:fs';
import t from 'tap';
import { programs, programTable } from '../toolcheck/programs.ts';
import { xlCommands, xlTable } from '../toolcheck/xl-commands.ts';

const cells = (table: string) =>
  table.split('\n').map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | +\|?$/g, '').trim()));

/** The cells of the rows of the table in docs/tools.md whose header begins with this. */
function documented(head: string): string[][] {
  const lines = readFileSync('docs/tools.md', 'utf8').split('\n');
  const start = lines.findIndex((line) => line.startsWith(head));
  if (start < 0) throw new Error(`docs/tools.md has no table ${head}: run scripts/toolcheck --write-docs`);
  return cells(lines.slice(start, lines.indexOf('', start)).join('\n')).slice(2);
}

t.test('docs/tools.md lists every tested command of xl', async (t) => {
  t.strictSame(documented('| xl '), cells(xlTable()).slice(2));
  t.ok(xlCommands().length > 90);
});

t.test('docs/tools.md lists the third-party programs that are tested', async (t) => {
  t.strictSame(documented('| program '), cells(programTable()).slice(2));
  t.ok(programs().length > 15);
});
