import t from 'tap';
import { Hook } from '../../src/xen/hook.ts';

t.test('listeners run in the order in which they were added, and not after removal', (t) => {
  const hook = new Hook<number, string>();
  const heard: string[] = [];
  t.notOk(hook.used);
  const stop = hook.add((number, text) => heard.push(`first ${number} ${text}`));
  hook.add((number) => heard.push(`second ${number}`));
  hook.run(1, 'a');
  stop();
  hook.run(2, 'b');
  t.strictSame(heard, ['first 1 a', 'second 1', 'second 2']);
  t.ok(hook.used);
  t.end();
});

t.test('a listener may remove itself while it runs', (t) => {
  const hook = new Hook();
  let runs = 0;
  const stop = hook.add(() => {
    stop();
    runs += 1;
  });
  hook.add(() => {
    runs += 10;
  });
  hook.run();
  hook.run();
  t.equal(runs, 21);
  t.end();
});
