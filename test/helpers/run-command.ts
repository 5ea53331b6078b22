import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

export interface Finished {
  /** Exit status, or null if a signal ended it. */
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  /** Whether it was killed because it ran longer than `timeout`. */
  timedOut: boolean;
}

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  input?: string;
  /** Milliseconds after which the whole process group is killed. */
  timeout?: number;
}

/** Long enough for a busy machine, and shorter than tap's own limit of a minute, so that a hang is reported. */
export const PATIENCE = 20_000;

/** Runs a command in a new process group, so that its children can be killed with it. Never rejects. */
export function runCommand(command: string, args: string[], options: RunOptions = {}): Promise<Finished> {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: 'pipe',
    detached: true,
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  child.stdin.on('error', () => {}); // it may not read its input
  child.stdin.end(options.input ?? '');
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    killGroup(child, 'SIGKILL');
  }, options.timeout ?? PATIENCE);
  return new Promise((resolve) => {
    const finish = (status: number | null, signal: NodeJS.Signals | null) => {
      clearTimeout(timer);
      resolve({ status, signal, ...output, timedOut });
    };
    child.on('error', (error) => {
      output.stderr += String(error);
      finish(127, null);
    });
    child.on('close', finish);
  });
}

/** Signals a child that was spawned `detached`, and all processes still in its group. */
export function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  // Its number may be another process's by now.
  if ((child.exitCode !== null || child.signalCode !== null) && existsSync(`/proc/${child.pid}`)) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group has ended already.
  }
}
