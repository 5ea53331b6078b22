// Failures around Debian's tools: each gives a clear message, and the next command works.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { cli } from '../helpers/fauxen.ts';
import { bashInDom0, withoutTools } from '../helpers/in-dom0.ts';
import { processesWith } from '../helpers/processes.ts';

const skip = withoutTools;
/** Enough for two daemons to start on a busy machine. */
const timeout = 50_000;

/** In the environment of everything that this file starts. */
const mark = `FAUXEN_FAULTS_TEST=${process.pid}`;
const env = { ...process.env, FAUXEN_FAULTS_TEST: String(process.pid) };

const run = (script: string, options: string[] = []) => bashInDom0(script, options, env);

const dom0 = /^Domain-0 +0 +1024 +2 +r-----/m;

t.test('killing xenstored while a tool waits for it gives a clear message', { skip }, async (t) => {
  const { stdout, stderr } = await run(
    `xl shutdown -w nightly > /run/xl 2>&1 & # paused: it does not answer
     waiting=$!
     until [ "$(xenstore-read /local/domain/3/control/shutdown)" = poweroff ]; do sleep 0.1; done
     kill -9 "$(cat /run/xenstore.pid)"
     xl domid web; echo "with status $?"
     xl dmesg | tail -1
     kill -0 $waiting && kill $waiting # xl itself goes on waiting for a minute`,
    ['--scenario', 'examples/scenarios/small.yaml'],
  );
  t.match(stdout, /with status 1\n\(XEN\) /);
  t.match(stderr, /xenstored has ended: tools that wait for it may wait for ever, as on Xen/);
  t.match(stderr, /^Can't get domid of domain name 'web'/m);
  t.strictSame(processesWith(mark), [], 'nothing outlives the run');
  t.match((await run('xl list')).stdout, dom0, 'the next run');
});

t.test('if fauxen is killed, its processes end, including dom0’s daemons', { skip }, async (t) => {
  const command = ['run', '--toolstack', '--', 'sh', '-c', 'echo up; exec sleep 1000'];
  const stdio: ['ignore', 'pipe', 'inherit'] = ['ignore', 'pipe', 'inherit'];
  const child = spawn(process.execPath, [cli, ...command], { stdio, env, detached: true });
  t.teardown(() => child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  t.ok(processesWith(mark).length >= 4, 'fauxen, the program, xenstored and xenconsoled');
  child.kill('SIGKILL');
  await once(child, 'exit');
  for (const end = Date.now() + timeout; processesWith(mark).length > 0 && Date.now() < end; ) {
    await sleep(50);
  }
  t.strictSame(processesWith(mark), []);
});

t.test('killing tools in the middle of their calls does no harm', { skip }, async (t) => {
  const { stdout, stderr, status } = await run(
    `for delay in 0 0.01 0.02 0.03 0.05 0.08 0.12 0.2 0.3 0.5; do
       for tool in 'xl list' 'xl info' 'xentop -b -i 1' 'xenstore-ls' 'test-resource'; do
         PATH=$PATH:/usr/lib/xen-4.17/bin $tool > /dev/null 2>&1 & victims="$victims $!"
       done
       sleep $delay
       kill -9 $victims 2> /dev/null; victims=
     done
     wait # a victim that is still held somewhere would hold this up
     xl list`,
  );
  t.match(stdout, dom0);
  const said = stderr.split('\n').filter((line) => line !== '' && !/ Killed /.test(line));
  t.strictSame(said, [], 'only bash has something to say');
  t.equal(status, 0);
});
