import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Language } from '../language/language.ts';
import { say } from '../language/say.ts';
import type { Exercise } from './exercise.ts';
import { LabError } from './lab-error.ts';

/** Remembers which exercise a folder is for, and whether its check has passed. */
const FILE = 'lab.json';

export interface Progress {
  readonly exercise: string;
  /** The teacher's folder of exercises, if it is not Fauxen's own. */
  readonly exercises?: string;
  readonly passed: boolean;
}

/** Copies the starting point and the text into a new folder. Returns the names of the files. Throws LabError. */
export function start(exercise: Exercise, directory: string, language: Language, exercises?: string): string[] {
  if (existsSync(directory) && readdirSync(directory).length > 0)
    throw new LabError(say('{directory} exists and is not empty: choose another folder, or remove it', { directory }));
  mkdirSync(directory, { recursive: true });
  cpSync(join(exercise.folder, 'start'), directory, { recursive: true });
  writeFileSync(join(directory, 'README.md'), textOf(exercise, language));
  writeProgress(directory, {
    exercise: exercise.name,
    ...(exercises && { exercises: resolve(exercises) }),
    passed: false,
  });
  return readdirSync(directory).filter((name) => name !== FILE);
}

export const textOf = (exercise: Exercise, language: Language): string =>
  readFileSync(join(exercise.folder, `text.${language}.md`), 'utf8');

/** Undefined if the folder was not made by `start`. Throws LabError if its lab.json is damaged. */
export function progressOf(directory: string): Progress | undefined {
  const file = join(directory, FILE);
  if (!existsSync(file)) return undefined;
  try {
    const { exercise, exercises, passed }: Record<string, unknown> = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof exercise !== 'string') throw new TypeError("'exercise' is missing");
    return { exercise, passed: passed === true, ...(typeof exercises === 'string' && { exercises }) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LabError(
      say('{file} is damaged ({reason}): remove it, and start the exercise in another folder', { file, reason }),
    );
  }
}

export function writeProgress(directory: string, progress: Progress): void {
  writeFileSync(join(directory, FILE), `${JSON.stringify(progress, undefined, 2)}\n`);
}

/** The contents of the learner's files, for comparison. */
export function sourcesOf(directory: string): string {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|js|c|h|patch|diff|S|mk|sh)$|^Makefile$/.test(entry.name))
    .map((entry) => `${entry.name}\0${readOrNothing(join(entry.parentPath, entry.name))}`)
    .join('\0');
}

/** In the middle of an editor's rename the file is absent. */
function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
