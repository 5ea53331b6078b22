import t from 'tap';
import { Spin } from '../../../src/daemon/transport/spin.ts';
import { parseSpin } from '../../../src/daemon/transport/spin-setting.ts';

/** A spin on a machine where a request takes that many microseconds, and how often it spun in `count` requests. */
function machine({
  without,
  with: spinning,
  cpus = 2,
  inVain = false,
}: {
  without: number;
  with: number;
  cpus?: number;
  inVain?: boolean;
}) {
  let now = 1_000;
  const spin = new Spin(
    'auto',
    () => cpus,
    () => now,
  );
  const spun = (count: number) => {
    let spins = 0;
    for (let i = 0; i < count; i++) {
      const worthIt = spin.worthIt();
      now += (worthIt ? spinning : without) / 1000;
      if (!worthIt) continue;
      spins++;
      if (inVain) while (!spin.over());
    }
    return spins;
  };
  return { spin, spun };
}

t.test('--spin accepts auto, off or microseconds', (t) => {
  t.equal(parseSpin('auto'), 'auto');
  t.equal(parseSpin('off'), 'off');
  t.equal(parseSpin('50'), 50);
  for (const wrong of ['', 'on', '-1', '1.5', '10000000']) t.equal(parseSpin(wrong), undefined, wrong);
  t.end();
});

t.test('off and 0 never spin', (t) => {
  for (const setting of ['off', 0] as const) {
    const spin = new Spin(setting, () => 2);
    t.notOk(Array.from({ length: 1_000 }, () => spin.worthIt()).includes(true));
  }
  t.end();
});

t.test('spins where a trial shows that it helps', (t) => {
  const { spun } = machine({ without: 70, with: 35 });
  t.equal(spun(255), 0, 'first some requests without');
  t.equal(spun(10_000), 10_000);
  t.ok(spun(100_000) > 97_000, 'and looks again whether it still does');
  t.end();
});

t.test('does not spin where a trial shows that it does not help', (t) => {
  t.ok(machine({ without: 70, with: 65 }).spun(100_000) < 2_000);
  t.end();
});

t.test('never spins where both sides share a CPU, calls are slow, or there is one CPU', (t) => {
  t.equal(machine({ without: 5, with: 30 }).spun(100_000), 0, 'share a CPU');
  t.equal(machine({ without: 20_000, with: 1 }).spun(10_000), 0, 'slow');
  t.equal(machine({ without: 70, with: 35, cpus: 1 }).spun(100_000), 0, 'one CPU');
  t.end();
});

t.test('ends a useless trial early', (t) => {
  t.equal(machine({ without: 70, with: 35, inVain: true }).spun(10_000), 16);
  t.end();
});
