import { closeSync, openSync } from 'node:fs';
import t from 'tap';
import { strayFile } from '../../../src/daemon/transport/stray-file.ts';

t.test('a descriptor is recognised as privcmd, another file, or not open', async (t) => {
  const other = openSync('/dev/null', 'r');
  t.same(strayFile(process.pid, other), { descriptor: other, name: '/dev/null' });
  closeSync(other);
  t.same(strayFile(process.pid, -1), { descriptor: -1, name: undefined });
  t.same(strayFile(process.pid, 4000), { descriptor: 4000, name: undefined });
  t.equal(strayFile(0, 3), undefined, 'a thread that is not visible here');
  const path = `${t.testdir({ privcmd: '' })}/privcmd`;
  const ours = openSync(path, 'r');
  t.equal(strayFile(process.pid, ours), undefined);
  closeSync(ours);
});
