import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { XenbusRelay } from '../../../src/daemon/main-thread/xenbus-relay.ts';
import { at, HEADER } from '../../../src/drivers/xenbus/message.ts';
import type { StoreEvent } from '../../../src/drivers/xenbus/store-link.ts';
import { prepareMount } from '../../../src/fuse/mount.ts';
import { openName } from '../../../src/linux/open-file.ts';
import { missing } from '../../helpers/capabilities.ts';

/** A xenstored that echoes every message, has a backlog of one client, and accepts none for a while. */
const SLOW = `const server = require('node:net').createServer((socket) => socket.pipe(socket));
server.listen({ path: process.argv[1], backlog: 1 }, () => {
  require('node:fs').writeSync(1, 'ready');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
});`;

async function startSlow(t: Test, root: string): Promise<ChildProcess> {
  mkdirSync(join(root, 'run/xenstored'), { recursive: true });
  const server = spawn(process.execPath, ['-e', SLOW, join(root, 'run/xenstored/socket')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.teardown(() => server.kill());
  await once(server.stdout ?? server, 'data');
  return server;
}

t.test('all clients are served, even more than xenstored’s backlog', async (t) => {
  const root = mkdtempSync(join(tmpdir(), 'fauxen-')); // a socket's path has 107 bytes at most
  t.teardown(() => rmSync(root, { recursive: true, force: true }));
  await startSlow(t, root);
  const CLIENTS = 20;
  const events: StoreEvent[] = [];
  const all = new Promise<void>((resolve) => {
    const relay = new XenbusRelay({
      tell: async (event) => {
        events.push(event);
        if (events.length === CLIENTS) resolve();
      },
      note: (text) => t.fail(text),
    });
    t.teardown(() => relay.end());
    for (let connection = 0; connection < CLIENTS; connection++) {
      relay.serve({ call: 'open', connection, root: openSync(root, 'r') });
      relay.serve({ call: 'send', connection, message: new Uint8Array(HEADER) });
    }
  });
  const timer = setTimeout(() => t.fail('some are not served'), 10_000);
  await all;
  clearTimeout(timer);
  t.same(
    events.filter((event) => 'lost' in event),
    [],
  );
});

t.test('a client takes one descriptor, and unread data stays with xenstored', async (t) => {
  const root = rootDirectory(t);
  await startSlow(t, root);
  const CLIENTS = 20;
  const before = readdirSync('/proc/self/fd').length;
  let [told, bytes] = [0, 0];
  let take = () => {};
  const taken = new Promise<void>((resolve) => (take = resolve));
  const relay = new XenbusRelay({
    tell(event) {
      told += 1;
      if ('messages' in event) bytes += event.messages.length;
      return told > CLIENTS ? taken : Promise.resolve();
    },
    note: (text) => t.fail(text),
  });
  t.teardown(() => relay.end());
  const until = async (condition: () => boolean) => {
    while (!condition()) await sleep(5);
  };
  for (let connection = 0; connection < CLIENTS; connection++) {
    relay.serve({ call: 'open', connection, root: openSync(root, 'r') });
    relay.serve({ call: 'send', connection, message: new Uint8Array(HEADER) });
  }
  await until(() => told === CLIENTS && readdirSync('/proc/self/fd').length <= before + CLIENTS + 5);
  t.pass('one descriptor each');
  const message = new Uint8Array(HEADER + 4080);
  new DataView(message.buffer).setUint32(at.length, 4080, true);
  bytes = 0;
  const MESSAGES = 1000;
  for (let count = 0; count < MESSAGES; count++) relay.serve({ call: 'send', connection: 0, message });
  await until(() => bytes > 2 ** 17);
  await sleep(200);
  t.ok(bytes < 2 ** 17 + 2 ** 18, `${bytes} bytes wait for the hypervisor thread`);
  take();
  await until(() => bytes === MESSAGES * message.length);
  t.pass('and then the rest comes');
});

/** A new root directory; a socket's path has 107 bytes at most. */
function rootDirectory(t: Test): string {
  const root = mkdtempSync(join(tmpdir(), 'fauxen-'));
  t.teardown(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

t.test(
  'a caller in whose root directory a file system never answers: the main thread goes on, and others are served',
  { skip: missing('fuse', 'rootMount') },
  async (t) => {
    const [hanging, good] = [rootDirectory(t), rootDirectory(t)];
    await startSlow(t, good);
    const place = join(hanging, 'run/xenstored');
    mkdirSync(place, { recursive: true });
    const { fd, mount } = prepareMount(place); // nobody reads its requests
    mount();
    t.teardown(() => {
      closeSync(fd); // ends the waiting lookups
      spawnSync('umount', ['-l', place]);
    });
    let served = () => {};
    const all = new Promise<void>((resolve) => {
      served = resolve;
    });
    const relay = new XenbusRelay({
      tell: async (event) => 'messages' in event && served(),
      note: t.fail,
    });
    t.teardown(() => relay.end());
    for (let connection = 0; connection < 10; connection++) {
      const root = openName(connection < 9 ? hanging : good);
      relay.serve({ call: 'open', connection, root });
      relay.serve({ call: 'send', connection, message: new Uint8Array(HEADER) });
    }
    await all;
    t.pass('the last is served');
  },
);

t.test(
  'a xenstored that starts later gets what was sent before; a path that is no socket loses the connection',
  async (t) => {
    const root = rootDirectory(t);
    const events: StoreEvent[] = [];
    const notes: string[] = [];
    let told = () => {};
    const tell = async (event: StoreEvent) => {
      events.push(event);
      told();
    };
    const relay = new XenbusRelay({ tell, note: (text) => notes.push(text) });
    t.teardown(() => relay.end());
    const next = () => new Promise<void>((resolve) => (told = resolve));
    relay.serve({ call: 'open', connection: 1, root: openName(root) });
    relay.serve({ call: 'send', connection: 1, message: new Uint8Array(HEADER) });
    const answered = next();
    while (notes.length === 0) await sleep(5);
    await startSlow(t, root);
    await answered;
    t.same(events, [{ connection: 1, messages: new Uint8Array(HEADER) }]);
    const other = rootDirectory(t);
    mkdirSync(join(other, 'run/xenstored/socket'), { recursive: true });
    const lost = next();
    relay.serve({ call: 'open', connection: 2, root: openName(other) });
    await lost;
    t.same(events.at(-1), { connection: 2, lost: true });
    relay.serve({ call: 'open', connection: 3, root: openName(other) });
    relay.serve({ call: 'close', connection: 3 });
    relay.serve({ call: 'close', connection: 3 });
  },
);
