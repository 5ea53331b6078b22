import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import t from 'tap';
import { errno } from '../../src/linux/errno.ts';
import { installWakeSignal, silenceChildStops, tgkill, WAKE_SIGNAL } from '../../src/linux/signals.ts';
import { tsWorker } from '../helpers/ts-worker.ts';
import { eventfd } from './eventfd.ts';

for (const alarm of [false, true]) {
  t.test(`a worker that blocks in a read is woken by ${alarm ? 'its alarm' : 'another thread'}`, async (t) => {
    t.equal(installWakeSignal(), 0);
    const fd = eventfd();
    t.teardown(() => closeSync(fd));
    const worker = tsWorker(new URL('wake-worker.ts', import.meta.url), { workerData: { fd, alarm } });
    const [{ tid }] = await once(worker, 'message');
    t.not(tid, process.pid);
    // Sent repeatedly: a signal that arrives before the thread blocks is lost.
    const timer = alarm ? undefined : setInterval(() => t.equal(tgkill(process.pid, tid), 0), 20);
    const [{ returned }] = await once(worker, 'message');
    clearInterval(timer);
    t.equal(returned, -errno.EINTR);
    await worker.terminate();
    t.equal(tgkill(process.pid, tid), -errno.ESRCH);
  });
}

t.test("a child's stop is not taken for its end, and its end is seen", async (t) => {
  const child = spawn('sleep', ['20']);
  silenceChildStops();
  child.kill('SIGSTOP');
  const status = () => readFileSync(`/proc/${child.pid}/status`, 'utf8');
  for (let tries = 0; tries < 1_000 && !/State:\tT/.test(status()); tries += 1) await setTimeout(10);
  t.match(status(), /State:\tT/);
  t.equal(child.exitCode, null);
  child.kill('SIGKILL');
  t.same(await once(child, 'exit'), [null, 'SIGKILL']);
});

t.test('the wake signal does not queue up in a thread that cannot take it', async (t) => {
  const child = spawn('sleep', ['20']);
  t.teardown(() => child.kill('SIGKILL'));
  child.kill('SIGSTOP');
  const field = (name: string) =>
    new RegExp(`^${name}:\\s+(.*)$`, 'm').exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? '';
  for (let tries = 0; tries < 1_000 && !field('State').startsWith('T'); tries += 1) await setTimeout(10);
  const queued = () => Number(field('SigQ').split('/')[0]);
  const before = queued();
  const pid = child.pid ?? 0;
  for (let times = 0; times < 5_000; times += 1) tgkill(pid, pid, WAKE_SIGNAL);
  t.equal(Number.parseInt(field('SigPnd'), 16), 2 ** (WAKE_SIGNAL - 1), 'it is pending');
  t.ok(queued() - before < 2_500, `${queued() - before} more are queued`);
});
