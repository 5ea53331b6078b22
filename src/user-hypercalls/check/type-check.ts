// Type-checks hypercall files with the TypeScript of the project where the user is.

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { say } from '../../language/say.ts';
import { OwnFolder } from '../../linux/own-folder.ts';
import { ambientTypes } from '../ambient-types.ts';
import { above } from './above.ts';

export interface TypeCheck {
  /** The compiler's errors, as "file:line: text". */
  readonly mistakes: readonly string[];
  /** Which compiler checked them, or why they were not checked. */
  readonly how: string;
}

/** Milliseconds that the compiler may take. */
const TIMEOUT = 120_000;

export function isTypeScript(path: string): boolean {
  return /\.[mc]?ts$/.test(path) && !/\.d\.[mc]?ts$/.test(path);
}

/** Checks files, given by absolute paths. */
export function checkTypes(files: readonly string[], directory: string): TypeCheck {
  const compiler = [directory, ...files.map((file) => dirname(file))].map(compilerNear).find((each) => each);
  if (compiler === undefined)
    return { mistakes: [], how: say('not type-checked: no TypeScript here. npm install --save-dev typescript') };
  const mistakes: string[] = [];
  // Files of one project are checked together, with its settings.
  for (const project of new Set(files.map(projectOf)))
    mistakes.push(
      ...run(
        compiler.path,
        project,
        files.filter((file) => projectOf(file) === project),
      ),
    );
  return { mistakes, how: say('type-checked by TypeScript {version}', { version: compiler.version }) };
}

/** The compiler that a program in a folder would find. */
function compilerNear(folder: string): { path: string; version: string } | undefined {
  try {
    const manifest = createRequire(join(folder, 'here.js')).resolve('typescript/package.json');
    const { bin, version }: { bin: { tsc: string }; version: string } = JSON.parse(readFileSync(manifest, 'utf8'));
    return { path: join(dirname(manifest), bin.tsc), version };
  } catch {
    return undefined; // none is installed
  }
}

/** The tsconfig.json that applies to a file. */
function projectOf(file: string): string | undefined {
  return above(dirname(file), 'tsconfig.json')[0];
}

/** Settings without a project: those that `fauxen new` writes. */
export const compilerOptions = { target: 'es2022', module: 'nodenext', strict: true, skipLibCheck: true };

/** Overrides a project's settings for its output: nothing is written. */
const noOutput = {
  noEmit: true,
  composite: false,
  incremental: false,
  emitDeclarationOnly: false,
  tsBuildInfoFile: null,
  rootDir: null,
};

function run(compiler: string, project: string | undefined, files: readonly string[]): string[] {
  const folder = new OwnFolder(join(tmpdir(), 'fauxen-check-'));
  const work = folder.path;
  try {
    const types = join(work, 'fauxen.d.ts');
    writeFileSync(types, ambientTypes());
    const hasOwn = files.every((file) => /\/\/\/ <reference path=".*fauxen\.d\.ts"/.test(readFileSync(file, 'utf8')));
    const root = project === undefined ? undefined : dirname(project);
    const extended = project === undefined ? '' : readFileSync(project, 'utf8');
    // Where the compiler would find global types from the files' folder.
    const roots = above(root ?? dirname(files[0] ?? ''), 'node_modules/@types');
    const settings = {
      ...(project !== undefined && { extends: project }),
      compilerOptions: {
        ...(project === undefined && compilerOptions),
        ...(roots.length > 0 && !/typeRoots|extends/.test(extended) && { typeRoots: roots }),
        ...noOutput,
      },
      files: hasOwn ? files : [...files, types],
      include: root === undefined ? [] : [join(root, '**/*.d.ts')],
      exclude: ['**/node_modules', '**/fauxen.d.ts', '**/dist'],
    };
    writeFileSync(join(work, 'tsconfig.json'), JSON.stringify(settings));
    const { stdout, stderr, status, error } = spawnSync(
      process.execPath,
      [compiler, '-p', join(work, 'tsconfig.json'), '--pretty', 'false'],
      { encoding: 'utf8', timeout: TIMEOUT, cwd: work },
    );
    if (status === 0) return [];
    const found = [...stdout.matchAll(/^(.+?)\((\d+),\d+\): error TS\d+: (.*(?:\n {2}.*)*)/gm)].map(
      ([, file = '', line, text = '']) => `${resolve(work, file)}:${line}: ${text.replace(/\n\s*/g, ' ')}`,
    );
    return found.length > 0 ? found : [`${compiler}: ${error?.message ?? (stdout + stderr).trim()}`];
  } finally {
    folder.remove();
  }
}
