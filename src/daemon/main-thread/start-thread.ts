import { Worker } from 'node:worker_threads';
import { writeAll } from '../log/write-all.ts';

/** The hypervisor thread makes little garbage; a small nursery keeps 4 MB (8 MB with users' hypercalls) out of the resident set. */
const YOUNG_GENERATION_MB = 4;
/** Heap limit. Ten thousand domains take 30 MB. Exceeding it ends the hypervisor with a message, not the process by a signal. */
export const HEAP_MB = 1024;

/** Global, since dist/cli/main.js and the code that it loads are two bundles. */
const EARLY = Symbol.for('fauxen.earlyThread');
type Holder = { [EARLY]?: Worker | undefined };

/**
 * Starts the hypervisor thread before its settings are known, and before this thread has loaded its code: it takes half of the start-up
 * time. An unused thread does not delay the end of the process. `entry`: the file that it starts with.
 */
export function startThreadEarly(entry: URL): void {
  const worker = start(entry);
  worker.unref();
  (globalThis as Holder)[EARLY] = worker;
}

/** A hypervisor thread that waits for its ThreadData as a message. `entry`: what it starts with unless it was started early. */
export function startThread(entry: URL): Worker {
  const worker = (globalThis as Holder)[EARLY] ?? start(entry);
  (globalThis as Holder)[EARLY] = undefined;
  worker.ref();
  return worker;
}

function start(entry: URL): Worker {
  const worker = new Worker(entry, {
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
