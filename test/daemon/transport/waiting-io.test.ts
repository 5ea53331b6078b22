import t from 'tap';
import { newWords, WORD } from '../../../src/daemon/protocol/shared-words.ts';
import { Later } from '../../../src/daemon/transport/later.ts';
import { Spin } from '../../../src/daemon/transport/spin.ts';
import { type OtherCalls, WaitingIo } from '../../../src/daemon/transport/waiting-io.ts';
import { errno } from '../../../src/linux/errno.ts';
import { close, write } from '../../../src/linux/io.ts';
import { memfdCreate } from '../../../src/linux/memfd.ts';
import { socketPair } from '../../../src/linux/socket-pair.ts';

for (const dense of [true, false]) {
  t.test(
    `the other transport is left before a message is looked at, ${dense ? 'dense' : 'sparse'} or not`,
    async (t) => {
      const words = newWords();
      const done: string[] = [];
      const other: OtherCalls = {
        dense,
        fuseReady: false,
        called: true,
        gone: false,
        wait: () => 1,
        isFusesTurn: () => false,
        serve() {
          done.push('serve');
          Atomics.store(words, WORD.pending, 1); // the main thread passes on requests that the watchdog read
          return 0;
        },
        leave: () => void done.push('leave'),
        tick: () => {},
        close: () => {},
        abort: () => {},
      };
      const fuse = memfdCreate('fuse');
      t.teardown(() => close(fuse));
      const io = new WaitingIo(fuse, new Spin('off'), words, new Later());
      io.serve(other);
      t.equal(io.read(new Uint8Array(8)), -errno.EINTR);
      t.strictSame(done, ['serve', 'leave'], 'so CAP_SYS_PTRACE is there again');
    },
  );
}

t.test('callers are served even if the main thread always has messages', async (t) => {
  const pair = socketPair();
  if (typeof pair === 'number') return t.fail(`socketpair: ${pair}`);
  const [fuse, kernel] = pair;
  t.teardown(() => pair.map(close));
  const words = newWords();
  words[WORD.pending] = 1;
  const later = new Later();
  let steps = 0;
  later.add({ step: () => ++steps === 2, abort: () => {} });
  const io = new WaitingIo(fuse, new Spin('off'), words, later);
  const buffer = new Uint8Array(8);
  write(kernel, Buffer.from('one'), 0, 3);
  t.same([io.read(buffer), io.read(buffer), io.read(buffer)], [-errno.EINTR, 3, -errno.EINTR]);
  t.equal(steps, 1, 'and preempted calls go on');
  t.same([io.read(buffer), steps], [-errno.EINTR, 2], 'if there is no message, nothing waits');
});
