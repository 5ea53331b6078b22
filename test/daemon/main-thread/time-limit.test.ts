import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { RunningCode } from '../../../src/daemon/hypervisor-thread/running-code.ts';
import { TimeLimit } from '../../../src/daemon/main-thread/time-limit.ts';
import { CODE, newWords, WORD } from '../../../src/daemon/protocol/shared-words.ts';

/** A keep-alive: the limit's own timer does not hold the process. */
const wait = (milliseconds: number) => sleep(milliseconds);

t.test('code that takes too long is condemned, once, and told apart by its kind', async (t) => {
  const words = newWords();
  const code = new RunningCode(words);
  const overdue: string[] = [];
  let cpu = 0;
  const limit = new TimeLimit({ words, handler: 50, cpuTime: () => cpu, overdue: (kind) => void overdue.push(kind) });
  t.teardown(() => limit.stop());

  code.begin('handler', 'x');
  await wait(200);
  t.same(overdue, ['handler']);
  t.equal(words[WORD.code]! & CODE.mask, CODE.condemned);
  t.same(code.takeCutOff(), { kind: 'handler', what: 'x' });
  t.equal(words[WORD.code]! & CODE.mask, CODE.none);

  code.begin('loading', '/f.ts');
  await wait(200);
  t.same(overdue, ['handler'], 'a load is not limited by the wall clock of a handler');
  cpu = 2_500;
  await wait(100);
  t.same(overdue, ['handler', 'loading'], 'but by what it takes of a CPU');
  t.same(code.takeCutOff(), { kind: 'loading', what: '/f.ts' });
});

t.test('handlers one after another, each within the limit, are left alone', async (t) => {
  const words = newWords();
  const code = new RunningCode(words);
  const limit = new TimeLimit({ words, handler: 200, cpuTime: () => undefined, overdue: () => t.fail('cut off') });
  t.teardown(() => limit.stop());
  for (let turn = 0; turn < 20; turn++) {
    code.begin('handler', 'x');
    await wait(20);
    code.end();
  }
  t.equal(words[WORD.code]! & CODE.mask, CODE.none);
});

t.test('0 is no limit', async (t) => {
  const words = newWords();
  new RunningCode(words).begin('handler', 'x');
  new TimeLimit({ words, handler: 0, cpuTime: () => 1e9, overdue: () => t.fail('cut off') });
  await wait(50);
  t.equal(words[WORD.code]! & CODE.mask, CODE.handler);
});
