// dist/cli/main.js: starts the command, and in a worker the hypervisor thread. That thread starts first, before the command's own code is
// loaded: most commands need it, and it takes the longest to start.

import { isMainThread } from 'node:worker_threads';
import { isLost, startsHypervisor } from './cli/starts-hypervisor.ts';
import { startThreadEarly } from './daemon/main-thread/start-thread.ts';
import { loadCode } from './package/load-code.ts';

// A thread cannot start in a directory that was removed: the command leaves that first.
if (isMainThread && startsHypervisor(process.argv.slice(2)) && !isLost()) startThreadEarly(new URL(import.meta.url));
loadCode(isMainThread ? 'main' : 'thread', new URL('../fauxen.cjs', import.meta.url), require);
