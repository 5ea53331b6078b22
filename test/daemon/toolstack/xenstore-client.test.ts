import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { introducing, writing, XenstoreClient } from '../../../src/daemon/toolstack/xenstore-client.ts';
import { decode, encode, type Message, messageTypes } from '../../../src/drivers/xenbus/message.ts';
import { eachMessage, MessageSplitter } from '../../../src/drivers/xenbus/message-splitter.ts';

/** A xenstored that answers each request as `answer` says: with OK, an error's name, or by closing the connection. */
async function store(t: Test, answer: (request: Message, payload: string) => string) {
  const directory = mkdtempSync(join(tmpdir(), 'fauxen-store-')); // short: a socket's path has at most 107 bytes
  t.teardown(() => rmSync(directory, { recursive: true, force: true }));
  const path = join(directory, 'socket');
  const server = createServer((socket: Socket) => {
    const splitter = new MessageSplitter();
    socket.on('data', (data) => {
      for (const bytes of eachMessage(splitter.push(data)!)) {
        const message = decode(bytes);
        const text = answer(message, Buffer.from(message.payload).toString('utf8'));
        if (text === 'close') {
          socket.destroy();
          return;
        }
        const type = text === 'OK' ? message.type : messageTypes.error;
        socket.write(encode({ ...message, type, payload: Buffer.from(`${text}\0`) }));
      }
    });
  }).listen(path);
  await once(server, 'listening');
  t.teardown(() => server.close());
  const client = await XenstoreClient.open(path);
  t.teardown(() => client.close());
  return client;
}

t.test('requests that are sent together are all made, in their order', async (t) => {
  const seen: string[] = [];
  const client = await store(t, ({ type }, payload) => {
    seen.push(`${type} ${payload}`);
    return 'OK';
  });
  await client.all([]);
  const paths = Array.from({ length: 3000 }, (_, index) => `/local/domain/${index}/näme`);
  await client.all(paths.map((path) => writing(path, 'value')));
  await client.all([introducing(3, 4, 1)]);
  t.same(seen, [...paths.map((path) => `11 ${path}\0value`), '8 3\u00004\u00001\0']);
});

t.test('a failed request does not affect the others, and is reported when all are answered', async (t) => {
  let answers = 0;
  const client = await store(t, (_, payload) => {
    answers += 1;
    return payload.startsWith('/bad') ? 'EACCES' : 'OK';
  });
  const some = ['/a', '/bad', '/b', '/bad/too', '/c'].map((path) => writing(path, ''));
  await t.rejects(client.all(some), { message: 'EACCES' });
  t.equal(answers, 5);
  await client.all([writing('/d', '')]);
  t.equal(answers, 6);
});

t.test('when xenstored ends, unanswered requests fail', async (t) => {
  const client = await store(t, (_, payload) => (payload.startsWith('/b') ? 'close' : 'OK'));
  await t.rejects(client.all(['/a', '/b', '/c'].map((path) => writing(path, ''))), { message: /closed/ });
});
