import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunReport } from '../daemon/run/report.ts';
import { OwnFolder } from '../linux/own-folder.ts';
import { packageRoot } from '../package/place.ts';
import type { Check } from './exercise.ts';

/** The observed results of a run of the learner's solution. */
export interface Observation {
  /** The exit status; null after a signal or the time limit. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Absent if the program did not run: a hypercall file could not be loaded. */
  readonly report?: RunReport;
  /** The trace of the hypercalls; empty unless it was requested. */
  readonly trace: string;
  readonly isTimeOut: boolean;
}

/** Seconds that a build or a run may take: long enough for a slow machine, since only a hang reaches it. */
const TIME_LIMIT_S = 60;
/** Most bytes of a program's output to keep. */
const MOST_OUTPUT = 256 * 1024;

const bin = join(packageRoot, 'bin');

/** Runs a line of sh in the learner's folder, outside of Xen. */
export function runLine(line: string, folder: string): Promise<Observation> {
  return finished('sh', ['-c', line], folder);
}

/** The arguments of fauxen with which a learner repeats a check. */
export function runArguments(check: Check, options: readonly string[]): string[] {
  return ['run', ...options, ...(check.options ?? []), '--', 'sh', '-c', check.run];
}

/** Runs a check as a learner would: by `fauxen run`. */
export async function runCheck(check: Check, options: readonly string[], folder: string): Promise<Observation> {
  const own = new OwnFolder(join(tmpdir(), 'fauxen-lab-'));
  const scratch = own.path;
  const [report, trace] = [join(scratch, 'report'), join(scratch, 'trace')];
  try {
    const [run = '', ...rest] = runArguments(check, options);
    const watched = check.calls === undefined ? [] : ['--trace', '--trace-file', trace, '-v'];
    const args = [run, '--quiet', '--report', report, ...watched, ...rest];
    const seen = await finished(join(bin, 'fauxen'), args, folder);
    const text = textOf(report);
    return { ...seen, trace: textOf(trace), ...(text !== '' && { report: JSON.parse(text) as RunReport }) }; // by report.ts
  } finally {
    own.remove();
  }
}

function finished(command: string, args: readonly string[], cwd: string): Promise<Observation> {
  const env = { ...process.env, PATH: `${bin}:${process.env.PATH ?? ''}` };
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      if (output[stream].length < MOST_OUTPUT) output[stream] += text;
    });
  }
  let isTimeOut = false;
  const end = (signal: NodeJS.Signals) => {
    isTimeOut = true;
    if (child.pid !== undefined) kill(-child.pid, signal);
  };
  const timers = [
    setTimeout(end, TIME_LIMIT_S * 1000, 'SIGTERM'),
    setTimeout(end, (TIME_LIMIT_S + 5) * 1000, 'SIGKILL'), // SIGTERM lets fauxen remove its mount
  ];
  return new Promise((resolve) => {
    const done = (status: number | null) => {
      for (const timer of timers) clearTimeout(timer);
      resolve({ status: isTimeOut ? null : status, ...output, trace: '', isTimeOut });
    };
    child.on('error', (error) => {
      output.stderr += error.message;
      done(127);
    });
    child.on('close', done);
  });
}

function kill(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(group, signal);
  } catch {
    // it has just ended
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // the run ended before that
  }
}
