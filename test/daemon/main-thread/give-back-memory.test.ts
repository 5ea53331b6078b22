import { setTimeout as pause } from 'node:timers/promises';
import t from 'tap';
import { giveBackMemorySoon } from '../../../src/daemon/main-thread/give-back-memory.ts';
import { libc } from '../../../src/linux/libc.ts';

const MiB = 2 ** 20;
/** Small enough for malloc's own pools: larger blocks go back to Linux when they are freed. */
const BLOCK = 64 * 1024;

t.test('memory that was freed goes back to Linux', async (t) => {
  const malloc: (size: number) => number = libc.func('int64_t malloc(long)');
  const memset: (at: number, byte: number, size: number) => number = libc.func('int64_t memset(int64_t, int, long)');
  const free: (at: number) => void = libc.func('void free(int64_t)');
  const resident = () => process.memoryUsage.rss();
  const blocks = Array.from({ length: (64 * MiB) / BLOCK }, () => malloc(BLOCK));
  for (const block of blocks) memset(block, 1, BLOCK);
  const last = malloc(BLOCK); // above the others: free() itself gives back only what is on top
  for (const block of blocks) free(block);
  const before = resident();
  giveBackMemorySoon();
  for (let i = 0; i < 300 && before - resident() < 32 * MiB; i++) await pause(100);
  t.ok(before - resident() >= 32 * MiB, `${(before - resident()) / MiB} MiB`);
  free(last);
});
