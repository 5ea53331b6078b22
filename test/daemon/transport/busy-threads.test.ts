import t from 'tap';
import { BusyThreads } from '../../../src/daemon/transport/busy-threads.ts';

/** Makes calls a millisecond apart, or so many; after which call the thread is busy, if it is. */
function busyAfter(
  busy: BusyThreads,
  clock: { now: number },
  tid: number,
  calls: number,
  step = 1,
): number | undefined {
  for (let call = 1; call <= calls; call++) {
    clock.now += step;
    if (busy.isBusy(tid)) return call;
  }
  return undefined;
}

function counted() {
  const clock = { now: 0 };
  return { clock, busy: new BusyThreads(() => clock.now) };
}

t.test('a thread is busy after 64 calls within a second', async (t) => {
  const { clock, busy } = counted();
  t.equal(busyAfter(busy, clock, 7, 100), 64);
});

t.test('slow calls never make it busy, a burst after them does', async (t) => {
  const { clock, busy } = counted();
  t.equal(busyAfter(busy, clock, 7, 1000, 20), undefined);
  t.ok(busyAfter(busy, clock, 7, 128) !== undefined);
});

t.test(
  'a busy thread is reported again only after many more calls, so that one that stays with FUSE costs little',
  async (t) => {
    const { clock, busy } = counted();
    busyAfter(busy, clock, 7, 64);
    t.equal(busyAfter(busy, clock, 7, 20_000), 10_064);
  },
);

t.test('threads are counted apart, also with the same place in the table', async (t) => {
  const { clock, busy } = counted();
  t.equal(busyAfter(busy, clock, 7, 63), undefined);
  t.equal(busyAfter(busy, clock, 8, 63), undefined);
  t.equal(busyAfter(busy, clock, 7, 1), 1);
  t.equal(busyAfter(busy, clock, 8 + 256, 63), undefined);
  t.equal(busyAfter(busy, clock, 8, 63), undefined, 'it starts again');
});
