import t from 'tap';
import { missing } from '../../helpers/capabilities.ts';
import { compile } from '../../helpers/compile.ts';
import { fauxen } from '../../helpers/fauxen.ts';

t.test(
  'a grant that is mapped for reading cannot be written, whatever mprotect is asked for',
  { skip: missing('fuse', 'root', 'mount', 'ptrace', 'gcc') },
  async (t) => {
    const { stdout, stderr } = await fauxen(['run', '--', compile(t, 'readonly-grants.c')]);
    const refused = 'reads granted, mprotect Permission denied, signal 11\nthe granter reads granted';
    t.equal(
      stdout,
      `a grant for reading, mapped for reading: ${refused}
a grant for reading, mapped for writing: mmap: Invalid argument
the granter reads granted
a grant for writing, mapped for reading: ${refused}
a grant for writing, mapped for writing: reads granted, mprotect done, written
the granter reads Xranted
`,
      stderr,
    );
  },
);

t.test(
  'under strace a grant that is mapped later is read as well: nothing was read ahead',
  { skip: missing('fuse', 'root', 'mount', 'ptrace', 'strace', 'gcc') },
  async (t) => {
    const program = compile(t, 'later-grants.c');
    const { status, stdout, stderr } = await fauxen(['run', '--', 'strace', '-f', '-o', '/dev/null', program]);
    t.equal(stdout, 'grant 1 at 0: page 1\ngrant 2 at 4096: page 2\n', stderr);
    t.equal(status, 0);
  },
);
