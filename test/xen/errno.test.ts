import { constants } from 'node:os';
import t from 'tap';
import { errno } from '../../src/xen/errno.ts';

t.test("Xen's error numbers are those of Linux", (t) => {
  const linux: Readonly<Record<string, number>> = constants.errno;
  const shared = Object.entries(errno).filter(([name]) => name in linux);
  t.ok(shared.length > 70);
  for (const [name, number] of shared) t.equal(number, linux[name], name);
  t.end();
});

t.test('no two names have the same number, except aliases', (t) => {
  const aliases = ['EWOULDBLOCK', 'EDEADLOCK', 'ENOTSUP'];
  const numbers = Object.entries(errno).filter(([name]) => !aliases.includes(name));
  t.equal(new Set(numbers.map(([, number]) => number)).size, numbers.length);
  t.end();
});
