import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { RunningCode } from '../../../src/daemon/hypervisor-thread/running-code.ts';
import { OwnTime, type OwnTimeOptions } from '../../../src/daemon/main-thread/own-time.ts';
import { TimeLimit } from '../../../src/daemon/main-thread/time-limit.ts';
import { CODE, newWords, WORD } from '../../../src/daemon/protocol/shared-words.ts';

/** Keeps the process alive: the limit's own timer does not. */
const wait = (milliseconds: number) => sleep(milliseconds);

/** Measures a thread that sleeps unless something else is given. */
const ownTime = (options?: Partial<OwnTimeOptions>) => () =>
  new OwnTime({ thread: 1, cpuTime: () => 0, stateOf: () => 'S', ...options });

t.test('code that takes too long is reported once, with its kind', async (t) => {
  const words = newWords();
  const code = new RunningCode(words);
  const overdue: string[] = [];
  let cpu = 0;
  const limit = new TimeLimit({
    words,
    handler: 50,
    ownTime: ownTime({ cpuTime: () => cpu }),
    overdue: (kind) => void overdue.push(kind),
  });
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
  const limit = new TimeLimit({ words, handler: 200, ownTime: ownTime(), overdue: () => t.fail('cut off') });
  t.teardown(() => limit.stop());
  for (let turn = 0; turn < 20; turn++) {
    code.begin('handler', 'x');
    await wait(20);
    code.end();
  }
  t.equal(words[WORD.code]! & CODE.mask, CODE.none);
});

t.test('0 means no limit', async (t) => {
  const words = newWords();
  new RunningCode(words).begin('handler', 'x');
  new TimeLimit({ words, handler: 0, ownTime: ownTime(), overdue: () => t.fail('cut off') });
  await wait(50);
  t.equal(words[WORD.code]! & CODE.mask, CODE.handler);
});

t.test('a handler is not ended for time in which its thread did not run', async (t) => {
  const excuses = {
    'gets no CPU': ownTime({ stateOf: () => 'R' }),
    'is stopped': ownTime({ stateOf: () => 'T' }),
    "waits for a caller's memory": ownTime({ isExcused: () => true }),
    'waits for the disk': ownTime({ stateOf: () => 'D' }),
  };
  for (const [why, time] of Object.entries(excuses)) {
    const words = newWords();
    const overdue = () => t.fail(`cut off though it ${why}`);
    const limit = new TimeLimit({ words, handler: 50, ownTime: time, overdue });
    new RunningCode(words).begin('handler', 'x');
    await wait(300);
    limit.stop();
    t.equal(words[WORD.code]! & CODE.mask, CODE.handler, why);
  }
});

t.test('the counter of starts wraps: a later handler with the same value has its own time', async (t) => {
  const words = newWords();
  const limit = new TimeLimit({ words, handler: 1000, ownTime: ownTime(), overdue: () => t.fail('cut off') });
  t.teardown(() => limit.stop());
  for (let turn = 0; turn < 8; turn++) {
    Atomics.store(words, WORD.code, CODE.turn | CODE.handler);
    await wait(100);
    Atomics.store(words, WORD.code, CODE.turn);
    await wait(100);
  }
  t.equal(words[WORD.code]! & CODE.mask, CODE.none);
});
