import t from 'tap';
import { newWords, WORD } from '../../../src/daemon/protocol/shared-words.ts';
import { Later } from '../../../src/daemon/transport/later.ts';
import { Spin } from '../../../src/daemon/transport/spin.ts';
import { type OtherCalls, WaitingIo } from '../../../src/daemon/transport/waiting-io.ts';
import { errno } from '../../../src/linux/errno.ts';
import { close } from '../../../src/linux/io.ts';
import { memfdCreate } from '../../../src/linux/memfd.ts';

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
          Atomics.store(words, WORD.pending, 1); // the main thread sends requests that the watchdog took
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
