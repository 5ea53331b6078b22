import t from 'tap';
import { isRunnable, Patience } from '../../../src/daemon/main-thread/patience.ts';
import { gettid } from '../../../src/linux/thread.ts';

/** Looks every 50 ms for at most `most` ms, with so much CPU time in each; when it was over. */
function overAfter(limit: number, { cpu, runnable, every = 50 }: { cpu: number; runnable: boolean; every?: number }) {
  let [now, used] = [0, 0];
  const options = { thread: 1, cpuTime: () => used, now: () => now, isRunnable: () => runnable };
  const patience = new Patience(limit, options);
  while (now < 1e6) {
    now += every;
    used += cpu;
    if (patience.isOver()) return now;
  }
  return undefined;
}

t.test('a thread that sleeps or that computes gets its time, one that starves more, but not for ever', async (t) => {
  t.equal(overAfter(2_000, { cpu: 0, runnable: false }), 2_000, 'waits in a system call');
  t.equal(overAfter(2_000, { cpu: 50, runnable: true }), 2_000, 'computes');
  t.equal(overAfter(2_000, { cpu: 5, runnable: true }), 20_000, 'gets a tenth of a CPU');
  t.equal(overAfter(2_000, { cpu: 0, runnable: true }), 60_000, 'gets nothing');
  t.equal(overAfter(2_000, { cpu: 0, runnable: false, every: 1_000 }), 10_000, 'who waits is held up itself');
});

t.test('this thread runs, and there is no thread 0', async (t) => {
  t.equal(isRunnable(gettid()), true);
  t.equal(isRunnable(0), false);
});
