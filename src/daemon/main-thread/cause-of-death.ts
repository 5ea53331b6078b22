import { say } from '../../language/say.ts';
import { errorCode } from '../../linux/system-error.ts';
import { HEAP_MB } from './start-thread.ts';

/** The memory that handlers filled. */
export function outOfMemory(megabytes: number): string {
  return say(
    'the hypervisor ran out of memory ({megabytes} MB) and has ended: does a handler keep all that it allocates?',
    {
      megabytes,
    },
  );
}

/** Explains for the log why the hypervisor thread ended without a report. `error`: the error that killed it, if any. */
export function causeOfDeath(error: Error | undefined, exitCode: number): string {
  if (error === undefined) {
    return say('the hypervisor thread ended by itself (exit code {exitCode}): does a handler end the process?', {
      exitCode,
    });
  }
  if (errorCode(error) === 'ERR_WORKER_OUT_OF_MEMORY') return outOfMemory(HEAP_MB);
  return say('the hypervisor thread died: {error}', { error: error.stack ?? error.message });
}
