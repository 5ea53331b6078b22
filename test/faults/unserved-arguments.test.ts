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

t.test(
  'calls other than ioctl, whose buffers and paths are in such pages, hold up nobody else',
  { skip },
  async (t) => {
    const program = compile(t, 'unserved-buffers.c', ['-pthread']);
    for (const transport of ['fuse', 'auto']) {
      const { stdout } = await fauxen(['run', '-q', '--transport', transport, '--', program, '2'], { timeout: 60_000 });
      const [others, ...rest] = stdout.split('\n');
      t.equal(others, 'others: some calls, 0 refused, 0 strange', transport);
      t.same(rest, ['returned before: 0', 'returned in the end: 14 of 14', 'afterwards: 262161', '']);
    }
  },
);
