import t from 'tap';
import { decode, encode, textOf } from '../../../src/drivers/xenbus/message.ts';
import { eachMessage, MessageSplitter } from '../../../src/drivers/xenbus/message-splitter.ts';

const message = (request: number, text: string) =>
  encode({ type: 2, request, transaction: 0, payload: Buffer.from(text) });

t.test('messages are reassembled, however the bytes arrive', (t) => {
  const all = Buffer.concat([message(1, 'a'), message(2, ''), message(3, 'long'.repeat(100))]);
  for (const size of [1, 7, 16, 17, 33, all.length]) {
    const splitter = new MessageSplitter();
    const found: string[] = [];
    for (let start = 0; start < all.length; start += size) {
      for (const bytes of eachMessage(splitter.push(all.subarray(start, start + size)) ?? new Uint8Array())) {
        const { request, payload } = decode(bytes);
        found.push(`${request} ${textOf(payload)}`);
      }
    }
    t.strictSame(found, ['1 a', '2 ', `3 ${'long'.repeat(100)}`], `in chunks of ${size}`);
  }
  t.end();
});

t.test('an invalid message is detected by its length alone', (t) => {
  const head = Buffer.from(message(1, ''));
  head.writeUInt32LE(2 ** 24 + 1, 12);
  t.equal(new MessageSplitter().push(head), undefined);
  head.writeUInt32LE(2 ** 24, 12);
  t.equal(new MessageSplitter().push(head)?.length, 0, 'the longest one is awaited');
  t.end();
});
