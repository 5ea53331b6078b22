import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import t from 'tap';
import { errno } from '../../src/linux/errno.ts';
import { eventfd } from '../../src/linux/io.ts';
import { installWakeSignal, silenceChildStops, tgkill } from '../../src/linux/signals.ts';
import { tsWorker } from '../helpers/ts-worker.ts';

for (const alarm of [false, true]) {
  t.test(`a worker that blocks in a read is woken by ${alarm ? 'its alarm' : 'another thread'}`, async (t) => {
    t.equal(installWakeSignal(), 0);
    const fd = eventfd();
    t.teardown(() => closeSync(fd));
    const worker = tsWorker(new URL('wake-worker.ts', import.meta.url), { workerData: { fd, alarm } });
    const [{ tid }] = await once(worker, 'message');
    t.not(tid, process.pid);
    await setTimeout(20);
    if (!alarm) t.equal(tgkill(process.pid, tid), 0);
    const [{ returned, milliseconds }] = await once(worker, 'message');
    t.equal(returned, -errno.EINTR);
    t.ok(milliseconds < 2000, `${milliseconds} ms`);
    await worker.terminate();
    t.equal(tgkill(process.pid, tid), -errno.ESRCH);
  });
}

t.test("a child's stop is not taken for its end, and its end is seen", async (t) => {
  const child = spawn('sleep', ['20']);
  silenceChildStops();
  child.kill('SIGSTOP');
  await setTimeout(50);
  t.match(readFileSync(`/proc/${child.pid}/status`, 'utf8'), /State:\tT/);
  t.equal(child.exitCode, null);
  child.kill('SIGKILL');
  t.same(await once(child, 'exit'), [null, 'SIGKILL']);
});
