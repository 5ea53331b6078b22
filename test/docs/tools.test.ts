import { readFileSync } from 'node:fs';
import t from 'tap';
import { xlCommands, xlTable } from '../toolcheck/xl-commands.ts';

t.test('docs/tools.md lists every tested command of xl, as its table says', async (t) => {
  const cells = (table: string) =>
    table.split('\n').map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | +\|?$/g, '').trim()));
  const lines = readFileSync('docs/tools.md', 'utf8').split('\n');
  const start = lines.findIndex((line) => line.startsWith('| xl '));
  const end = lines.indexOf('', start);
  t.ok(start > 0, 'run scripts/toolcheck --write-docs');
  const [, , ...wanted] = cells(xlTable());
  const [, , ...found] = cells(lines.slice(start, end).join('\n'));
  t.strictSame(found, wanted);
  t.ok(xlCommands().length > 90);
});
