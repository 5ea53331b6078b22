// dist/cli/main.js: starts the command, and in a worker the hypervisor thread.

import { isMainThread } from 'node:worker_threads';
import { loadCode } from './package/load-code.ts';

loadCode(isMainThread ? 'main' : 'thread', new URL('../fauxen.cjs', import.meta.url), require);
