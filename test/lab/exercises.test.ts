// The exercises that come with Fauxen: the reference answers pass, and typical wrong answers fail with the intended hint.

import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { checkSolution } from '../../src/lab/check.ts';
import { type Exercise, exercisesIn, ownExercises } from '../../src/lab/exercise.ts';
import { start } from '../../src/lab/learners-folder.ts';
import { type Capability, missing } from '../helpers/capabilities.ts';
import { checkout } from '../helpers/source-files.ts';
import { wrongAnswers } from './wrong-answers.ts';

t.setTimeout(600_000); // about a hundred short runs, each with its own hypervisor

const exercises = exercisesIn(ownExercises);
const answers = join(checkout, 'test/lab/answers');
/** What an exercise needs, by the names of test/helpers/capabilities.ts. */
const capabilities: Record<string, Capability[]> = {
  gcc: ['gcc'],
  clang: ['clang'],
  root: ['root'],
  '/usr/include/xen/xen.h': ['xenHeaders'],
};
const skipOf = ({ needs = [] }: Exercise) => missing('mount', ...needs.flatMap((need) => capabilities[need] ?? []));

/** A learner's folder with the reference answer, in which one text is replaced. */
function answer(t: Test, exercise: Exercise, file?: string, from?: string | RegExp, to = ''): string {
  const folder = join(t.testdir(), 'answer');
  start(exercise, folder, 'en');
  cpSync(join(answers, exercise.name), folder, { recursive: true });
  if (file !== undefined && from !== undefined) {
    const path = join(folder, file);
    const right = readFileSync(path, 'utf8');
    const wrong = right.replace(from, to);
    if (wrong === right) throw new Error(`${exercise.name}/${file} has no ${from}`);
    writeFileSync(path, wrong);
  }
  return folder;
}

t.test('there are ten exercises, each with a reference answer and typical mistakes', async (t) => {
  t.equal(exercises.length, 10);
  for (const { name } of exercises) t.ok((wrongAnswers[name] ?? []).length >= 2, name);
  t.strictSame(
    Object.keys(wrongAnswers).filter((name) => exercises.every((each) => each.name !== name)),
    [],
  );
});

for (const exercise of exercises) {
  t.test(`${exercise.name}: the reference answer passes`, { skip: skipOf(exercise) }, async (t) => {
    for (const result of await checkSolution(exercise, answer(t, exercise), 'en')) {
      t.equal(result.outcome, 'passed', `${result.title}: ${[...result.problems, ...result.hints].join('\n')}`);
    }
  });

  t.test(`${exercise.name}: the starting point does not pass`, { skip: skipOf(exercise) }, async (t) => {
    const folder = join(t.testdir(), 'start');
    start(exercise, folder, 'en');
    const first = { ...exercise, checks: [exercise.checks.slice(0, 1), exercise.checks.slice(-1)].flat() };
    t.ok((await checkSolution(first, folder, 'en')).some(({ outcome }) => outcome === 'failed'));
  });

  for (const { what, file, from, to, check, hint } of wrongAnswers[exercise.name] ?? []) {
    t.test(`${exercise.name}: ${what}`, { skip: skipOf(exercise) }, async (t) => {
      const folder = answer(t, exercise, file, from, to);
      const one = { ...exercise, checks: exercise.checks.slice(check, check + 1) };
      const failed = (await checkSolution(one, folder, 'en')).filter(({ outcome }) => outcome === 'failed');
      t.equal(failed.length, 1, 'one check fails');
      t.match(failed[0]?.hints.join('\n') ?? '', hint, failed[0]?.problems.join('\n') ?? 'no failure');
    });
  }
}
