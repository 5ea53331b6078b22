import { type ChildProcess, spawn } from 'node:child_process';

export interface Finished {
  /** Exit status, or null if a signal ended it. */
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  /** It was ended because it ran longer than `timeout`. */
  timedOut: boolean;
}

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  input?: string;
  /** Milliseconds after which the whole process group is killed. */
  timeout?: number;
}

/** Long enough for a busy machine, short enough that a hang is reported before tap's own limit of a minute. */
export const PATIENCE = 20_000;

/** Runs a command in a process group of its own, so that what it started can be ended with it. Never rejects. */
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
  child.stdin.on('error', () => {}); // it need not read its input
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

/** Signals a child that was spawned `detached`, and all that it started and that is still in its group. */
export function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already: that is what was wanted.
  }
}
