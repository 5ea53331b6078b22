import { Worker } from 'node:worker_threads';
import { threadEntry } from '../../package/place.ts';
import { writeAll } from '../log/write-all.ts';

/** The hypervisor thread makes little garbage; a small nursery keeps 4 MB (8 MB with users' hypercalls) out of the resident set. */
const YOUNG_GENERATION_MB = 4;
/** Heap limit. Ten thousand domains take 30 MB. Exceeding it ends the hypervisor with a message, not the process by a signal. */
export const HEAP_MB = 1024;

let early: Worker | undefined;

/**
 * Starts the hypervisor thread before its settings are known. It takes half of the start-up time, and meanwhile the command line is
 * parsed and the mount made. An unused thread does not delay the end of the process.
 */
export function startThreadEarly(): void {
  early ??= start();
  early.unref();
}

/** A hypervisor thread that waits for its ThreadData as a message. */
export function startThread(): Worker {
  const worker = early ?? start();
  early = undefined;
  worker.ref();
  return worker;
}

function start(): Worker {
  const worker = new Worker(threadEntry, {
    argv: process.argv.slice(2), // this tells src/package/load-code.ts which code the thread will need
    stdout: true,
    stderr: true,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB, maxOldGenerationSizeMb: HEAP_MB },
  });
  // Output of a handler's console.log. Avoids process.stdout, which makes a socket non-blocking for the program too.
  worker.stdout.on('data', (text) => writeAll(1, text));
  worker.stderr.on('data', (text) => writeAll(2, text));
  return worker;
}
