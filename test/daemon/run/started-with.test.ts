import t from 'tap';
import { ignoredSignals, startedWith } from '../../../src/daemon/run/started-with.ts';

const STARTED_WITH = 'FAUXEN_STARTED_WITH';

t.test('the mask of /proc/self/status names signals', async (t) => {
  const ignored = (mask: string) => ignoredSignals({ [STARTED_WITH]: `0 ${mask} 1024 0,1,2` });
  t.same(ignored('0000000000000005'), [1, 3]);
  t.same(ignored('8000000000001000'), [13, 64]);
  for (const wrong of ['', 'x', '00000000000000001']) t.same(ignored(wrong), []);
  t.same(ignoredSignals({}), []);
});

t.test('the values in the shell lines are used unchanged', async (t) => {
  const environment = Buffer.from('A=a\nb\0a.b=\xff\0EMPTY=\0', 'latin1').toString('base64');
  t.match(
    startedWith({
      [STARTED_WITH]: '0000000000000002 0000000000000001 200 0,2,7',
      FAUXEN_ENVIRONMENT_0: environment.slice(0, 8),
      FAUXEN_ENVIRONMENT_1: environment.slice(8),
    }),
    {
      environment: ['A=a\nb', 'a.b=\xff', 'EMPTY='].map((text) => Buffer.from(text, 'latin1')),
      descriptors: [7],
      closed: [1],
      ignored: [1],
      blocked: 2n,
      fileLimit: 200,
    },
  );
});

t.test('raised limits are kept for the program', async (t) => {
  t.same(startedWith({ FAUXEN_LIMITS: ' 7:20:20 1:10240:unlimited' }).limits, [
    { resource: 7, soft: 20n, hard: 20n },
    { resource: 1, soft: 10240n, hard: 2n ** 64n - 1n },
  ]);
  t.same(startedWith({}).limits, []);
});

t.test('the defaults come from this process', async (t) => {
  const { environment, closed, ignored, fileLimit } = startedWith({});
  t.ok(environment.some((entry) => Buffer.from(entry).toString() === `PATH=${process.env.PATH}`));
  t.strictSame([closed, ignored], [[], []]);
  t.ok(fileLimit > 0);
});
