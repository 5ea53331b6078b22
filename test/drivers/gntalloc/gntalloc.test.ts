import t from 'tap';
import { missing } from '../../helpers/capabilities.ts';
import { compile } from '../../helpers/compile.ts';
import { fauxen } from '../../helpers/fauxen.ts';

const skip = missing('fuse', 'root', 'mount', 'ptrace', 'gcc', 'xenHeaders');

t.test(
  'pages of gntalloc: refused arguments, coherence both ways, freeing after the last user, notifications',
  { skip },
  async (t) => {
    const program = compile(t, 'gntalloc.c', ['-Wno-unused-function', '-lxenctrl', '-lxengnttab', '-lxenevtchn']);
    const { status, stdout, stderr } = await fauxen(['run', '--', program], { timeout: 55_000 });
    for (const line of stdout.split('\n')) if (line.startsWith('not ok')) t.fail(line);
    t.match(stdout, /^done$/m, stderr);
    t.equal(status, 0);
  },
);
