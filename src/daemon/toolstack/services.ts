// Xen's own daemons of a dom0, started inside the private view by the launcher, which becomes the user's program afterwards.

import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { XenTools } from './find-tools.ts';

/** How long each may take to start on a busy machine, and xenstored, should it die before it writes its pid, to be missed. */
const TIMEOUT_MS = 20_000;
const RETRY_MS = 10;
const CONSOLE_LOGS = '/var/log/xen/console';
const XENSTORED_SOCKET = '/run/xenstored/socket';
/** /etc/init.d/xen looks for these. */
const XENSTORED_PID = '/run/xenstore.pid';
const XENCONSOLED_PID = '/run/xenconsoled.pid';

const KERNEL_FEATURES = ['feature-poweroff', 'feature-reboot', 'feature-suspend'];

/** Starts xenstored, sets dom0 and the scenario's domains up in it, starts xenconsoled. Throws with what failed and its last words. */
export async function startServices(tools: XenTools, scenario?: string): Promise<void> {
  // Another boot's, or another dom0's, of which this /run shows a copy.
  for (const stale of [XENSTORED_PID, XENCONSOLED_PID, XENSTORED_SOCKET]) rmSync(stale, { force: true });
  must('xenstored', [tools.xenstored, ...xenstoredArguments(tools)]);
  awaitXenstore(tools);
  // Linux's own entries (drivers/xen/manage.c), which its driver makes as soon as xenstored is there.
  must('xenstore-write', [tools.xenstoreWrite, '-s', ...KERNEL_FEATURES.flatMap((name) => [`control/${name}`, '1'])]);
  must('xen-init-dom0', [tools.initDom0]);
  if (scenario !== undefined) await (await import('./populate.ts')).populateXenstore(scenario, XENSTORED_SOCKET);
  mkdirSync(CONSOLE_LOGS, { recursive: true });
  must('xenconsoled', [tools.xenconsoled, '--log=guest', `--log-dir=${CONSOLE_LOGS}`, `--pid-file=${XENCONSOLED_PID}`]);
}

/** oxenstored takes most of what it is told from a file. */
function xenstoredArguments({ xenstored }: XenTools): string[] {
  if (basename(xenstored) !== 'oxenstored') return ['--pid-file', XENSTORED_PID];
  const file = '/var/log/xen/oxenstored.conf';
  const lines = [
    `pid-file = ${XENSTORED_PID}`,
    'persistent = false',
    'xenstored-log-file = /var/log/xen/oxenstored.log',
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  return ['--config-file', file];
}

/** xenstored leaves its parent before it listens. */
function awaitXenstore(tools: XenTools): void {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  const deadline = performance.now() + TIMEOUT_MS;
  for (;;) {
    // Without a socket it would ask /dev/xen/xenbus, which waits for as long as there is none.
    const listens = existsSync(XENSTORED_SOCKET);
    if (listens && run('xenstore-exists', [tools.xenstoreExists, '-s', '/']).status === 0) return;
    if (hasEnded(XENSTORED_PID)) throw new Error(`xenstored ended at once: ${lastWords('xenstored')}`);
    if (performance.now() > deadline) throw new Error(`xenstored does not answer within ${TIMEOUT_MS / 1000} s`);
    Atomics.wait(pause, 0, 0, RETRY_MS);
  }
}

/** A daemon that has not come as far as writing its pid is not said to have ended. */
function hasEnded(pidFile: string): boolean {
  const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0;
  if (!(pid > 0)) return false;
  try {
    return !process.kill(pid, 0);
  } catch {
    return true;
  }
}

function must(name: string, command: [string, ...string[]]): void {
  const { error, signal, status } = run(name, command);
  if (status === 0) return;
  const how = error?.message ?? (signal === null ? `it ended with status ${status}` : `it ended by ${signal}`);
  throw new Error(`cannot start ${name}: ${how}: ${lastWords(name)}`);
}

/** Its output goes to a file: a pipe would be held open by what it leaves in the background. */
function run(name: string, [path, ...args]: [string, ...string[]]): SpawnSyncReturns<Buffer> {
  const log = openSync(logFile(name), 'a');
  try {
    return spawnSync(path, args, { stdio: ['ignore', log, log], timeout: TIMEOUT_MS, killSignal: 'SIGKILL', cwd: '/' });
  } finally {
    closeSync(log);
  }
}

function lastWords(name: string): string {
  const words = readFileSync(logFile(name), 'utf8').trim();
  return words === '' ? 'it said nothing' : words.slice(-500);
}

const logFile = (name: string) => `/var/log/xen/${name}.log`;
