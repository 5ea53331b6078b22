import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { compile } from '../helpers/compile.ts';
import { fauxen } from '../helpers/fauxen.ts';

const HOLD_S = 8;

for (const transport of ['seccomp', 'fuse', 'seccomp-only']) {
  t.test(
    `transport ${transport}: a page fault that nobody serves does not keep other callers waiting`,
    { skip: missing('fuse', 'mount', 'root', 'gcc', 'xenHeaders', 'userfaultfd') },
    async (t) => {
      const program = compile(t, 'unserved-page.c', ['-pthread']);
      const { stdout, status, stderr } = await fauxen(
        ['run', '--transport', transport, '--', program, String(HOLD_S)],
        {
          timeout: 60_000,
        },
      );
      const [, waited] = /^others: some got EIO, 0 strange answers, the longest wait (\S+) s$/m.exec(stdout) ?? [];
      t.ok(Number(waited) < HOLD_S - 2, stdout); // one second, and what a busy machine adds
      t.match(stdout, 'the call that was stuck: 0\n');
      t.match(stdout, /^afterwards: 262161$/m);
      t.match(stderr, 'EIO');
      t.equal(status, 0);
    },
  );
}
