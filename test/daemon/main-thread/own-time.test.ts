import t from 'tap';
import { OwnTime, threadState } from '../../../src/daemon/main-thread/own-time.ts';
import { gettid } from '../../../src/linux/thread.ts';

interface Interval {
  ms: number;
  cpu?: number | undefined;
  state?: string | undefined;
  excused?: boolean;
}

/** The time measured over these intervals, with a measurement at the end of each. */
function measured(...intervals: Interval[]) {
  let [now, cpu, state, excused]: [number, number | undefined, string | undefined, boolean] = [0, 0, 'R', false];
  const time = new OwnTime({
    thread: 1,
    cpuTime: () => cpu,
    isExcused: () => excused,
    now: () => now,
    stateOf: () => state,
  });
  for (const each of intervals) {
    now += each.ms;
    cpu = 'cpu' in each ? each.cpu : cpu;
    state = 'state' in each ? each.state : 'S';
    excused = each.excused ?? false;
    time.look();
  }
  const { taken, cpu: used, starved, waited } = time;
  return { taken, cpu: used, starved, waited };
}

t.test('computing and sleeping count as the thread’s own time', async (t) => {
  t.same(measured({ ms: 100, cpu: 100, state: 'R' }), { taken: 100, cpu: 100, starved: 0, waited: 0 });
  t.same(measured({ ms: 100 }, { ms: 50 }), { taken: 150, cpu: 0, starved: 0, waited: 0 });
  t.same(measured({ ms: 100, cpu: 30 }), { taken: 100, cpu: 30, starved: 0, waited: 0 });
});

t.test('time in which it was kept from running does not count', async (t) => {
  t.same(measured({ ms: 100, cpu: 10, state: 'R' }), { taken: 10, cpu: 10, starved: 90, waited: 0 }, 'no CPU');
  t.same(measured({ ms: 100, cpu: 10, state: 'D' }), { taken: 10, cpu: 10, starved: 0, waited: 90 }, 'a disk');
  for (const state of ['T', 't'])
    t.same(measured({ ms: 100, cpu: 10, state }), { taken: 10, cpu: 10, starved: 0, waited: 0 }, 'stopped');
  t.same(
    measured({ ms: 100, cpu: 10, excused: true }),
    { taken: 10, cpu: 10, starved: 0, waited: 0 },
    "a caller's memory",
  );
});

t.test('a long interval without a measurement counts only as far as the thread computed', async (t) => {
  t.same(measured({ ms: 60_000 }), { taken: 200, cpu: 0, starved: 0, waited: 0 }, 'the process was stopped');
  t.same(measured({ ms: 60_000, cpu: 5_000 }), { taken: 5_000, cpu: 5_000, starved: 0, waited: 0 });
});

t.test('unreadable sources are left out of the measurement', async (t) => {
  t.same(measured({ ms: 100, cpu: undefined, state: 'R' }), { taken: 100, cpu: 0, starved: 0, waited: 0 }, 'CPU time');
  t.same(measured({ ms: 100, cpu: 10, state: undefined }), { taken: 10, cpu: 10, starved: 90, waited: 0 }, 'the state');
});

t.test('this thread runs, and there is no thread 0', async (t) => {
  t.equal(threadState(gettid()), 'R');
  t.equal(threadState(0), '');
});
