// The entry of the hypervisor thread: loads the modules that take long to load, then waits for the settings.

import { once } from 'node:events';
import { parentPort } from 'node:worker_threads';
import type { Control } from '../protocol/messages.ts';
import { serveCallers } from './serve-callers.ts';

async function start(): Promise<void> {
  if (parentPort === null)
    throw new Error('this file is the hypervisor thread, for src/daemon/main-thread/start-thread.ts to start');
  const [first] = (await once(parentPort, 'message')) as [Control]; // the main thread's ThreadLink sends nothing else
  if (first.kind !== 'start') throw new Error(`the hypervisor thread was to start, and got: ${first.kind}`);
  await serveCallers(first);
}

void start();
