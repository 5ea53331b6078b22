import { join } from 'node:path';
import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { compile } from '../helpers/compile.ts';
import { mountFauxen } from '../helpers/fauxen.ts';
import { runCommand } from '../helpers/run-command.ts';

/** The watchdog needs 0.1 s and a failed read; the machine may be busy. */
const BOUND = 5_000;

t.test(
  'a pointer into the caller’s own mapping of dmesg ends in EFAULT, or in the bytes, and the mount goes on',
  { skip: missing('mount', 'root', 'gcc', 'xenHeaders') },
  async (t) => {
    const program = compile(t, 'faults.c', ['-pthread']);
    const mount = await mountFauxen(t);
    const env = { ...process.env, PRIVCMD: join(mount.dir, 'privcmd') };
    for (const how of ['private', 'shared']) {
      const ran = await runCommand(program, ['mapped', how], { env, timeout: BOUND });
      t.notOk(ran.timedOut, `${how}: in time`);
      t.match(
        ran.stdout,
        /^(no mapping: .*|call: -1 Bad address\ntext: (-1 Bad address|0))\nxen_version: 262161\n$/,
        how,
      );
      t.comment(`${how}: ${JSON.stringify(ran.stdout)}`);
    }
  },
);
