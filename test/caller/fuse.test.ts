// Stopping a caller in a real FUSE ioctl, in the hardest arrangement: the caller is a child of the process whose
// worker traces it, so that libuv on the main thread waits for the same process.

import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { tsWorker } from '../helpers/ts-worker.ts';
import { compile, Program } from './program.ts';

t.setTimeout(90_000);

for (const [name, flags] of Object.entries({ dynamic: [], static: ['-static'], '32-bit': ['-m32', '-static'] })) {
  t.test(
    `${name}: exact results, mappings and signals through an ioctl`,
    { skip: missing('root', 'mount', ...(name === '32-bit' ? (['multilib', 'ia32'] as const) : [])) },
    async (t) => {
      const client = compile('ioctls', ...flags);
      const directory = mkdtempSync(join(tmpdir(), 'fauxen-stop-'));
      const worker = tsWorker(new URL('./fixtures/ioctl-server.ts', import.meta.url), { workerData: { directory } });
      t.teardown(async () => {
        await worker.terminate();
        rmdirSync(directory);
      });
      const reasons: string[] = [];
      worker.on('message', ({ why }) => why && reasons.push(why));
      t.match((await once(worker, 'message'))[0], { mounted: true });

      // A 32-bit program receives only the lower half of a 64-bit result, and its C code compares that half.
      const program = new Program(client, join(directory, 'device'), '1000');
      const [, exact, wide, page, waited, signals] = await program.expect(
        /exact (\d+) wide (\d+) page (.*) waited (\d+) signals (\d+)/,
      );
      t.same([exact, wide, page, waited], ['1000', '50', 'shared', '300']);
      t.ok(Number(signals) > 100, `${signals} signals`);
      t.same(await program.ended, { code: 0, signal: null });
      t.notOk(existsSync(`/proc/${program.pid}`), 'its end was collected: libuv did not take a stop for it');

      const last = once(worker, 'message');
      execFileSync('umount', [directory], { timeout: 10_000 });
      const [{ counts, microseconds }] = await last;
      t.same(counts, { done: 1372 });
      t.same(reasons, []);
      t.comment(`${microseconds.toFixed(0)} µs a stop`);
    },
  );
}
