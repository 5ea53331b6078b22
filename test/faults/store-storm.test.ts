import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { compile } from '../helpers/compile.ts';
import { fauxen } from '../helpers/fauxen.ts';

const skip = missing('fuse', 'root', 'gcc', 'xenHeaders', 'xenTools', 'xenstored');
const KINDS = ['watches', 'reads', 'transactions', 'long', 'opens'];

t.test('clients that flood xenbus do not delay other clients’ answers', { skip }, async (t) => {
  const program = compile(t, 'store-storm.c', ['-Wno-unused-function']);
  const { stdout, stderr, status, timedOut } = await fauxen(['run', '--toolstack', '--', program, '5', ...KINDS], {
    timeout: 100_000,
  });
  t.equal(timedOut, false);
  t.match(stdout, /^others' calls: some, 0 wrong$/m, stderr);
  t.match(stdout, /^others' requests: some, 0 wrong$/m, stderr);
  t.equal(status, 0);
});
