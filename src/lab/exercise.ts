import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { packageRoot } from '../package/place.ts';
import { checkedDocument, DocumentError, type Mistake } from '../scenario/checked-document.ts';
import { validate } from './data/validate.ts';
import { LabError } from './lab-error.ts';

/** A text in each language. */
export interface Texts {
  readonly en: string;
  readonly zh: string;
}

/** One run and its expected output. Texts are regular expressions. */
export interface Check {
  readonly title: Texts;
  readonly run: string;
  readonly options?: readonly string[];
  readonly status?: number;
  readonly prints?: readonly string[];
  readonly dmesg?: readonly string[];
  readonly quiet?: readonly string[];
  readonly calls?: readonly string[];
  readonly fails?: readonly string[];
}

export interface Hint {
  readonly cause?: string;
  readonly prints?: string;
  readonly dmesg?: string;
  readonly says?: string;
  readonly hint: Texts;
}

/** exercise.yaml. */
interface Manifest {
  readonly title: Texts;
  readonly needs?: readonly string[];
  readonly build?: readonly string[];
  readonly options?: readonly string[];
  readonly checks: readonly Check[];
  readonly hints?: readonly Hint[];
}

export interface Exercise extends Manifest {
  /** The folder's name without the number that orders it. */
  readonly name: string;
  readonly folder: string;
}

/** The exercises that come with Fauxen. */
export const ownExercises = join(packageRoot, 'exercises');

const FILE = 'exercise.yaml';

/** The exercises in a folder, in the order of their folders' names. Throws LabError. */
export function exercisesIn(folder: string): Exercise[] {
  if (!existsSync(folder)) throw new LabError(`${folder} does not exist`);
  const found = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, FILE)))
    .map((entry) => entry.name)
    .sort();
  if (found.length === 0) throw new LabError(`${folder} has no exercises: folders with a file ${FILE} (docs/lab.md)`);
  return found.map((name) => loadExercise(join(folder, name)));
}

/** Throws LabError with file, line and path of each mistake. */
function loadExercise(folder: string): Exercise {
  const file = join(folder, FILE);
  for (const needed of ['text.en.md', 'text.zh.md', 'start'])
    if (!existsSync(join(folder, needed))) throw new LabError(`${folder} has no ${needed} (docs/lab.md)`);
  try {
    const manifest = checkedDocument<Manifest>(file, readFileSync(file, 'utf8'), validate, { further: badPatterns });
    return { ...manifest, name: basename(folder).replace(/^\d+-/, ''), folder: resolve(folder) };
  } catch (error) {
    if (error instanceof DocumentError) throw new LabError(error.message);
    throw error;
  }
}

/** Finds patterns that are not valid regular expressions, which the schema cannot check. */
function badPatterns({ checks, hints = [] }: Manifest): Mistake[] {
  const patterns = [
    ...checks.flatMap((check, index) =>
      (['prints', 'dmesg', 'quiet', 'calls'] as const).flatMap((key) =>
        (check[key] ?? []).map((pattern, at) => ({ pattern, path: ['checks', index, key, at] })),
      ),
    ),
    ...hints.flatMap((hint, index) =>
      (['prints', 'dmesg', 'says'] as const).flatMap((key) => {
        const pattern = hint[key];
        return pattern === undefined ? [] : [{ pattern, path: ['hints', index, key] }];
      }),
    ),
  ];
  return patterns.flatMap(({ pattern, path }) => {
    try {
      new RegExp(pattern, 'm');
      return [];
    } catch (error) {
      return [{ path, message: error instanceof Error ? error.message : String(error) }];
    }
  });
}
