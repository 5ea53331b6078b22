// Loads hypercall files without serving them, and collects the mistakes in all of them instead of stopping at the first.

import { relative } from 'node:path';
import type { Abi } from '../../xen/abi/abi.ts';
import { checkUnique, fileGroups, LoadError, type LoadedGroup, loadGroup } from '../load.ts';
import { replaced } from '../replaced.ts';
import { checkTypes, isTypeScript } from './type-check.ts';

/** The result of a check. A mistake means that a real Xen could not be built from the files, or that dom0 could not call the hypercall. */
export interface Findings {
  readonly loaded: readonly LoadedGroup[];
  readonly mistakes: readonly string[];
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
  /** How the types of TypeScript files were checked; undefined if there are none. */
  readonly types: string | undefined;
}

/** Checks files for a release of Xen. `directory` is where the user is: paths in messages are relative to it. */
export function checkFiles(paths: readonly string[], abi: Abi, directory: string): Findings {
  const mistakes: string[] = [];
  const warnings: string[] = [];
  const notes: string[] = [];
  const loaded: LoadedGroup[] = [];
  const groups = fileGroups(paths);
  const scripts = groups.flat().filter(isTypeScript);
  const types = scripts.length === 0 ? undefined : checkTypes(scripts, directory);
  mistakes.push(...(types?.mistakes ?? []));
  for (const files of groups) {
    try {
      const group = loadGroup(files, abi);
      loaded.push(group);
      for (const { at, text, level, isMistake } of group.notes) {
        const list = isMistake ? mistakes : level === 'warn' ? warnings : notes;
        list.push(`${at.file}:${at.line}: ${text}`);
      }
      warnings.push(...replaced(group, abi));
    } catch (error) {
      if (!(error instanceof LoadError)) throw error;
      mistakes.push(...error.mistakes);
    }
  }
  try {
    checkUnique(
      loaded.flatMap(({ hypercalls }) => hypercalls),
      loaded.flatMap(({ operations }) => operations),
    );
  } catch (error) {
    if (!(error instanceof LoadError)) throw error;
    mistakes.push(error.message);
  }
  const near = (text: string) => text.replaceAll(`${directory}/`, '');
  return {
    loaded,
    mistakes: mistakes.map(near),
    warnings: warnings.map(near),
    notes: notes.map(near),
    types: types?.how,
  };
}

/** A path as a message shows it. */
export function shown(path: string, directory: string): string {
  const near = relative(directory, path);
  return near.startsWith('..') ? path : near === '' ? '.' : near;
}
