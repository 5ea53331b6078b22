import fc from 'fast-check';
import t from 'tap';
import { opcodes } from '../../src/fuse/opcodes.ts';
import { fuzz, timeout } from '../helpers/fuzz.ts';
import { FakeKernel } from './fixtures/fake-kernel.ts';
import { fakeTree } from './fixtures/tree.ts';

/** The range of errors that the kernel accepts in a reply. */
const LEAST_ERROR = -511;

const numbers = opcodes.flatMap((opcode) => (opcode === undefined ? [] : [opcode.number]));
const names = ['greeting', 'notes', 'link', 'many', 'control', 'events', 'memory', 'broken', 'fresh', '.', '..', ''];

const word = fc.oneof(
  fc.constantFrom(
    0n,
    1n,
    2n,
    3n,
    0x305000n,
    4096n,
    65536n,
    131072n,
    0x7fffffffn,
    0x80000000n,
    0xffffffffn,
    2n ** 63n,
    2n ** 64n - 1n,
  ),
  fc.bigInt({ min: 0n, max: 12n }),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
);

const body = fc.oneof(
  fc.constantFrom(...names).map((name) => Buffer.from(`${name}\0`)),
  fc.array(word, { maxLength: 12 }).map((words) => {
    const bytes = Buffer.alloc(8 * words.length);
    for (const [index, value] of words.entries()) bytes.writeBigUInt64LE(value, 8 * index);
    return bytes;
  }),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
);

const request = fc.record({
  opcode: fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...numbers) }, fc.integer({ min: 0, max: 5000 })),
  nodeid: fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 0, max: 8 }) }, fc.integer({ min: 0 })),
  body,
  /** The message is shorter or longer than its header says. */
  cut: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.integer({ min: -60, max: 60 })),
});

/** Driver errors that the fixture makes on purpose. */
const isMeant = (error: string) => error.includes('a driver went wrong');

t.test('each message from the kernel is answered once, or never if it needs no answer', { timeout }, async (t) => {
  await fuzz(
    t,
    fc.property(fc.array(request, { minLength: 1, maxLength: 60 }), (requests) => {
      const kernel = new FakeKernel(fakeTree(() => {}).root);
      for (const { opcode, nodeid, body, cut } of requests) {
        const whole = kernel.encode(opcode, nodeid, body);
        const message =
          cut >= 0
            ? whole.subarray(0, whole.length - Math.min(cut, whole.length))
            : Buffer.concat([whole, Buffer.alloc(-cut)]);
        const reply = kernel.sendRaw(message);
        const row = opcodes[opcode];
        if (message.length < 40) {
          if (reply !== undefined) throw new Error('a message without a header was answered');
        } else if (reply === undefined) {
          const mayWait = row?.name === 'READ' || row?.name === 'INIT';
          if (!row?.silent && !mayWait) throw new Error(`opcode ${opcode} was not answered`);
        } else if (reply.error < LEAST_ERROR || (reply.error > 0 && opcode !== 40)) {
          throw new Error(`opcode ${opcode} was answered with error ${reply.error}`);
        }
      }
      kernel.session.close();
      const unmeant = kernel.errors.filter((error) => !isMeant(error));
      if (unmeant.length > 0) throw new Error(unmeant.join('; '));
    }),
  );
});
