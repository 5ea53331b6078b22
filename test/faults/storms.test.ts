import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { compile } from '../helpers/compile.ts';
import { fauxen } from '../helpers/fauxen.ts';

const skip = missing('fuse', 'mount', 'root', 'gcc', 'xenHeaders');

for (const transport of ['fuse', 'auto']) {
  t.test(
    `transport ${transport}: storms of events, polls and resets do not affect other callers`,
    { skip },
    async (t) => {
      const program = compile(t, 'storms.c');
      const { stdout, stderr } = await fauxen(['run', '--transport', transport, '--', program, '2'], {
        timeout: 60_000,
      });
      t.equal(stdout, 'wrong: 0\nafterwards: 262161\n', stderr);
      t.equal(stderr, '');
    },
  );
}
