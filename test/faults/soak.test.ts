import { join } from 'node:path';
import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { runCommand } from '../helpers/run-command.ts';
import { checkout } from '../helpers/source-files.ts';
import { saidBy } from '../soak/hypercalls.ts';

/** scripts/soak runs it for longer. */
const SECONDS = 8;

t.test(
  'mixed load, and kill -9 of clients and daemons at random moments: nothing is lost, nothing stays behind',
  { skip: missing('mount', 'root', 'gcc', 'xenHeaders'), timeout: 55_000 },
  async (t) => {
    const main = join(checkout, 'test/soak/main.ts');
    const { stdout, stderr, status, timedOut } = await runCommand(
      process.execPath,
      ['--import=tsx', main, String(SECONDS)],
      { timeout: 50_000 },
    );
    t.comment(stdout);
    t.notOk(timedOut, stderr);
    t.equal(status, 0, stderr);
    for (const what of ['calls lost: no answer, or a wrong one', 'bytes lost or changed', 'lines lost']) {
      t.match(stdout, `\n${what}: 0\n`);
    }
    t.match(stdout, '\nmounts and processes left behind: 0\n');
    t.ok(Number(/hypercalls answered and checked: ([\d,]+)/.exec(stdout)?.[1]?.replaceAll(',', '')) > 1_000);
    const count = (what: string) => Number(new RegExp(`^${what}: (\\d+)$`, 'm').exec(stdout)?.[1]);
    t.ok(count('faults injected') > 0, 'there were such');
    t.equal(count('faults survived'), count('faults injected'));
    t.match(stdout, /^ok$/m);
  },
);

t.test('the soak finds a line that is missing', (t) => {
  const line = (id: number, number: number) => `(XEN) soak ${id} ${number} of version 3\n`;
  t.same(
    [...saidBy(line(7, 1) + line(8, 1) + line(7, 2) + line(7, 2) + line(7, 4))],
    [
      [7, 2],
      [8, 1],
    ],
  );
  t.end();
});
