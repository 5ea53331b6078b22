import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { compile } from '../helpers/compile.ts';
import { fauxen } from '../helpers/fauxen.ts';

const skip = missing('fuse', 'mount', 'root', 'gcc', 'xenHeaders', 'userfaultfd');

for (const transport of ['fuse', 'auto']) {
  t.test(
    `transport ${transport}: a call survives if any of its arguments is in a page that is served late`,
    { skip },
    async (t) => {
      const program = compile(t, 'unserved-arguments.c', ['-pthread']);
      const { stdout, stderr } = await fauxen(['run', '--transport', transport, '--', program, '150'], {
        timeout: 60_000,
      });
      const [returned, others, afterwards] = stdout.split('\n');
      t.equal(returned, '30 of 30 returned', stderr);
      t.match(others, /^others: 0 strange answers/);
      t.equal(afterwards, 'afterwards: 262161');
      t.comment(others, stderr);
    },
  );
}
