import t from 'tap';
import { parseSpin, Spin } from '../../src/daemon/spin.ts';

t.test('--spin takes auto, off or microseconds', (t) => {
  t.equal(parseSpin('auto'), 'auto');
  t.equal(parseSpin('off'), 'off');
  t.equal(parseSpin('50'), 50);
  for (const wrong of ['', 'on', '-1', '1.5', '10000000']) t.equal(parseSpin(wrong), undefined, wrong);
  t.end();
});

t.test('off never spins', (t) => {
  const spin = new Spin('off', () => 2);
  for (let i = 0; i < 100; i++) t.notOk(spin.worthIt());
  t.end();
});

t.test('spins when calls come densely, and rests after it was in vain', (t) => {
  let now = 1_000;
  const spin = new Spin(
    100,
    () => 2,
    () => now,
  );
  const call = () => {
    now += 0.05;
    return spin.worthIt();
  };
  let before = 0;
  while (!call()) before++;
  t.ok(before >= 7, `${before} calls came first`);
  spin.hit();
  t.ok(call(), 'goes on');
  t.notOk(spin.over());
  now += 0.11;
  t.ok(spin.over(), '100 µs later');
  const rested = Array.from({ length: 64 }, call);
  t.notOk(rested.includes(true), 'rests');
  now += 10;
  t.notOk(call(), 'sparse calls');
  t.end();
});

t.test('never spins on one CPU', (t) => {
  let now = 1_000;
  const spin = new Spin(
    'auto',
    () => 1,
    () => now,
  );
  for (let i = 0; i < 1000; i++) {
    now += 0.01;
    t.notOk(spin.worthIt());
  }
  t.end();
});
