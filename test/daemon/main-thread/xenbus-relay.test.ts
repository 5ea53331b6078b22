import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { XenbusRelay } from '../../../src/daemon/main-thread/xenbus-relay.ts';
import { HEADER } from '../../../src/drivers/xenbus/message.ts';
import type { StoreEvent } from '../../../src/drivers/xenbus/store-link.ts';

/** A xenstored that sends every message back, lets one client wait, and for a while accepts none. */
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

t.test('more clients than xenstored lets wait are all served', async (t) => {
  const root = mkdtempSync(join(tmpdir(), 'fauxen-')); // a socket's path has 107 bytes at most
  t.teardown(() => rmSync(root, { recursive: true, force: true }));
  await startSlow(t, root);
  const CLIENTS = 20;
  const events: StoreEvent[] = [];
  const all = new Promise<void>((resolve) => {
    const relay = new XenbusRelay({
      tell: (more) => {
        events.push(...more);
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
