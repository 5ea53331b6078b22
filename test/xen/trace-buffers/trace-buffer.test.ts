import fc from 'fast-check';
import t from 'tap';
import { type GuestFrames, SparseFrames } from '../../../src/xen/memory/guest-frames.ts';
import { traceEvents, wanted } from '../../../src/xen/trace-buffers/events.ts';
import { TraceBuffer } from '../../../src/xen/trace-buffers/trace-buffer.ts';

interface Read {
  event: number;
  cycles: bigint | undefined;
  data: number[];
}

/** Reads a buffer's pages as a tool does: takes the bytes between cons and prod, and splits them into records. */
class Reader {
  readonly frames: GuestFrames = new SparseFrames({ count: 0 });
  readonly pages: readonly number[];
  readonly size: number;

  constructor(pages: number) {
    // Pages neither in order nor adjacent.
    this.pages = Array.from({ length: pages }, (_, index) => 100 - 3 * index);
    this.size = pages * 4096 - 8;
  }

  #bytes(position: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    for (let index = 0; index < length; index += 4) {
      const page = this.pages[Math.floor((position + index) / 4096)] ?? 0;
      this.frames.read(page, (position + index) % 4096, bytes.subarray(index, index + 4));
    }
    return bytes;
  }

  word(position: number): number {
    return new DataView(this.#bytes(position, 4).buffer).getUint32(0, true);
  }

  setCons(value: number): void {
    this.frames.write(this.pages[0] ?? 0, 0, new Uint8Array(Uint32Array.of(value).buffer));
  }

  /** Takes all records. */
  consume(): Read[] {
    const [cons, prod] = [this.word(0), this.word(4)];
    const length = (prod - cons + 2 * this.size) % (2 * this.size);
    const bytes = new Uint8Array(length);
    for (let index = 0; index < length; index += 4) {
      bytes.set(this.#bytes(8 + ((cons + index) % this.size), 4), index);
    }
    this.setCons(prod);
    return parse(bytes);
  }
}

function parse(bytes: Uint8Array): Read[] {
  const view = new DataView(bytes.buffer);
  const found: Read[] = [];
  for (let at = 0; at < bytes.length; ) {
    const head = view.getUint32(at, true);
    const timed = head >>> 31 === 1;
    const words = (head >>> 28) & 7;
    at += 4;
    const cycles = timed ? view.getBigUint64(at, true) : undefined;
    if (timed) at += 8;
    const data = Array.from({ length: words }, (_, index) => view.getUint32(at + 4 * index, true));
    at += 4 * words;
    found.push({ event: head & 0x0fffffff, cycles, data });
  }
  return found;
}

const { wrapBuffer, lostRecords } = traceEvents;

t.test('records are read whole and in order, and every loss is counted', async (t) => {
  const step = fc.oneof(
    {
      weight: 9,
      arbitrary: fc.record({ words: fc.nat(7), timed: fc.boolean(), times: fc.integer({ min: 1, max: 80 }) }),
    },
    { weight: 1, arbitrary: fc.constant('read' as const) },
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3 }), fc.array(step, { maxLength: 60 }), (pages, steps) => {
      const reader = new Reader(pages);
      const buffer = new TraceBuffer(reader.frames, reader.pages);
      const written: Read[] = [];
      const seen: Read[] = [];
      let now = 2 ** 40;
      let lost = 0;
      const write = (words: number, timed: boolean) => {
        now += 7;
        const data = Array.from({ length: words }, (_, index) => (now % 2 ** 32) - index);
        const event = 0x21000 + (now % 4096);
        const got = buffer.insert(event, timed ? now : undefined, Uint32Array.from(data), words, now, 0x10002);
        if (got === 'lost') lost += 1;
        else written.push({ event, cycles: timed ? BigInt(now) : undefined, data });
        return got;
      };
      for (const each of steps) {
        if (each === 'read') seen.push(...reader.consume());
        else for (let time = 0; time < each.times; time += 1) write(each.words, each.timed);
      }
      // So that the last losses are reported.
      seen.push(...reader.consume());
      write(1, true);
      seen.push(...reader.consume());
      const told = seen.filter(({ event }) => event === lostRecords);
      const own = seen.filter(({ event }) => event !== lostRecords && event !== wrapBuffer);
      t.equal(
        told.reduce((sum, { data }) => sum + (data[0] ?? 0), 0),
        lost,
      );
      t.ok(told.every(({ data }) => data[1] === 0x10002));
      t.strictSame(own, written);
    }),
    { numRuns: 60 },
  );
});

t.test('a trace buffer reports half full once, loses records when full, and detects invalid offsets', async (t) => {
  const reader = new Reader(1);
  const buffer = new TraceBuffer(reader.frames, reader.pages);
  const data = new Uint32Array(7);
  const write = () => buffer.insert(0x21001, 1, data, 1, 1, 0);
  const answers: string[] = [];
  for (let index = 0; index < 300; index += 1) answers.push(write());
  t.equal(answers.filter((answer) => answer === 'half').length, 1);
  t.equal(answers.indexOf('half'), Math.ceil((4096 - 8) / 2 / 16) - 1);
  t.equal(answers.at(-1), 'lost');
  t.equal(buffer.isEmpty, false);
  reader.setCons(reader.word(4));
  t.equal(buffer.isEmpty, true);
  for (const nonsense of [1, 2 * reader.size, 0xffffffff, reader.word(4) + 4]) {
    reader.setCons(nonsense);
    t.equal(write(), 'bogus', `cons ${nonsense}`);
  }
});

t.test('a mask selects classes and their subclasses', async (t) => {
  t.ok(wanted(0x0ffff000, traceEvents.hypercall));
  t.ok(wanted(0x0002f000, traceEvents.wake));
  t.notOk(wanted(0x0002f000, traceEvents.hypercall));
  t.notOk(wanted(0x00021000, traceEvents.wake));
  t.ok(wanted(0x00021000, traceEvents.runstateChange | 0x120));
  t.notOk(wanted(0, traceEvents.domAdd));
});
