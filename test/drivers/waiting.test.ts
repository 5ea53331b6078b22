import t from 'tap';
import { Waiting } from '../../src/drivers/waiting.ts';
import type { FileRequest } from '../../src/fuse/file-request.ts';
import { DEFERRED } from '../../src/fuse/node.ts';
import { errno } from '../../src/xen/errno.ts';

function setUp() {
  const woken: bigint[] = [];
  const waiting = new Waiting((handle) => woken.push(handle));
  const answers: [name: string, answer: string | number][] = [];
  const interrupts = new Map<string, () => void>();
  /** A named reader. Waiting uses only a request's defer(). */
  const read = (name: string, room: number) => {
    const reply = {
      answered: false,
      data: (bytes: Uint8Array) => answer(name, Buffer.from(bytes).toString()),
      error: (error: number) => answer(name, error),
    };
    const answer = (who: string, what: string | number) => {
      reply.answered = true;
      answers.push([who, what]);
    };
    const defer = (onInterrupt: () => void) => {
      interrupts.set(name, onInterrupt);
      return reply;
    };
    return waiting.addReader({ defer } as unknown as FileRequest, room);
  };
  return { waiting, woken, answers, interrupts, read };
}

/** A queue of letters to take from. */
function letters(text: string) {
  let left = text;
  return (room: number) => {
    const taken = left.slice(0, room);
    left = left.slice(taken.length);
    return Buffer.from(taken);
  };
}

t.test('readers are served in order, each with what fits it, while data lasts', (t) => {
  const { waiting, answers, read } = setUp();
  t.equal(read('first', 2), DEFERRED);
  read('second', 10);
  read('third', 1);
  waiting.serve(letters('abc'));
  t.strictSame(answers, [
    ['first', 'ab'],
    ['second', 'c'],
  ]);
  waiting.serve(letters('d'));
  t.strictSame(answers.at(-1), ['third', 'd']);
  t.end();
});

t.test('an interrupted reader gets EINTR and takes nothing from the others', (t) => {
  const { waiting, answers, interrupts, read } = setUp();
  read('first', 1);
  read('second', 1);
  interrupts.get('first')?.();
  waiting.serve(letters('ab'));
  t.strictSame(answers, [
    ['first', -errno.EINTR],
    ['second', 'a'],
  ]);
  t.end();
});

t.test('pollers are woken once', (t) => {
  const { waiting, woken } = setUp();
  waiting.addPoller(7n);
  waiting.addPoller(undefined);
  waiting.wakePollers();
  waiting.wakePollers();
  t.strictSame(woken, [7n]);
  t.end();
});

t.test('once no data can come any more, all are woken, readers with the error', (t) => {
  const { waiting, woken, answers, read } = setUp();
  read('first', 1);
  waiting.addPoller(7n);
  waiting.fail(-errno.ENODEV);
  t.strictSame([answers, woken], [[['first', -errno.ENODEV]], [7n]]);
  t.end();
});
