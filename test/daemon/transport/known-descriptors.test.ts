import t from 'tap';
import { KnownDescriptors } from '../../../src/daemon/transport/known-descriptors.ts';

const file = { name: 'first' };
const other = { name: 'second' };

t.test('a descriptor is known once a call that was let pass has arrived', (t) => {
  const known = new KnownDescriptors<typeof file>(() => 1);
  t.equal(known.find(100, 3), undefined);
  known.ask(100, 3);
  known.learn(100, file);
  t.equal(known.find(100, 3), file);
  t.equal(known.find(100, 4), undefined, 'another descriptor');
  t.equal(known.find(101, 3), undefined, 'another thread, as a forked child');
  t.end();
});

t.test('what arrives unasked teaches nothing', (t) => {
  const known = new KnownDescriptors<typeof file>(() => 1);
  known.learn(100, file);
  t.equal(known.find(100, 3), undefined);
  t.end();
});

t.test("another program's file never arrives, and stays unknown", (t) => {
  const known = new KnownDescriptors<typeof file>(() => 1);
  known.ask(100, 3);
  known.ask(100, 5);
  known.learn(100, file);
  t.equal(known.find(100, 3), undefined, 'the answer is about the last call');
  t.equal(known.find(100, 5), file);
  t.end();
});

t.test('closing any descriptor of a file makes all of them unknown, and no others', (t) => {
  const known = new KnownDescriptors<typeof file>(() => 1);
  for (const [tid, descriptor, which] of [
    [100, 3, file],
    [100, 4, other],
    [200, 3, file],
  ] as const) {
    known.ask(tid, descriptor);
    known.learn(tid, which);
  }
  known.forget(file);
  t.equal(known.find(100, 3), undefined);
  t.equal(known.find(200, 3), undefined);
  t.equal(known.find(100, 4), other);
  t.end();
});

t.test('a close between the question and its answer voids the answer', (t) => {
  const known = new KnownDescriptors<typeof file>(() => 1);
  known.ask(100, 3);
  known.forget(file);
  known.learn(100, file);
  t.equal(known.find(100, 3), undefined);
  t.end();
});

t.test('what was not used for a second is asked about again', (t) => {
  let now = 0;
  const known = new KnownDescriptors<typeof file>(() => now);
  known.ask(100, 3);
  known.learn(100, file);
  now = 900;
  t.equal(known.find(100, 3), file);
  now = 1_800;
  t.equal(known.find(100, 3), file, 'each use counts');
  now = 2_801;
  t.equal(known.find(100, 3), undefined);
  t.end();
});

t.test('two callers in one place push each other out, and neither gets the other', (t) => {
  const known = new KnownDescriptors<typeof file>(() => 1);
  known.ask(100, 3);
  known.learn(100, file);
  known.ask(100 + 256, 3);
  known.learn(100 + 256, other);
  t.equal(known.find(100, 3), undefined);
  t.equal(known.find(100 + 256, 3), other);
  t.end();
});
