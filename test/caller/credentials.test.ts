import t from 'tap';
import { describeCaller } from '../../src/caller/credentials.ts';
import { compile, Reader } from './program.ts';

t.test('a caller is described; after it has ended, only its id is known', async (t) => {
  const reader = await Reader.start(compile('reader'), 1);
  t.same(describeCaller(reader.tid), {
    tid: reader.tid,
    pid: reader.pid,
    uid: process.geteuid!(),
    gid: process.getegid!(),
    comm: 'reader',
  });
  reader.kill();
  await reader.ended;
  t.same(describeCaller(reader.tid), { tid: reader.tid });
});
