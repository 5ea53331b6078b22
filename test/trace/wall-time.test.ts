import t from 'tap';
import { WallTime } from '../../src/trace/wall-time.ts';

t.test('the time of day at a moment of the monotonic clock, before and after the wall clock is set', (t) => {
  const { now } = Date;
  t.teardown(() => {
    Date.now = now;
  });
  const time = new WallTime();
  const at = performance.now();
  t.ok(Math.abs(time.at(at) - now()) < 1_000, 'agrees with the wall clock');
  t.equal(Math.round(1000 * (time.at(at + 0.25) - time.at(at))), 250, 'and is finer than that');
  for (const shift of [3_600_000, -86_400_000]) {
    Date.now = () => now() + shift;
    t.ok(Math.abs(time.at(performance.now()) - (now() + shift)) < 1_000, `follows it by ${shift} ms`);
  }
  t.end();
});
