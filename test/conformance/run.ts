import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Answer, modesOf, parseRecording } from './recording.ts';

export interface Recording {
  readonly name: string;
  readonly file: string;
  /** Options of `fauxen run`. */
  readonly options: readonly string[];
  /** Whether to repeat first what the tools did to the recorded Xen. */
  readonly prelude: boolean;
}

/** The guest's id. Domains with lower ids existed where the recordings were made. */
const GUEST = ['--domain', '8'];

export const recordings: readonly Recording[] = [
  { name: 'dom0', file: 'probe-proc.tsv', options: ['--strict-memory'], prelude: true },
  {
    name: 'pv',
    file: 'domu-pv-unrestricted.tsv',
    options: ['--strict-memory', ...GUEST, '--privcmd-unrestricted'],
    prelude: false,
  },
  {
    name: 'pvh',
    file: 'domu-pvh-unrestricted.tsv',
    options: ['--strict-memory', ...GUEST, '--domain-type', 'pvh', '--privcmd-unrestricted'],
    prelude: false,
  },
  { name: 'blocked', file: 'domu-pv-default-blocked.tsv', options: ['--strict-memory', ...GUEST], prelude: false },
];

const data = 'data/conformance';
/** A whole run takes seconds; one that hangs is killed. */
const TIMEOUT_MS = 240_000;

function compile(source: string, target: string, flags: readonly string[] = ['-static']): void {
  const { status, stderr } = spawnSync('gcc', ['-O1', ...flags, '-o', target, source], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`cannot compile ${source}: ${stderr}`);
}

export interface ProbeRun {
  recording: Recording;
  expected: readonly Answer[];
  folder: string;
  /** Where to save the program's output. */
  keep: string | undefined;
  /** The --transport of `fauxen run`. */
  transport: string;
}

/** The whole output of the probe program: each mode in a new process, all under one `fauxen run`. */
export function runProbes({ recording, expected, folder, keep, transport }: ProbeRun): Answer[] {
  const probe = join(folder, 'probe');
  compile(`${data}/probe.c`, probe);
  const lines = modesOf(expected).map((mode) => `${probe} ${mode}; echo "# rc=$? mode=${mode}"`);
  if (recording.prelude) {
    compile('test/conformance/prelude.c', join(folder, 'prelude'));
    lines.unshift(join(folder, 'prelude'));
  }
  const script = join(folder, 'script');
  writeFileSync(script, `${lines.join('\n')}\n`);
  const output = join(folder, `${recording.name}.tsv`);
  writeFileSync(output, '');
  const command = ['--transport', transport, ...recording.options, '--', 'sh', '-c', `sh ${script} >${output}`];
  const { status, stderr, error } = spawnSync(resolve('scripts/fauxen'), ['run', ...command], {
    encoding: 'utf8',
    timeout: TIMEOUT_MS,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (stderr !== '') process.stderr.write(stderr);
  if (error !== undefined) throw error;
  if (status !== 0) process.stderr.write(`fauxen run ended with ${status}\n`);
  if (keep !== undefined) copyFileSync(output, join(keep, `${recording.name}.tsv`));
  return parseRecording(readFileSync(output, 'latin1'));
}

/** Flags of the 32-bit program, which has no C library. */
const FLAGS_32 = ['-m32', '-nostdlib', '-static', '-fno-pic', '-fno-stack-protector'];

/** The actual and the expected output of the 32-bit program, line by line. Descriptor numbers may be any. */
export function runProbe32(folder: string, transport: string): { expected: string[]; got: string[] } {
  const probe = join(folder, 'probe32');
  compile(`${data}/probe32.c`, probe, FLAGS_32);
  const { stdout } = spawnSync(
    resolve('scripts/fauxen'),
    ['run', '--transport', transport, '--strict-memory', '--', probe],
    {
      encoding: 'utf8',
      timeout: TIMEOUT_MS,
    },
  );
  return { expected: lines32(readFileSync(`${data}/probe32.txt`, 'utf8')), got: lines32(stdout) };
}

function lines32(text: string): string[] {
  const lines = text.split('\n').filter((line) => line.startsWith('probe32'));
  return lines.map((line) => line.replace(/(\.open\.\w+\traw-return)=\d+/, '$1=-'));
}
