import t from 'tap';
import { listenersIn, newWords } from '../../../src/daemon/protocol/shared-words.ts';
import { Listeners } from '../../../src/daemon/transport/listeners.ts';
import { close, write } from '../../../src/linux/io.ts';
import { socketPair } from '../../../src/linux/socket-pair.ts';

/** Ends of socket pairs stand for listeners: they, too, are readable, or report the end of the other side. */
function pair(): [number, number] {
  const made = socketPair();
  if (typeof made === 'number') throw new Error(`socketpair: ${made}`);
  return [made[0]!, made[1]!];
}

t.test('waits for all, closes what is gone, and shows the main thread what is served', async (t) => {
  const words = newWords();
  const [fuse, kernel] = pair();
  const listeners = new Listeners(fuse, words);
  const [[first, caller], [second, otherCaller]] = [pair(), pair()];
  t.teardown(() => [fuse, kernel, caller, otherCaller].map(close));
  listeners.add(first);
  listeners.add(second);
  t.same(listenersIn(words), [first, second]);
  t.equal(listeners.wait(0), 0);
  t.notOk(listeners.anyReady);
  write(otherCaller, Buffer.from('x'), 0, 1);
  write(kernel, Buffer.from('x'), 0, 1);
  t.equal(listeners.wait(0), 2);
  t.same([listeners.fuseReady, listeners.isCalled(0), listeners.isCalled(1)], [true, false, true]);
  t.notOk(listeners.closeGone());
  listeners.closeAll();
  t.same([listeners.length, listenersIn(words)], [0, []]);
});

t.test('a listener that the main thread has shown already is not shown twice, and 64 fit', async (t) => {
  const words = newWords();
  words[words.length - 64] = 1000;
  const listeners = new Listeners(-1, words);
  for (let fd = 1000; fd < 1064; fd++) {
    t.notOk(listeners.isFull);
    listeners.add(fd); // none is open: nothing but poll(2) looks at it
  }
  t.ok(listeners.isFull);
  t.equal(new Set(listenersIn(words)).size, 64);
  t.equal(listeners.wait(0), 64);
  t.ok(listeners.isGone(63), 'POLLNVAL');
  t.ok(listeners.closeGone());
  t.same([listeners.length, listenersIn(words)], [0, []]);
});
