import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { CallerMemory } from '../../src/caller/memory.ts';
import { addressOf } from '../../src/linux/libc.ts';
import { missing } from '../helpers/capabilities.ts';
import { compile } from '../helpers/compile.ts';
import { mountFauxen } from '../helpers/fauxen.ts';
import { checkout } from '../helpers/source-files.ts';

const BUSY_MS = 3_000;

t.test(
  'a caller that is killed in mid-call stays until the call is answered: its id means nobody else meanwhile',
  {
    skip: missing('mount', 'root', 'gcc', 'xenHeaders'),
  },
  async (t) => {
    const file = join(t.testdir({}), 'slow.ts');
    const began = join(t.testdir({}), 'began');
    writeFileSync(
      file,
      `import { writeFileSync } from 'node:fs';
import { defineHypercall } from 'fauxen';
export default defineHypercall({
  name: 'slow',
  number: 100,
  handler() {
    writeFileSync(${JSON.stringify(began)}, '');
    for (const end = Date.now() + ${BUSY_MS}; Date.now() < end; );
    return 0;
  },
});
`,
    );
    const mount = await mountFauxen(t, ['--hypercalls', file, '--handler-timeout', '10']);
    const ask = compile(t, join(checkout, 'test/programs/ask.c'));
    const env = { ...process.env, PRIVCMD: join(mount.dir, 'privcmd') };
    const caller = spawn(ask, ['100'], { env, stdio: 'ignore' });
    const ended = once(caller, 'exit');
    for (const end = Date.now() + 20_000; !existsSync(began) && Date.now() < end; ) await sleep(5);
    const start = Date.now();
    caller.kill('SIGKILL');
    const first = await Promise.race([ended.then(() => 'ended'), sleep(BUSY_MS / 2).then(() => 'there')]);
    t.equal(first, 'there', 'while its handler runs');
    t.ok(existsSync(`/proc/${caller.pid}`));
    t.same(await ended, [null, 'SIGKILL']);
    t.ok(Date.now() - start < 20_000, 'and ends then');
  },
);

t.test('nothing is copied for thread id 0, which stands for threads outside this pid namespace', async (t) => {
  const bytes = Buffer.alloc(8);
  const memory = new CallerMemory();
  t.equal(memory.attach(process.pid).read(addressOf(bytes), Buffer.alloc(8), 0, 8), 8, 'another id does');
  memory.attach(0);
  t.equal(memory.read(addressOf(bytes), Buffer.alloc(8), 0, 8), 0);
  t.equal(memory.write(addressOf(bytes), Buffer.alloc(8), 0, 8), 0);
});
