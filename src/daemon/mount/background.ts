// Starts a daemon in the background, from a process that waits until the daemon is ready and then exits.

import { spawn } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { SYS } from '../../linux/arch/x86-64/system-calls.ts';

/** The descriptor on which the daemon reports that it is ready. */
const READY_FD = 3;
/** Set in the daemon's environment. */
const MARK = 'FAUXEN_BACKGROUND';

/** Whether this process is the daemon. */
export function isInBackground(): boolean {
  return process.env[MARK] === '1';
}

/**
 * Runs this command again as a daemon in a new session. Its errors go to stderr until it is ready. Resolves to the exit status: 0 when
 * it is ready, with `pid` set; the daemon's own status if it exits earlier.
 */
export function startInBackground(): Promise<number> {
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    env: { ...process.env, [MARK]: '1' },
  });
  child.stderr?.on('data', (bytes: Uint8Array) => writeSync(2, bytes));
  return new Promise((resolve) => {
    child.stdio[READY_FD]?.on('data', () => {
      child.unref();
      resolve(0);
    });
    child.on('close', (status) => resolve(status ?? 1));
    child.on('error', (error) => {
      writeSync(2, `fauxen: cannot start in the background: ${error.message}\n`);
      resolve(1);
    });
  });
}

/** In the daemon: reports to the parent that it is ready, and detaches from its terminal and directory. */
export async function reportReady(): Promise<void> {
  const { systemCall } = await import('../../linux/libc.ts'); // only in the daemon, to keep the parent fast
  writeSync(READY_FD, 'ready\n');
  closeSync(READY_FD);
  const nothing = openSync('/dev/null', 'r+');
  systemCall(SYS.dup2, nothing, 2);
  closeSync(nothing);
  process.chdir('/');
}
