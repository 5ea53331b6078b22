import { Worker } from 'node:worker_threads';
import { entryFile } from '../../package/place.ts';
import { writeAll } from '../log/write-all.ts';

/** The hypervisor thread makes little garbage; a small nursery keeps 4 MB (8 MB with users' hypercalls) out of the resident set. */
const YOUNG_GENERATION_MB = 4;
/** Ten thousand domains take 30 MB. A handler that hoards more than this ends the hypervisor with a reason, not the process by a signal. */
export const HEAP_MB = 1024;

let early: Worker | undefined;

/**
 * Starts the hypervisor thread before anybody knows what it is to do: of all that a start waits for it takes longest (half of
 * it), and meanwhile the command line is read and the mount made. Holds nobody up: a process that finds no use for it ends.
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
  const worker = new Worker(entryFile('daemon/hypervisor-thread/hypervisor-thread'), {
    stdout: true,
    stderr: true,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB, maxOldGenerationSizeMb: HEAP_MB },
  });
  // What a handler's console.log says. Not by process.stdout: that makes a socket non-blocking, which is the program's too.
  worker.stdout.on('data', (text) => writeAll(1, text));
  worker.stderr.on('data', (text) => writeAll(2, text));
  return worker;
}
