import t from 'tap';
import { Patience } from '../../../src/daemon/main-thread/patience.ts';

/** Checks every 50 ms, up to `most` ms, with that much CPU time in each interval; returns when patience ended. */
function overAfter(limit: number, { cpu, state, every = 50 }: { cpu: number; state: string; every?: number }) {
  let [now, used] = [0, 0];
  const options = { thread: 1, cpuTime: () => used, now: () => now, stateOf: () => state };
  const patience = new Patience(limit, options);
  while (now < 1e6) {
    now += every;
    used += cpu;
    if (patience.isOver()) return now;
  }
  return undefined;
}

t.test('a sleeping or computing thread gets the normal time, a starving one up to a limit more', async (t) => {
  t.equal(overAfter(2_000, { cpu: 0, state: 'S' }), 2_000, 'waits in a system call');
  t.equal(overAfter(2_000, { cpu: 50, state: 'R' }), 2_000, 'computes');
  t.equal(overAfter(2_000, { cpu: 5, state: 'R' }), 20_000, 'gets a tenth of a CPU');
  t.equal(overAfter(2_000, { cpu: 0, state: 'R' }), 60_000, 'gets nothing');
  t.equal(overAfter(2_000, { cpu: 0, state: 'S', every: 1_000 }), 10_000, 'who waits is held up itself');
});
