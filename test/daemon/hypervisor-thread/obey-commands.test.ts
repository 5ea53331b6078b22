import t from 'tap';
import { type Commanded, obeyCommands, StopServing } from '../../../src/daemon/hypervisor-thread/obey-commands.ts';
import type { Command, Report } from '../../../src/daemon/protocol/messages.ts';
import { newWords, WORD } from '../../../src/daemon/protocol/shared-words.ts';

/** A hypervisor whose commands come from `next`, and take so many milliseconds each. */
function commanded(next: () => Command | undefined, milliseconds = 0) {
  const reports: Report[] = [];
  let id = 0;
  const parts = {
    words: newWords(),
    link: {
      next() {
        const command = next();
        return command && { ...command, id: ++id };
      },
      report: (report: Report) => void reports.push(report),
      log: () => {},
    },
    service: {
      fromStore() {
        for (const end = performance.now() + milliseconds; performance.now() < end; );
      },
    },
  };
  return { ...parts, reports, all: parts as unknown as Commanded }; // what the commands of these tests need
}

const store: Command = { kind: 'store', event: { connection: 1, lost: true } };

t.test('an endless stream of commands is interrupted, so that callers are served in between', async (t) => {
  const { all, words, reports } = commanded(() => store, 1);
  obeyCommands(all);
  t.equal(words[WORD.pending], 1, 'there are more');
  t.ok(reports.length > 0, 'some were obeyed');
});

t.test('quick commands are all carried out at once, and each is answered', async (t) => {
  let left = 3;
  const { all, words, reports } = commanded(() => (left-- > 0 ? store : undefined));
  words[WORD.pending] = 1;
  obeyCommands(all);
  t.equal(words[WORD.pending], 0);
  t.same(
    reports.map((report) => 'id' in report && report.id),
    [1, 2, 3],
  );
});

t.test('a command that fails and the stop command are answered', async (t) => {
  const bad = commanded(() => (bad.reports.length > 0 ? undefined : { kind: 'dmesg' })); // this service has none
  obeyCommands(bad.all);
  t.match(bad.reports, [{ kind: 'answer', id: 1, value: undefined }]);
  const last = commanded(() => ({ kind: 'stop' }));
  let thrown: unknown;
  try {
    obeyCommands(last.all);
  } catch (error) {
    thrown = error;
  }
  t.ok(thrown instanceof StopServing);
  t.match(last.reports, [{ kind: 'answer', id: 1 }]);
});
