// Joins a second domain of a running mount's hypervisor, for the commands that run programs in it.

import { statSync, writeFileSync } from 'node:fs';
import { say } from '../../language/say.ts';
import { errorCode } from '../../linux/system-error.ts';
import { type JoinRequest, joinLine } from '../protocol/join-request.ts';
import { DOMAINS, HIDDEN, JOIN } from '../protocol/view-names.ts';
import { MountStuck } from './run-error.ts';

/** The running mount cannot provide this domain; the message explains why. */
export class JoinError extends Error {
  override readonly name = 'JoinError';
}

/** How long to wait for a stuck mount, and how often to check it. */
const STUCK_MS = 10_000;
const LOOK_MS = 100;
const pause = new Int32Array(new SharedArrayBuffer(4));

/** Whether the directory is that of a running `fauxen mount`. Waits while the mount is stuck. */
export function isRunningMount(directory: string): boolean {
  for (const end = Date.now() + STUCK_MS; ; Atomics.wait(pause, 0, 0, LOOK_MS)) {
    try {
      return statSync(`${directory}/${HIDDEN}/proc`).isDirectory();
    } catch (error) {
      if (errorCode(error) !== 'EIO' || Date.now() >= end) return false;
    }
  }
}

/** Does the work, and repeats it if the mount was stuck meanwhile. */
export function retryWhileStuck<Result>(directory: string, work: () => Result): Result {
  for (const end = Date.now() + STUCK_MS; ; ) {
    try {
      return work();
    } catch (error) {
      const isStuck = error instanceof MountStuck || errorCode(error) === 'EIO';
      if (!isStuck || Date.now() >= end || !isRunningMount(directory)) throw error;
    }
  }
}

/**
 * The directory of a domain's view in the mount on `directory`; starts a guest if there is no such domain. Throws JoinError.
 */
export function joinDomain(directory: string, request: JoinRequest): string {
  if (!isRunningMount(directory))
    throw new JoinError(say('{directory} is not the directory of a running fauxen mount', { directory }));
  try {
    const line = joinLine(request);
    retryWhileStuck(directory, () => writeFileSync(`${directory}/${HIDDEN}/${JOIN}`, line, { flag: 'r+' }));
  } catch (error) {
    const code = errorCode(error) ?? String(error);
    throw new JoinError(
      say('cannot join domain {id} of the mount on {directory}: {code}. {advice}', {
        id: request.id,
        directory,
        code,
        advice: advice(code, request),
      }),
    );
  }
  return `${directory}/${HIDDEN}/${DOMAINS}/${request.id}`;
}

function advice(code: string, { type }: JoinRequest): string {
  if (code === 'EEXIST')
    return say('It exists, but is not a {type} guest: omit --domain-type.', { type: type?.toUpperCase() });
  if (code === 'ENOMEM')
    return say('The machine has no room for a guest of 192 MiB: destroy one, or give it more memory.');
  if (code === 'EACCES' || code === 'EPERM') return say('Run as root, or as the user who mounted.');
  if (code === 'ENOENT') return say('Was it mounted by another version of Fauxen? Mount it again.');
  return say("The mount's log may say more.");
}
