// A `fauxen run` that is killed leaves nothing behind, at any moment.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { setImmediate as immediate, setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { cli, fauxen as runFauxen } from '../helpers/fauxen.ts';
import { PATIENCE } from '../helpers/run-command.ts';

const ROUNDS = 12;
/** A busy machine makes fewer rounds. */
const TIME_MS = 5_000;
/** The child takes some milliseconds to make its view; each round kills a little later. */
const STEP_MS = 0.4;

/** The first child of a process's main thread; 0 if there is none. */
const childOf = (pid: number | undefined) =>
  Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').split(' ')[0]);

/** Whether a process runs and is not a zombie. */
function runs(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat[stat.lastIndexOf(')') + 2] !== 'Z';
  } catch {
    return false;
  }
}

async function ends(pid: number): Promise<boolean> {
  for (const limit = Date.now() + PATIENCE; Date.now() < limit; await sleep(20)) if (!runs(pid)) return true;
  return false;
}

const skip = existsSync(`/proc/self/task/${process.pid}/children`) ? missing('mount') : 'CONFIG_PROC_CHILDREN';

for (const transport of ['auto', 'fuse']) {
  t.test(`killed while its child makes the view (--transport ${transport}), the child ends`, { skip }, async (t) => {
    const over = Date.now() + TIME_MS;
    for (let round = 0; round < ROUNDS && (round === 0 || Date.now() < over); round++) {
      const fauxen = spawn(process.execPath, [cli, 'run', '--transport', transport, '--', 'sleep', '60'], {
        stdio: 'ignore',
      });
      t.teardown(() => fauxen.kill('SIGKILL'));
      let child = 0;
      for (const limit = Date.now() + PATIENCE; child === 0 && Date.now() < limit; await immediate())
        child = childOf(fauxen.pid);
      for (const begin = performance.now(); performance.now() < begin + round * STEP_MS; );
      fauxen.kill('SIGKILL');
      t.ok(child > 0 && (await ends(child)), `round ${round}`);
    }
  });
}

t.test('killed later, the program’s background processes end too', { skip }, async (t) => {
  const script = 'setsid sleep 60 & echo $!; wait';
  const fauxen = spawn(process.execPath, [cli, 'run', '--', 'sh', '-c', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.teardown(() => fauxen.kill('SIGKILL'));
  const [said] = await once(fauxen.stdout.setEncoding('utf8'), 'data');
  const left = Number(said);
  const isKept = () => {
    const children = readFileSync(`/proc/${fauxen.pid}/task/${fauxen.pid}/children`, 'latin1')
      .split(' ')
      .filter(Boolean);
    return children.some((pid) => readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('fauxen-keeper'));
  };
  for (const limit = Date.now() + PATIENCE; !isKept() && Date.now() < limit; ) await sleep(20);
  t.ok(runs(left));
  fauxen.kill('SIGKILL');
  t.ok(await ends(left));
});

t.test('when the program ends, its background processes continue without a keeper', { skip }, async (t) => {
  const script = 'setsid sleep 60 >&- 2>&- & echo $!; sleep 1';
  const { stdout } = await runFauxen(['run', '--', 'sh', '-c', script]);
  const left = Number(stdout);
  t.teardown(() => process.kill(left, 'SIGKILL'));
  await sleep(500);
  t.ok(runs(left));
});
