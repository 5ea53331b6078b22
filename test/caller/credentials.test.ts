import t from 'tap';
import { callerWordSize, describeCaller } from '../../src/caller/credentials.ts';
import { missing } from '../helpers/capabilities.ts';
import { compile, Reader } from './program.ts';

for (const [flags, wordSize] of [
  [[], 8],
  [['-static'], 8],
  [['-m32', '-static'], 4],
] as const) {
  const skip = wordSize === 4 && missing('multilib', 'ia32');
  t.test(`a program of ${wordSize} byte words is known, ${flags.join(' ') || 'dynamic'}`, { skip }, async (t) => {
    const path = compile('reader', ...flags);
    const reader = await Reader.start(path, 1);
    t.same(describeCaller(reader.tid), {
      tid: reader.tid,
      pid: reader.pid,
      uid: process.geteuid!(),
      gid: process.getegid!(),
      comm: `reader${flags.join('')}`.slice(0, 15),
      exe: path,
      wordSize,
    });
    reader.kill();
    await reader.ended;
    t.same(describeCaller(reader.tid), { tid: reader.tid }, 'it has ended');
  });
}

t.test('a kernel thread has no word size', (t) => {
  t.equal(callerWordSize(2), undefined);
  t.end();
});
