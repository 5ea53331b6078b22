// Loads files of hypercalls without serving them, and collects the mistakes in all of them instead of stopping at the first.

import { relative } from 'node:path';
import { say } from '../../language/say.ts';
import type { Abi } from '../../xen/abi/abi.ts';
import { checkUnique, fileGroups, LoadError, type LoadedGroup, loadGroup } from '../load.ts';
import { commandOwner } from '../patch/release-numbers.ts';
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

/** The size of Xen's hypercall table (NR_hypercalls): a real Xen would need a larger one for higher numbers. */
const TABLE_END = 64;

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

/** Warnings: numbers of Xen's own hypercalls that are replaced, and numbers beyond the end of a real table. */
function replaced({ hypercalls, operations }: LoadedGroup, abi: Abi): string[] {
  const found: string[] = [];
  for (const { name, number, source } of hypercalls) {
    const own = Object.entries(abi.hypercalls).find(([, each]) => each === number)?.[0];
    if (own !== undefined && own !== name)
      found.push(
        say('{place}: {number} is {own} of Xen {version}: programs that call {own} get {name}', {
          place: source,
          number,
          own,
          version: abi.version,
          name,
        }),
      );
    if (number >= TABLE_END)
      found.push(
        say('{place}: the table of a real Xen ends at {last}: {number} works here only', {
          place: source,
          last: TABLE_END - 1,
          number,
        }),
      );
  }
  for (const { of, name, number, source } of operations) {
    const own = commandOwner(abi, of, number);
    if (own !== undefined && !own.endsWith(`_${name}`))
      found.push(
        say('{place}: {number} is {own} of Xen {version}: programs that call it get {name}', {
          place: source,
          number,
          own,
          version: abi.version,
          name,
        }),
      );
  }
  return found;
}

/** A path as a message shows it. */
export function shown(path: string, directory: string): string {
  const near = relative(directory, path);
  return near.startsWith('..') ? path : near === '' ? '.' : near;
}
