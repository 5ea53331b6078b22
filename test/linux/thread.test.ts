import { readdirSync } from 'node:fs';
import t from 'tap';
import { isProcess, threadGroup } from '../../src/linux/thread.ts';

t.test('the first thread of a process has its id, another one has not; an ended thread has no process', async (t) => {
  const other =
    readdirSync('/proc/self/task')
      .map(Number)
      .find((tid) => tid !== process.pid) ?? 0;
  t.ok(other > 0, 'Node has further threads');
  t.same([process.pid, other, 2 ** 30].map(isProcess), [true, false, false]);
  t.same([process.pid, other, 2 ** 30].map(threadGroup), [process.pid, process.pid, undefined]);
});
