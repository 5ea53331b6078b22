import t from 'tap';
import { ignoredSignals } from '../../../src/daemon/run/ignored-signals.ts';

t.test('the mask of /proc/self/status names signals', async (t) => {
  t.same(ignoredSignals('0000000000000005'), [1, 3]);
  t.same(ignoredSignals('8000000000001000'), [13, 64]);
  for (const wrong of ['', 'x', '00000000000000001', undefined]) t.same(ignoredSignals(wrong), []);
});
