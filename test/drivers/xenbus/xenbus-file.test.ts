import t from 'tap';
import { decode, encode, type Message, messageTypes, strings, textOf } from '../../../src/drivers/xenbus/message.ts';
import { XenbusFile } from '../../../src/drivers/xenbus/xenbus-file.ts';
import type { FileRequest, PendingReply } from '../../../src/fuse/file-request.ts';
import { DEFERRED } from '../../../src/fuse/node.ts';
import { errno } from '../../../src/xen/errno.ts';

const { watch, unwatch, transactionStart, transactionEnd, watchEvent, error } = messageTypes;
const READ = 2;
const O_NONBLOCK = 0o4000;

/** A caller whose deferred request records its answer. */
class Caller implements FileRequest {
  readonly tid = 1;
  readonly uid = 0;
  readonly gid = 0;
  readonly compat = false;
  readonly nodeid = 2;
  answer: number | Uint8Array | undefined;
  interrupt: () => void = () => {};

  defer(onInterrupt?: () => void): PendingReply {
    const settle = (answer: number | Uint8Array) => {
      this.answer ??= answer;
    };
    // As the session does: the caller gets EINTR, whatever the driver does.
    this.interrupt = () => {
      onInterrupt?.();
      settle(-errno.EINTR);
    };
    const isAnswered = () => this.answer !== undefined;
    return {
      get answered() {
        return isAnswered();
      },
      error: settle,
      data: (bytes) => settle(bytes.slice()),
      written: settle,
      ioctl: settle,
    };
  }

  replyIoctl(): void {}
}

function open() {
  const sent: Message[] = [];
  const woken: bigint[] = [];
  let closed = false;
  const connection = {
    send: (bytes: Uint8Array) => void sent.push(decode(bytes)),
    close: () => {
      closed = true;
    },
  };
  const file = new XenbusFile(connection, (handle) => woken.push(handle));
  const write = (bytes: Uint8Array, caller = new Caller()) => file.write(caller, 0, bytes);
  const ask = (type: number, payload: Uint8Array, transaction = 0, caller = new Caller()) =>
    write(encode({ type, request: 77, transaction, payload }), caller);
  const read = (room = 4096, flags = O_NONBLOCK, caller = new Caller()) => {
    const into = new Uint8Array(room);
    const count = file.read(caller, 0, into, flags);
    return count < 0 ? count : into.slice(0, count);
  };
  /** The next message to read, as [type, request, transaction, text]. */
  const next = () => {
    const header = read(16);
    if (typeof header === 'number') return header;
    const length = new DataView(header.buffer).getUint32(12, true);
    const body = length === 0 ? new Uint8Array() : read(length);
    if (typeof body === 'number') return body;
    const message = decode(Uint8Array.from([...header, ...body]));
    return [message.type, message.request, message.transaction, textOf(message.payload)];
  };
  /** Sends xenstored's answer to the last request. */
  const answer = (type: number, payload: Uint8Array, to = sent.at(-1)) =>
    file.receive(encode({ type, request: to?.request ?? 0, transaction: to?.transaction ?? 0, payload }));
  return { file, sent, woken, write, ask, read, next, answer, isClosed: () => closed };
}

t.test('a request is sent to xenstored with an unused id, and its reply returns with the caller’s id', (t) => {
  const { ask, sent, answer, next } = open();
  t.equal(ask(READ, strings('/a')), 19);
  t.equal(ask(READ, strings('/b')), 19);
  t.not(sent[0]?.request, sent[1]?.request);
  answer(READ, Buffer.from('two'));
  answer(READ, Buffer.from('one'), sent[0]);
  t.strictSame(next(), [READ, 77, 0, 'two']);
  t.strictSame(next(), [READ, 77, 0, 'one']);
  t.equal(next(), -errno.EAGAIN);
  t.end();
});

t.test('a message may be written in parts; one that is too long is refused and dropped', (t) => {
  const { write, sent } = open();
  const message = encode({ type: READ, request: 1, transaction: 0, payload: strings('/path') });
  for (const part of [message.slice(0, 3), message.slice(3, 16), message.slice(16, 18)])
    t.equal(write(part), part.length);
  t.equal(sent.length, 0);
  t.equal(write(message.slice(18)), message.length - 18);
  t.equal(sent.length, 1);

  t.equal(write(new Uint8Array(4097)), -errno.EINVAL);
  t.equal(write(message.slice(0, 10)), 10);
  t.equal(write(new Uint8Array(4090)), -errno.EINVAL, 'together with what was there');
  const long = encode({ type: READ, request: 1, transaction: 0, payload: new Uint8Array(4081) }).slice(0, 16);
  t.equal(write(long), -errno.E2BIG);
  t.equal(write(message), message.length, 'nothing of it is left');
  t.equal(sent.length, 2);
  const longest = encode({ type: READ, request: 1, transaction: 0, payload: new Uint8Array(4080) });
  t.equal(write(longest), 4096);
  t.equal(sent.length, 3);
  t.end();
});

t.test('the driver itself answers invalid transactions', (t) => {
  const { ask, next, answer, sent } = open();
  ask(READ, strings('/a'), 9);
  t.strictSame(next(), [error, 77, 9, 'ENOENT\0']);
  ask(transactionStart, strings(''));
  answer(transactionStart, strings('9'));
  t.strictSame(next(), [transactionStart, 77, 0, '9\0']);
  for (const verdict of [strings('X'), strings('TT'), Buffer.from('T'), new Uint8Array()]) {
    ask(transactionEnd, verdict, 9);
    t.strictSame(next(), [error, 77, 9, 'EINVAL\0']);
  }
  t.equal(sent.length, 1);
  ask(READ, strings('/a'), 9);
  t.equal(sent.at(-1)?.transaction, 9);
  answer(READ, Buffer.from('v'));
  t.strictSame(next(), [READ, 77, 9, 'v']);
  ask(transactionEnd, strings('T'), 9);
  answer(error, strings('EAGAIN'));
  t.strictSame(next(), [error, 77, 9, 'EAGAIN\0']);
  ask(transactionEnd, strings('T'), 9);
  t.strictSame(next(), [error, 77, 9, 'ENOENT\0'], 'it has ended, though in vain');
  t.end();
});

t.test('writing a watch waits for xenstored; its events carry the caller’s token', (t) => {
  const { ask, next, answer, sent, file } = open();
  const caller = new Caller();
  t.equal(ask(watch, strings('/a', 'token'), 3, caller), DEFERRED);
  t.equal(caller.answer, undefined);
  const [path, own = ''] = textOf(sent[0]?.payload ?? new Uint8Array()).split('\0');
  t.equal(path, '/a');
  t.not(own, 'token');
  answer(watch, strings('OK'));
  t.equal(caller.answer, 16 + 9);
  t.strictSame(next(), [watch, 77, 3, 'OK\0']);
  file.receive(encode({ type: watchEvent, request: 0, transaction: 0, payload: strings('/a/b', own) }));
  t.strictSame(next(), [watchEvent, 0, 0, '/a/b\0token\0']);

  const twice = new Caller();
  t.equal(ask(watch, strings('/a', 'token'), 0, twice), DEFERRED, 'a second one like it is one of its own');
  t.not(textOf(sent[1]?.payload ?? new Uint8Array()).split('\0')[1], own);
  answer(watch, strings('OK'));
  next();

  ask(unwatch, strings('/a', 'token'));
  t.strictSame(next(), [unwatch, 77, 0, 'OK\0']);
  t.equal(textOf(sent.at(-1)?.payload ?? new Uint8Array()), `/a\0${own}\0`);
  file.receive(encode({ type: watchEvent, request: 0, transaction: 0, payload: strings('/a/b', own) }));
  t.equal(next(), -errno.EAGAIN, 'an event that was on its way');
  ask(unwatch, strings('/nothing', 'token'));
  t.strictSame(next(), [unwatch, 77, 0, 'OK\0'], 'as Linux says of one that is not there');
  t.end();
});

t.test('a watch that is refused, malformed or interrupted', (t) => {
  const { ask, next, answer, sent } = open();
  for (const payload of [new Uint8Array(), Buffer.from('/a'), strings('/a'), Buffer.from('/a\0token')]) {
    t.equal(ask(watch, payload), -errno.EILSEQ);
    t.equal(ask(unwatch, payload), -errno.EILSEQ);
  }
  for (const [name, number] of [
    ['EINVAL', errno.EINVAL],
    ['E2BIG', errno.E2BIG],
    ['EWHATEVER', errno.EINVAL],
    ['toString', errno.EINVAL],
  ] as const) {
    const caller = new Caller();
    ask(watch, strings('bad path', 't'), 0, caller);
    answer(error, strings(name));
    t.equal(caller.answer, -number, name);
    t.equal(next(), -errno.EAGAIN);
  }
  const impatient = new Caller();
  ask(watch, strings('/a', 't'), 0, impatient);
  impatient.interrupt();
  t.equal(impatient.answer, -errno.EINTR);
  const registered = textOf(sent.at(-1)?.payload ?? new Uint8Array());
  answer(watch, strings('OK'));
  t.equal(next(), -errno.EAGAIN);
  t.equal(sent.at(-1)?.type, unwatch, 'xenstored is told, too');
  t.equal(textOf(sent.at(-1)?.payload ?? new Uint8Array()), registered);
  t.end();
});

t.test('reads wait, return available data, and can be interrupted; poll reports data', (t) => {
  const { file, ask, answer, read, woken } = open();
  const [first, second] = [new Caller(), new Caller()];
  t.equal(read(16, 0, first), DEFERRED);
  t.equal(read(16, 0, second), DEFERRED);
  t.equal(file.poll(first, 1, 5n), 0);
  first.interrupt();
  t.equal(first.answer, -errno.EINTR);
  ask(READ, strings('/a'));
  answer(READ, Buffer.from('value'));
  t.equal((second.answer as Uint8Array).length, 16);
  t.strictSame(woken, [5n]);
  t.equal(file.poll(first, 1, undefined), 0x41);
  ask(READ, strings('/b'));
  answer(READ, Buffer.from('other'));
  const rest = read(4096) as Uint8Array;
  t.equal(Buffer.from(rest).toString('latin1', 0, 5), 'value');
  t.equal(rest.length, 5 + 16 + 5, 'two messages in one read');
  t.equal(file.poll(first, 1, undefined), 0);
  t.end();
});

t.test('when xenstored ends, all pending requests fail', (t) => {
  const { file, ask, next } = open();
  const caller = new Caller();
  ask(READ, strings('/a'));
  ask(watch, strings('/a', 't'), 0, caller);
  file.lost();
  t.equal(caller.answer, -errno.EIO);
  t.strictSame(next(), [error, 77, 0, 'EIO\0']);
  t.equal(next(), -errno.EAGAIN);
  t.end();
});

t.test('a client that does not read cannot fill the memory', (t) => {
  const { ask, answer, sent, read } = open();
  const payload = new Uint8Array(4080);
  let asked = 0;
  while (ask(READ, payload) === 4096) {
    asked += 1;
    if (asked > 4000) break;
  }
  t.ok(asked < 2000, `${asked} requests of a page`);
  t.equal(ask(READ, payload), -errno.ENOMEM);
  for (const request of sent.splice(0)) answer(READ, payload, request);
  t.equal(ask(READ, payload), -errno.ENOMEM, 'nor when they are answered');
  while (typeof read(65536) !== 'number');
  t.equal(ask(READ, payload), 4096, 'room again');
  t.end();
});

t.test('watches and unread events are limited too', (t) => {
  const { file, ask, answer, sent, read } = open();
  let set = 0;
  for (; set < 2 ** 17; set += 1) {
    const result = ask(watch, strings('/a', String(set)));
    if (result !== DEFERRED) break;
    answer(watch, strings('OK'));
    if (set % 1000 === 0) while (typeof read(65536) !== 'number');
  }
  t.equal(set, 2 ** 16, 'watches');
  while (typeof read(65536) !== 'number');
  t.equal(ask(unwatch, strings('/a', '7')), 16 + 5);
  t.equal(ask(watch, strings('/a', 'again')), DEFERRED, 'one is free again');
  while (typeof read(65536) !== 'number');

  const [, own = ''] = textOf(sent.at(-1)?.payload ?? new Uint8Array()).split('\0');
  const event = encode({ type: watchEvent, request: 0, transaction: 0, payload: strings('/a', own) });
  for (let events = 0; events < 100; events += 1) file.receive(Buffer.concat(new Array(1000).fill(event)));
  let [kept, part] = [0, read(65536)];
  for (; typeof part !== 'number'; part = read(65536)) kept += part.length;
  const most = 2 ** 22 / 128;
  t.ok(kept > 0 && kept / event.length < most, `${kept} bytes of events that take more than their bytes`);
  t.end();
});

t.test('several messages in one write, and a long queue that is read in parts', (t) => {
  const { file, ask, sent, read } = open();
  const replies: Uint8Array[] = [];
  for (let id = 0; id < 3000; id += 1) ask(READ, strings(`/${id}`));
  for (const { request } of sent)
    replies.push(encode({ type: READ, request, transaction: 0, payload: Buffer.from(String(request)) }));
  file.receive(Buffer.concat(replies));
  const parts: Uint8Array[] = [];
  for (let part = read(7777); typeof part !== 'number'; part = read(7777)) parts.push(part);
  const expected = sent.map(({ request }) =>
    encode({ type: READ, request: 77, transaction: 0, payload: Buffer.from(String(request)) }),
  );
  t.ok(Buffer.concat(parts).equals(Buffer.concat(expected)));
  t.end();
});

t.test('closing it closes the connection, which ends its watches and transactions', (t) => {
  const { file, ask, answer, sent, isClosed, next } = open();
  ask(READ, strings('/a'));
  const [request] = sent;
  file.release();
  t.ok(isClosed());
  answer(READ, Buffer.from('late'), request);
  t.equal(next(), -errno.EAGAIN);
  t.end();
});
