import t from 'tap';
import { parseSpin, Spin } from '../../src/daemon/spin.ts';

/** Waits `count` times: in which of them it spun. In vain each time, or with a request at once. */
function waits(spin: Spin, count: number, inVain: boolean): number[] {
  const spun: number[] = [];
  for (let i = 0; i < count; i++) {
    if (!spin.worthIt()) continue;
    spun.push(i);
    if (inVain) while (!spin.over());
    else spin.hit();
  }
  return spun;
}

t.test('--spin takes auto, off or microseconds', (t) => {
  t.equal(parseSpin('auto'), 'auto');
  t.equal(parseSpin('off'), 'off');
  t.equal(parseSpin('50'), 50);
  for (const wrong of ['', 'on', '-1', '1.5', '10000000']) t.equal(parseSpin(wrong), undefined, wrong);
  t.end();
});

t.test('off and 0 never spin', (t) => {
  t.strictSame(waits(new Spin('off', () => 2), 100, false), []);
  t.strictSame(waits(new Spin(0, () => 2), 100, false), []);
  t.end();
});

t.test('goes on while calls come', (t) => {
  t.equal(waits(new Spin('auto', () => 2), 1_000, false).length, 992, 'all but the first eight');
  t.end();
});

t.test('rests longer and longer while it is in vain', (t) => {
  const spin = new Spin('auto', () => 2);
  t.strictSame(waits(spin, 60, true), [8, 17, 34], 'after 8, 8, 16 requests, and then 32');
  t.ok(waits(spin, 100_000, true).length < 110, 'at most one in 1,024');
  waits(spin, 1_025, false);
  t.strictSame(waits(spin, 10, true), [0, 9], 'a hit counts as new courage');
  t.end();
});

t.test('never spins on one CPU', (t) => {
  t.strictSame(waits(new Spin('auto', () => 1), 10_000, false), []);
  t.end();
});

t.test('notices when it is held to one CPU later', (t) => {
  let cpus = 2;
  const spin = new Spin('auto', () => cpus);
  t.equal(waits(spin, 100, false).length, 92);
  cpus = 1;
  t.equal(waits(spin, 10_000, true).length, 1, 'once in vain, then it looks');
  t.end();
});
