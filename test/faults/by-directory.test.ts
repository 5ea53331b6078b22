import { join } from 'node:path';
import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { compile } from '../helpers/compile.ts';
import { fauxen, mountFauxen } from '../helpers/fauxen.ts';
import { runCommand } from '../helpers/run-command.ts';

const skip = missing('fuse', 'mount', 'root', 'gcc', 'xenHeaders');

/** The output of by-directory if no directory gives access to a file; the inherited descriptor still works. */
const refused = (asked: number) =>
  `open: -1 Permission denied\n0 of ${asked} directories answered\ninherited: 1\nroot: 1\n`;

for (const transport of ['seccomp', 'fuse']) {
  t.test(
    `run, transport ${transport}: an ioctl on a directory reaches no file that another has open`,
    { skip },
    async (t) => {
      const program = compile(t, 'by-directory.c');
      const ran = await fauxen(['run', '--transport', transport, '--', program, '/proc/xen', '/dev/xen', '/proc']);
      t.equal(ran.stdout, refused(192), ran.stderr);
      t.equal(ran.status, 0);
    },
  );
}

t.test('mount -o allow_other: an ioctl on a directory reaches no other process’s open file', { skip }, async (t) => {
  const program = compile(t, 'by-directory.c');
  const { dir } = await mountFauxen(t, ['-o', 'allow_other']);
  const ran = await runCommand(program, [dir], { env: { ...process.env, PRIVCMD: join(dir, 'privcmd') } });
  t.equal(ran.stdout, refused(64), ran.stderr);
  t.equal(ran.status, 0);
});
