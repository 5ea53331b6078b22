import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Language } from '../language/language.ts';
import { say } from '../language/say.ts';
import type { Exercise } from './exercise.ts';
import { hintsFor } from './hints.ts';
import { judge } from './judge.ts';
import { LabError } from './lab-error.ts';
import { type Observation, runArguments, runCheck, runLine } from './observation.ts';

/** The result of one check. */
export interface Result {
  readonly title: string;
  readonly outcome: 'passed' | 'failed' | 'not run';
  /** What is wrong, or why it was not run. */
  readonly problems: readonly string[];
  readonly hints: readonly string[];
  /** A command line that repeats it. */
  readonly command: string;
}

/** Builds and runs a learner's solution. Throws LabError if the machine lacks what the exercise needs. */
export async function checkSolution(exercise: Exercise, folder: string, language: Language): Promise<Result[]> {
  const lacks = (exercise.needs ?? []).find((need) => !has(need));
  if (lacks !== undefined) throw new LabError(needText(exercise.name, lacks));
  const { hints = [], options = [] } = exercise;
  const results: Result[] = [];
  for (const line of exercise.build ?? []) {
    const seen = await runLine(line, folder);
    const problems = seen.status === 0 ? [] : [buildProblem(seen)];
    results.push(result(line, problems, problems.length === 0 ? [] : hintsFor(hints, seen, language), line));
  }
  const isBuilt = results.every(({ outcome }) => outcome === 'passed');
  for (const check of exercise.checks) {
    const title = check.title[language];
    const command = `fauxen ${runArguments(check, options).map(quoted).join(' ')}`;
    if (!isBuilt) {
      results.push({ title, outcome: 'not run', problems: [say('the build failed')], hints: [], command });
      continue;
    }
    const seen = await runCheck(check, options, folder);
    const problems = judge(check, seen);
    results.push(result(title, problems, problems.length === 0 ? [] : hintsFor(hints, seen, language, check), command));
  }
  return results;
}

function result(title: string, problems: readonly string[], hints: readonly string[], command: string): Result {
  return { title, outcome: problems.length === 0 ? 'passed' : 'failed', problems, hints, command };
}

/** Most lines of a compiler's output to show: the first error causes the others. */
const MOST_LINES = 8;

function buildProblem({ stderr, stdout, isTimeOut }: Observation): string {
  if (isTimeOut) return say('it does not end');
  return (stderr || stdout).trim().split('\n').slice(0, MOST_LINES).join('\n');
}

/** Root, a file by its absolute path, or a command. */
function has(need: string): boolean {
  if (need === 'root') return process.getuid?.() === 0;
  const places = need.startsWith('/')
    ? [need]
    : (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, need));
  return places.some((place) => {
    try {
      accessSync(place, need.startsWith('/') ? constants.R_OK : constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Debian's packages for the needs of exercises. */
const packages: Readonly<Record<string, string>> = { clang: 'clang lld', '/usr/include/xen/xen.h': 'libxen-dev' };

function needText(name: string, need: string): string {
  if (need === 'root') return say('{name} needs root: sudo fauxen lab check', { name });
  const install = packages[need] ?? need;
  return say('{name} needs {need}. On Debian: apt-get install {install}', { name, need, install });
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
