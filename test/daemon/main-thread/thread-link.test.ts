import { EventEmitter } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import t, { type Test } from 'tap';
import { ThreadLink } from '../../../src/daemon/main-thread/thread-link.ts';
import type { Numbered, Report } from '../../../src/daemon/protocol/messages.ts';
import { newWords, WORD } from '../../../src/daemon/protocol/shared-words.ts';

function link(t: Test) {
  const { port1, port2 } = new MessageChannel();
  t.teardown(() => port2.close());
  const worker = Object.assign(new EventEmitter(), { postMessage() {}, terminate: () => Promise.resolve(0) });
  const words = newWords();
  const heard: string[] = [];
  const thread = new ThreadLink({
    worker: worker as never, // what it uses of a Worker
    port: port1,
    words,
    receive: (report) => heard.push(report.kind),
    gone: (error, code) => heard.push(`gone: ${error?.message ?? code}`),
  });
  const say = (report: Report) => port2.postMessage(report);
  return { thread, worker, words, heard, say, port2 };
}

t.test('the last message of a thread arrives before its end is reported', async (t) => {
  const { worker, heard, say } = link(t);
  say({ kind: 'log', level: 'warn', message: 'one' });
  say({ kind: 'ended', ring: Uint8Array.of(1) });
  worker.emit('exit', 0);
  t.same(heard, ['log', 'ended', 'gone: 0']);
});

t.test('the cause of a thread’s end is reported with it, and pending answers fail', async (t) => {
  const { thread, worker, heard } = link(t);
  const answer = thread.ask({ kind: 'dmesg' });
  worker.emit('error', new Error('a bug'));
  worker.emit('exit', 1);
  t.same(heard, ['gone: a bug']);
  t.equal(await answer, undefined);
  t.equal(await thread.ask({ kind: 'dmesg' }), undefined, 'nobody is asked any more');
});

t.test('a command wakes the thread until it is read, and its answer is matched by id', async (t) => {
  const { thread, words, say, port2, worker } = link(t);
  let signals = 0;
  thread.interrupt = () => {
    signals += 1;
    if (signals === 3) Atomics.store(words, WORD.pending, 0);
  };
  port2.on('message', ({ id, kind }: Numbered) => {
    t.equal(Atomics.load(words, WORD.pending), 1);
    setTimeout(() => say({ kind: 'answer', id, value: kind === 'runs' }), 20);
  });
  t.equal(await thread.ask({ kind: 'runs', domain: 1 }), true);
  t.equal(signals, 3, 'and no more after that');
  worker.emit('exit', 0);
});
