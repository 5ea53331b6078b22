import t from 'tap';
import { missing } from '../../helpers/capabilities.ts';
import { compile } from '../../helpers/compile.ts';
import { fauxen } from '../../helpers/fauxen.ts';

t.test(
  'a pointer into a mapping of a Fauxen file gets EFAULT, and the mount goes on',
  {
    skip: missing('mount', 'gcc'),
  },
  async (t) => {
    const program = compile(t, 'test/daemon/programs/self-mapping.c');
    for (const transport of ['fuse', 'auto']) {
      const { stdout, status, stderr } = await fauxen(['run', '--transport', transport, '--', program]);
      t.equal(status, 0, stderr);
      t.equal(stdout, 'hypercall: Bad address\ncapabilities: control_d\n', transport);
    }
  },
);
