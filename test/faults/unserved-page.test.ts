import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { errorCode } from '../../src/linux/system-error.ts';
import { missing } from '../helpers/capabilities.ts';
import { compile } from '../helpers/compile.ts';
import { fauxen, mountFauxen } from '../helpers/fauxen.ts';

const HOLD_S = 8;

const skip = missing('fuse', 'mount', 'root', 'gcc', 'xenHeaders', 'userfaultfd');

t.test('a run that joins a mount waits until the mount answers again', { skip }, async (t) => {
  const { dir } = await mountFauxen(t);
  const privcmd = join(dir, 'privcmd');
  const program = compile(t, 'unserved-page.c', ['-pthread']);
  const child = spawn(program, ['5'], { env: { ...process.env, PRIVCMD: privcmd }, stdio: 'ignore' });
  t.teardown(() => child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  let refusal: string | undefined;
  for (const end = Date.now() + 20_000; refusal === undefined && Date.now() < end; await sleep(20))
    try {
      statSync(privcmd);
    } catch (error) {
      refusal = errorCode(error);
    }
  t.equal(refusal, 'EIO');
  const joined = await fauxen(['run', '--at', dir, '--', 'true'], { timeout: 60_000 });
  t.equal(joined.status, 0, joined.stderr);
  await ended;
});

for (const transport of ['seccomp', 'fuse', 'seccomp-only']) {
  t.test(
    `transport ${transport}: a page fault that is never served does not keep other callers waiting`,
    { skip },
    async (t) => {
      const program = compile(t, 'unserved-page.c', ['-pthread']);
      const { stdout, status, stderr } = await fauxen(
        ['run', '--transport', transport, '--', program, String(HOLD_S)],
        {
          timeout: 60_000,
        },
      );
      const [, waited] = /^others: some got EIO, 0 strange answers, the longest wait (\S+) s$/m.exec(stdout) ?? [];
      t.ok(Number(waited) < HOLD_S - 2, stdout); // one second, plus the delay of a busy machine
      t.match(stdout, 'the call that was stuck: 0\n');
      t.match(stdout, /^afterwards: 262161$/m);
      t.match(stderr, 'EIO');
      t.equal(status, 0);
    },
  );
}
