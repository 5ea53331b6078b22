import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Exercise } from '../lab/exercise.ts';
import { languageOf } from '../language/language.ts';
import { say } from '../language/say.ts';
import { type Command, CommandError, type OptionValues, text, UsageError } from './command.ts';

/**
 * How often --watch reads the learner's files, which are few and small. Their contents are compared, so a build that rewrites them
 * unchanged causes no check.
 */
const LOOK_MS = 200;

/** The exit status if the solution could not be checked. */
const NOT_CHECKED = 2;

export const lab: Command = {
  name: 'lab',
  usage: '[start NAME [DIR] | check [DIR|NAME]]',
  about: `Exercises, from a hypercall that prints a string to a patch for a real Xen. 'fauxen lab' lists them and how far you are,
'start' writes the text and a starting point into a folder (default ./NAME), 'check' builds and runs your solution
there and gives hints.

The result is TAP on stdout. The exit status is 0 if every check passes, 1 if one fails, 2 if nothing could be checked.
docs/lab.md describes the format of exercises of your own.`,
  options: {
    exercises: { type: 'string', value: 'DIR', help: 'a folder of exercises of your own' },
    watch: { type: 'boolean', short: 'w', help: 'check again whenever you save a file, until every check passes' },
    reporter: { type: 'string', choices: ['tap', 'junit'], help: 'what check prints (default tap)' },
    junit: { type: 'string', value: 'FILE', help: "also write check's result to FILE as JUnit XML" },
  },

  async run(values, [verb, name, directory, ...more]) {
    const { LabError } = await import('../lab/lab-error.ts');
    try {
      if (more[0] !== undefined || (verb === 'check' && directory !== undefined))
        throw new UsageError(say("unexpected argument '{argument}'", { argument: more[0] ?? directory }));
      if (verb === undefined) return await list(values);
      if (verb === 'start') return await begin(values, name, directory);
      if (verb === 'check') return await check(values, name);
      throw new UsageError(say("expected start or check, not '{word}'", { word: verb }));
    } catch (error) {
      if (error instanceof LabError) throw new CommandError(error.message, NOT_CHECKED);
      throw error;
    }
  },
};

async function list(values: OptionValues): Promise<number> {
  const { exercisesIn, ownExercises } = await import('../lab/exercise.ts');
  const { writeAll } = await import('../daemon/log/write-all.ts');
  const exercises = exercisesIn(text(values, 'exercises') ?? ownExercises);
  const states = await statesHere();
  const words = { passed: say('passed'), started: say('started'), open: say('open') };
  const width = Math.max(...exercises.map((each) => each.name.length));
  const lines = exercises.map(({ name, title }) => {
    return `${name.padEnd(width)}  ${words[states.get(name) ?? 'open'].padEnd(8)} ${title[languageOf(process.env)]}\n`;
  });
  writeAll(1, `${lines.join('')}\n${say("Begin with 'fauxen lab start {name}'.", { name: exercises[0]?.name })}\n`);
  return 0;
}

/** The state of the exercises in this folder and in its direct subfolders. */
async function statesHere(): Promise<Map<string, 'passed' | 'started'>> {
  const { progressOf } = await import('../lab/learners-folder.ts');
  const below = readdirSync('.', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const states = new Map<string, 'passed' | 'started'>();
  for (const folder of ['.', ...below.map((entry) => entry.name)]) {
    const progress = progressOf(folder);
    if (progress === undefined || states.get(progress.exercise) === 'passed') continue;
    states.set(progress.exercise, progress.passed ? 'passed' : 'started');
  }
  return states;
}

async function begin(values: OptionValues, name: string | undefined, directory = name): Promise<number> {
  if (name === undefined || directory === undefined)
    throw new UsageError(say("no exercise given: 'fauxen lab' lists them"));
  const { start, textOf } = await import('../lab/learners-folder.ts');
  const { writeEditorSettings } = await import('./editor-settings.ts');
  const { writeAll } = await import('../daemon/log/write-all.ts');
  const exercises = text(values, 'exercises');
  const exercise = await exerciseNamed(name, exercises);
  const files = start(exercise, directory, languageOf(process.env), exercises);
  if (files.some((file) => file.endsWith('.ts'))) writeEditorSettings(directory);
  const wrote = say('Wrote {files} into {directory}. Check your solution: fauxen lab check {directory}', {
    files: files.join(', '),
    directory,
  });
  writeAll(1, `${textOf(exercise, languageOf(process.env))}\n${wrote}\n`);
  return 0;
}

async function exerciseNamed(name: string, folder: string | undefined): Promise<Exercise> {
  const { exercisesIn, ownExercises } = await import('../lab/exercise.ts');
  const { didYouMean } = await import('../user-hypercalls/nearest.ts');
  const exercises = exercisesIn(folder ?? ownExercises);
  const found = exercises.find((each) => each.name === name);
  if (found !== undefined) return found;
  const names = exercises.map((each) => each.name);
  throw new UsageError(
    say("no exercise is called '{name}'{suggestion}. There are {names}", {
      name,
      suggestion: didYouMean(name, names),
      names: names.join(', '),
    }),
  );
}

async function check(values: OptionValues, place = '.'): Promise<number> {
  const { progressOf, sourcesOf } = await import('../lab/learners-folder.ts');
  const directory = resolve(place);
  const progress = existsSync(directory) ? progressOf(directory) : undefined;
  if (progress === undefined)
    throw new UsageError(
      say('{directory} is not the folder of an exercise: fauxen lab start NAME makes one', { directory }),
    );
  const exercise = await exerciseNamed(progress.exercise, text(values, 'exercises') ?? progress.exercises);
  if (values.watch !== true) return (await checkOnce(values, exercise, directory)) ? 0 : 1;
  const { writeAll } = await import('../daemon/log/write-all.ts');
  for (;;) {
    const before = sourcesOf(directory); // read first, so that files that are saved during the check count too
    if (await checkOnce(values, exercise, directory)) return 0;
    writeAll(2, `${say('waiting until you save a file; Ctrl-C ends')}\n`);
    while (sourcesOf(directory) === before) await setTimeout(LOOK_MS);
  }
}

async function checkOnce(values: OptionValues, exercise: Exercise, directory: string): Promise<boolean> {
  const { checkSolution } = await import('../lab/check.ts');
  const { progressOf, writeProgress } = await import('../lab/learners-folder.ts');
  const { junit } = await import('../lab/junit.ts');
  const { tap } = await import('../lab/tap.ts');
  const { writeAll } = await import('../daemon/log/write-all.ts');
  const results = await checkSolution(exercise, directory, languageOf(process.env));
  writeAll(1, (text(values, 'reporter') === 'junit' ? junit : tap)(exercise.name, results));
  const file = text(values, 'junit');
  if (file !== undefined) writeFileSync(join(process.cwd(), file), junit(exercise.name, results));
  const passed = results.every(({ outcome }) => outcome === 'passed');
  const progress = progressOf(directory);
  if (passed && progress !== undefined) writeProgress(directory, { ...progress, passed });
  return passed;
}
