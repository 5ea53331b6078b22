import { say } from '../../language/say.ts';
import { printRing } from '../log/print-ring.ts';
import type { JoinRequest } from '../protocol/join-request.ts';
import { needMount } from './choose-mount.ts';
import { Devices } from './devices.ts';
import { isRunningMount, JoinError, joinDomain, retryWhileStuck } from './join-domain.ts';
import { reapOrphans } from './reap-orphans.ts';
import { RunError, statusOf } from './run-error.ts';
import { SignalRelay } from './signal-relay.ts';
import { startProgram } from './start-program.ts';
import { startedWith } from './started-with.ts';

export interface JoinOptions {
  command: string[];
  /** The directory of a running `fauxen mount`. */
  at: string;
  /** A domain other than the mount's own. */
  domain?: JoinRequest | undefined;
  dmesg: boolean;
}

/** Runs a program with the hypervisor of a running `fauxen mount`. Exit status as for runProgram. Throws RunError. */
export async function joinMount({ command, at, domain, dmesg }: JoinOptions): Promise<number> {
  const started = startedWith();
  if (!isRunningMount(at))
    throw new RunError(say('{directory} is not the directory of a running fauxen mount', { directory: at }));
  await needMount(started.descriptors);
  const devices = Devices.hold();
  try {
    const view = { at: viewOf(at, domain), devices: devices?.kind };
    const relay = new SignalRelay(started.ignored);
    const start = () => startProgram({ command, started, view, transport: 'fuse' });
    const { child } = retryWhileStuck(at, start);
    relay.to(child);
    reapOrphans();
    const status = await child.ended;
    const { readFile } = await import('node:fs/promises');
    if (dmesg) printRing(await readFile(`${at}/dmesg`).catch(() => undefined));
    return status;
  } catch (error) {
    return statusOf(error);
  } finally {
    devices?.release();
  }
}

function viewOf(at: string, domain: JoinRequest | undefined): string {
  if (domain === undefined) return at;
  try {
    return joinDomain(at, domain);
  } catch (error) {
    throw error instanceof JoinError ? new RunError(error.message) : error;
  }
}
