import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { compile } from '../helpers/compile.ts';
import { fauxen } from '../helpers/fauxen.ts';

const skip = missing('fuse', 'mount', 'gcc', 'xenHeaders');

t.test('every mapping of /dev/xen/hypercall is a separate buffer, with and without a mount', { skip }, async (t) => {
  const program = compile(t, 'hypercall-buffers.c');
  for (const transport of ['auto', 'seccomp-only']) {
    const { status, stdout, stderr } = await fauxen(['run', '--quiet', '--transport', transport, '--', program]);
    t.equal(stdout, '0\n0\nxen-3.0 .7 0\n-1 Inappropriate ioctl for device\n', `${transport}: ${stderr}`);
    t.equal(status, 0);
  }
});

t.test('a guest has /dev/xen/hypercall too', { skip }, async (t) => {
  const { stdout } = await fauxen(['run', '--quiet', '--domain', '1', '--', 'ls', '/dev/xen']);
  t.match(stdout.split('\n'), ['evtchn', 'gntalloc', 'gntdev', 'hypercall', 'privcmd', 'xenbus']);
});
