/**
 * The command as users run it (dist/cli/main.js), bounded in time. Its folders, processes and mounts are cleaned up whether
 * the test passes or fails.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Test } from 'tap';
import { type Finished, killGroup, PATIENCE, type RunOptions, runCommand } from './run-command.ts';
import { checkout } from './source-files.ts';

// Without the summary of failures: most tests make calls that fail, and compare stderr.
process.env.FAUXEN_QUIET ??= '1';
// Tests compare English messages, whatever the language of the terminal.
process.env.FAUXEN_LANG ??= 'en';

export const cli = join(checkout, 'dist/cli/main.js');

/** The same, started by the shell lines that pass signals and limits on to Node. */
export const command = join(checkout, 'bin/fauxen');

/** What these lines pass to Node (src/cli/started-with.sh). */
const NODE_OPTIONS = ['--single-threaded-gc'];

/** Runs `fauxen ARGS` until it ends. */
export const fauxen = (args: string[], options: RunOptions = {}): Promise<Finished> =>
  runCommand(process.execPath, [...NODE_OPTIONS, cli, ...args], options);

export interface Mounted {
  /** The mount point. */
  dir: string;
  process: ChildProcess;
  /** What it has written to stderr so far. */
  stderr(): string;
  /** Sends a signal (SIGTERM by default) and waits; returns the exit status, or null if a signal ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Runs `fauxen mount DIR ARGS` on a new folder; resolves once the mount answers. */
export async function mountFauxen(t: Test, args: string[] = [], options: RunOptions = {}): Promise<Mounted> {
  const dir = mkdtempSync(join(tmpdir(), 'fauxen-mount-'));
  const child = spawn(process.execPath, [...NODE_OPTIONS, cli, 'mount', dir, ...args], {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));

  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    const [status] = await ended;
    return status;
  };
  t.teardown(async () => {
    // A daemon that does not end when asked is killed, and its mount removed.
    const timer = setTimeout(() => killGroup(child, 'SIGKILL'), 5_000);
    await stop();
    clearTimeout(timer);
    killGroup(child, 'SIGKILL');
    for (const how of [[], ['-l']]) {
      if (isMountPoint(dir)) spawnSync('umount', [...how, dir], { timeout: 5_000 });
    }
    rmdirSync(dir);
  });

  const announced = `fauxen: mounted ${dir}\n`;
  const deadline = Date.now() + (options.timeout ?? PATIENCE);
  while (!stdout.includes(announced)) {
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
      const how = Date.now() > deadline ? 'did not mount in time' : `ended with ${child.exitCode ?? child.signalCode}`;
      throw new Error(`fauxen mount ${dir} ${how}; stdout: ${stdout}; stderr: ${stderr}`);
    }
    await sleep(10);
  }
  return { dir, process: child, stderr: () => stderr, stop };
}

/** Asks the kernel's list of mounts, not the mount itself: a dead mount would not answer. */
export function isMountPoint(dir: string): boolean {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .some((line) => line.split(' ')[4] === dir);
}
