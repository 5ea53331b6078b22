import { spawn } from 'node:child_process';
import t from 'tap';
import { errno } from '../../../src/linux/errno.ts';
import { addressOf } from '../../../src/linux/libc.ts';
import { readProcessMemory, writeProcessMemory } from '../../../src/linux/process/process-memory.ts';

t.test('copies between two places of this process, at any alignment', (t) => {
  const there = Uint8Array.from({ length: 10_000 }, (_, i) => i & 0xff);
  const here = new Uint8Array(10_000);
  t.equal(readProcessMemory(process.pid, addressOf(there) + 3, here, 5, 9000), 9000);
  t.same(here.subarray(5, 9005), there.subarray(3, 9003));
  t.equal(here[4]! + here[9005]!, 0);
  t.equal(writeProcessMemory(process.pid, addressOf(there), Uint8Array.of(1, 2, 3), 1, 2), 2);
  t.same([...there.subarray(0, 3)], [2, 3, 2]);
  t.end();
});

t.test('the error says why nothing was copied', (t) => {
  const bytes = new Uint8Array(8);
  t.equal(readProcessMemory(process.pid, 4096, bytes, 0, 8), -errno.EFAULT);
  t.equal(readProcessMemory(2 ** 22 + 1, 4096, bytes, 0, 8), -errno.ESRCH);
  t.throws(() => readProcessMemory(process.pid, addressOf(bytes), bytes, 1, 8), RangeError);
  t.throws(() => readProcessMemory(process.pid, addressOf(bytes), bytes, Number.NaN, 1), RangeError);
  t.end();
});

t.test('costs microseconds and does not allocate', async (t) => {
  const child = spawn('sleep', ['20']);
  t.teardown(() => child.kill('SIGKILL'));
  const { readFileSync } = await import('node:fs');
  const stack = /^([0-9a-f]+)-.*\[stack\]$/m.exec(readFileSync(`/proc/${child.pid}/maps`, 'utf8'));
  const end = Number.parseInt(/-([0-9a-f]+)/.exec(stack![0]!)![1]!, 16);
  const bytes = new Uint8Array(48);
  const copy = (times: number) => {
    for (let i = 0; i < times; i++) readProcessMemory(child.pid!, end - 64, bytes, 0, 48);
  };
  t.equal(readProcessMemory(child.pid!, end - 64, bytes, 0, 48), 48);
  copy(20_000);
  const heap = process.memoryUsage().heapUsed;
  const begin = process.cpuUsage();
  copy(100_000);
  const { user, system } = process.cpuUsage(begin);
  const micros = (user + system) / 100_000;
  t.comment(`${micros.toFixed(2)} µs a copy of 48 bytes`);
  t.ok(process.memoryUsage().heapUsed - heap < 1_000_000, 'less than 10 bytes a copy');
  t.ok(micros < 20);
});
