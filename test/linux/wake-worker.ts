// The worker of signals.test.ts: blocks in a read, and reports what the read returned.

import { parentPort, workerData } from 'node:worker_threads';
import { Alarm } from '../../src/linux/alarm.ts';
import { read } from '../../src/linux/io.ts';
import { gettid } from '../../src/linux/thread.ts';

if (workerData.alarm) new Alarm().arm(30);
parentPort!.postMessage({ tid: gettid() });
const begin = performance.now();
const returned = read(workerData.fd, new Uint8Array(8));
parentPort!.postMessage({ returned, milliseconds: performance.now() - begin });
