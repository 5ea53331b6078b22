import t from 'tap';
import { CallerMemory, type UnheldCall } from '../../src/caller/memory.ts';
import { ReadAhead } from '../../src/caller/read-ahead.ts';
import { addressOf } from '../../src/linux/libc.ts';

/** This process as a caller, with a call of 48 bytes and its data. */
function caller(memory: CallerMemory, unheld?: UnheldCall) {
  const call = new Uint8Array(48).fill(1);
  const data = new Uint8Array(64).fill(2);
  const into = new Uint8Array(64);
  const begin = (from = call) => {
    memory.attach(process.pid, unheld);
    return memory.copyFromUser(addressOf(from), new Uint8Array(48), 0, 48);
  };
  /** Sets the first byte of the data to `now`, copies `length` bytes, and returns the first byte that arrived. */
  const read = (now: number, length = 64, at = 0): number => {
    data[at] = now;
    into.fill(0);
    t.equal(memory.read(addressOf(data) + at, into, 0, length), length);
    return into[0]!;
  };
  const settle = () => {
    for (let i = 0; i < 4; i++) {
      begin();
      read(2);
    }
  };
  return { call, data, begin, read, settle };
}

t.test('the data of a repeated call comes with the call, for its first copy only', (t) => {
  const memory = new CallerMemory();
  const { begin, read, settle } = caller(memory);
  begin();
  t.equal(read(7), 7, 'not yet');
  settle();
  begin();
  t.equal(read(8), 2, 'it is from when the call was copied');
  t.equal(read(9), 9, 'a second copy is of now');
  begin();
  t.equal(read(5), 9, 'of each call anew');
  t.end();
});

t.test('data that was not predicted is copied on request', (t) => {
  const memory = new CallerMemory();
  const { data, begin, read, settle } = caller(memory);
  settle();
  begin();
  t.equal(read(3, 32), 3, 'another length');
  settle();
  begin();
  t.equal(read(4, 32, 16), 4, 'another address');
  settle();
  begin(new Uint8Array(48));
  t.equal(read(5), 5, 'another call');
  settle();
  begin();
  t.equal(memory.write(addressOf(data), Uint8Array.of(6), 0, 1), 1);
  t.equal(read(6), 6, 'after the handler wrote to the caller');
  settle();
  begin();
  t.equal(memory.copyFromUser(addressOf(data), new Uint8Array(1), 0, 1), 1);
  t.equal(read(7), 7, 'after a copy of the driver');
  settle();
  begin();
  memory.attach(process.pid);
  t.equal(read(8), 8, 'in the rest of a preempted call');
  settle();
  begin();
  t.equal(memory.read(addressOf(data), new Uint8Array(0), 0, 0), 0);
  t.equal(read(9), 2, 'a copy of nothing does not count');
  t.end();
});

t.test('data copied ahead is not used once the caller no longer waits', (t) => {
  let waits = true;
  const memory = new CallerMemory();
  const { data, begin, settle } = caller(memory, { stillWaits: () => waits });
  settle();
  waits = false;
  t.equal(begin(), 0);
  t.equal(memory.read(addressOf(data), new Uint8Array(64), 0, 64), 0);
  t.end();
});

t.test("what a driver copies after a call's own struct is copied ahead, too, once", (t) => {
  const memory = new CallerMemory();
  const { data, begin } = caller(memory);
  const copied = (now: number): number => {
    data[0] = now;
    const into = new Uint8Array(64);
    t.equal(memory.copyFromUser(addressOf(data), into, 0, 64), 64);
    return into[0]!;
  };
  for (let i = 0; i < 4; i++) {
    begin();
    copied(2);
  }
  begin();
  t.equal(copied(8), 2, 'it is from when the call was copied');
  t.equal(copied(9), 9, 'a second copy is of now');
  begin();
  t.equal(memory.copyFromUser(addressOf(data), new Uint8Array(32), 0, 32), 32, 'less than was expected');
  t.equal(copied(7), 7, 'ends it');
  t.end();
});

t.test('with strict pages, nothing is copied ahead', (t) => {
  const memory = new CallerMemory({ strict: true });
  const { begin, read, settle } = caller(memory);
  settle();
  begin();
  t.equal(read(8), 8);
  t.end();
});

t.test('data that cannot be read does not disturb its call', (t) => {
  const memory = new CallerMemory();
  const call = new Uint8Array(48).fill(3);
  for (let i = 0; i < 6; i++) {
    const into = new Uint8Array(48);
    memory.attach(process.pid);
    t.equal(memory.copyFromUser(addressOf(call), into, 0, 48), 48);
    t.equal(into[47], 3);
    t.equal(memory.read(4096, into, 0, 16), 0, 'the first page is never mapped');
  }
  t.end();
});

t.test('a program that varies its calls is not predicted', (t) => {
  const ahead = new ReadAhead();
  const into = new Uint8Array(16);
  const once = (thread: number, call: number, address: number, length = 16) => {
    const expects = ahead.begin(thread, call);
    ahead.serve(address, into, 0, length);
    ahead.end();
    return expects;
  };
  const expected = (...calls: [number, number, number, number?][]) => calls.map((each) => once(...each));
  t.same(expected([1, 10, 20], [1, 10, 20], [1, 10, 20], [1, 10, 20]), [false, false, false, true]);
  t.same(expected([2, 10, 20], [1, 10, 20], [1, 10, 20], [1, 10, 20]), [false, false, false, true], 'two threads');
  t.same(expected([1, 11, 20], [1, 10, 20]), [false, false], 'two calls');
  once(1, 10, 20);
  once(1, 10, 20);
  t.same(expected([1, 10, 21], [1, 10, 20], [1, 10, 20]), [true, false, false], 'two buffers');
  t.same(expected([1, 10, 20]), [false]);
  t.ok(ahead.begin(1, 10));
  ahead.end();
  t.notOk(ahead.begin(1, 10), 'a call without data');
  ahead.end();
  for (let i = 0; i < 5; i++) t.notOk(once(1, 10, 20, 5000), 'data that is longer than a page');
  t.end();
});
