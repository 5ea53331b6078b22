import { resolve } from 'node:path';
import { createJiti } from 'jiti';
import { say } from '../language/say.ts';
import type { Abi } from '../xen/abi/abi.ts';
import * as api from './api.ts';
import { loadC } from './c/compile.ts';
import { type CodeWatch, unwatched } from './code-watch.ts';
import type { UserHypercall } from './define.ts';
import { keptTransform } from './kept-transform.ts';
import { LoadError } from './load-error.ts';
import { didYouMean } from './nearest.ts';
import { problemOf } from './operation-problem.ts';
import { loadPatches, loadSources } from './patch/load-patch.ts';
import { isDirectory } from './patch/source-tree.ts';
import type { Note } from './patch/tables/note.ts';
import { readSource } from './read-source.ts';
import type { UserOperation } from './user-operation.ts';

export { LoadError };

/** Files that are loaded together, and the hypercalls that they define. */
export interface LoadedGroup {
  /** Absolute paths. */
  readonly files: readonly string[];
  readonly hypercalls: readonly UserHypercall[];
  /** Commands of Xen's own hypercalls. */
  readonly operations: readonly UserOperation[];
  readonly notes: readonly Note[];
}

export function isPatch(path: string): boolean {
  return /\.(patch|diff)$/.test(path);
}

/**
 * Groups the files that are loaded together, as absolute paths. All patches form one series in their order. If there is a source tree, it
 * comes first, and the patches apply to it. Throws LoadError.
 */
export function fileGroups(paths: readonly string[]): string[][] {
  const files = [...new Set(paths.map((path) => resolve(path)))];
  const patches = files.filter(isPatch);
  const trees = files.filter(isDirectory);
  if (trees[1] !== undefined)
    throw new LoadError(
      trees[1],
      say('{directory}: a second source tree: only one is allowed', { directory: trees[1] }),
    );
  const first = trees[0] ?? patches[0];
  return files.flatMap((file) => {
    if (file === first) return [[...trees, ...patches]];
    return isPatch(file) ? [] : [[file]];
  });
}

/** Loads one of `fileGroups` for a release of Xen. Throws LoadError. */
export function loadGroup(files: readonly string[], abi: Abi): LoadedGroup {
  const [first = '', ...rest] = files;
  if (isDirectory(first)) return { files, ...loadSources(first, rest, abi) };
  if (isPatch(first)) return { files, ...loadPatches(files, abi) };
  return { files, ...loadDefinitions(first, abi), notes: [] };
}

/** Loads files for a release of Xen. `watch` sees each load. Throws LoadError. */
export function loadGroups(paths: readonly string[], abi: Abi, watch: CodeWatch = unwatched): LoadedGroup[] {
  return fileGroups(paths).map((files) => {
    watch.begin('loading', files[0] ?? '');
    try {
      return loadGroup(files, abi);
    } finally {
      watch.end();
    }
  });
}

/**
 * Loads a file of the user's hypercalls and operations: TypeScript, JavaScript or C in Xen's style, from any directory. `import … from
 * 'fauxen'` in it is this very Fauxen. It exports one or an array of them as default, or each by a name. A C file can also use the numbers
 * of `abi`. Throws LoadError.
 */
export function loadDefinitions(path: string, abi?: Abi): { hypercalls: UserHypercall[]; operations: UserOperation[] } {
  const file = resolve(path);
  if (/\.c$/.test(file)) return checkOperations(file, loadC(file, abi), abi);
  readSource(file); // a binary file would give an odd syntax error
  const jiti = createJiti(file, {
    fsCache: false,
    moduleCache: false,
    sourceMaps: true,
    interopDefault: false,
    transform: keptTransform,
    virtualModules: { fauxen: api },
  });
  let exports: unknown;
  try {
    exports = jiti(file);
  } catch (error) {
    throw new LoadError(file, describe(file, error), { cause: error });
  }
  const found = new Set<UserHypercall>();
  const operations = new Set<UserOperation>();
  // export = defineHypercall(…)
  for (const value of isUserHypercall(exports) || isUserOperation(exports) || Array.isArray(exports)
    ? [exports]
    : Object.values(exports ?? {})) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (isUserHypercall(each)) found.add(each);
      else if (isUserOperation(each)) operations.add(each);
    }
  }
  if (found.size === 0 && operations.size === 0) {
    throw new LoadError(
      file,
      say('{file}:1: no hypercall found: export default defineHypercall({ name, number, args, handler })', { file }),
    );
  }
  const placed = <T extends { readonly source: string | undefined }>(each: T): T => ({
    ...each,
    source: each.source ?? `${file}:1`,
  });
  return checkOperations(file, { hypercalls: [...found].map(placed), operations: [...operations].map(placed) }, abi);
}

/** Throws LoadError if the release's hypercall cannot have operations. */
function checkOperations<T extends { operations: readonly UserOperation[] }>(file: string, loaded: T, abi?: Abi): T {
  for (const each of loaded.operations) {
    const problem = abi && problemOf(each, abi);
    if (problem !== undefined) throw new LoadError(file, `${each.source}: ${problem}`);
  }
  return loaded;
}

/** Refuses two hypercalls with one number or name among those loaded. Throws LoadError naming both places. */
export function checkUnique(hypercalls: readonly UserHypercall[], operations: readonly UserOperation[] = []): void {
  const byKey = new Map<string, UserHypercall | UserOperation>();
  for (const each of [...hypercalls, ...operations]) {
    const of = 'of' in each ? `${each.of} ` : '';
    for (const key of [`${of}number ${each.number}`, `${of}name ${each.name}`]) {
      const other = byKey.get(key);
      if (other !== undefined) {
        const file = each.source?.replace(/:\d+$/, '') ?? '';
        throw new LoadError(
          file,
          say('{place}: {key} of {name} is taken by {other} at {otherPlace}', {
            place: each.source,
            key,
            name: each.name,
            other: other.name,
            otherPlace: other.source,
          }),
        );
      }
      byKey.set(key, each);
    }
  }
}

function isUserOperation(value: unknown): value is UserOperation {
  return typeof value === 'object' && value !== null && 'handler' in value && 'number' in value && 'of' in value;
}

function isUserHypercall(value: unknown): value is UserHypercall {
  return typeof value === 'object' && value !== null && 'handler' in value && 'number' in value && 'args' in value;
}

/** "file:line: reason", the line from a syntax error's position or the stack's first frame in the file. */
function describe(file: string, error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const position = /\((\d+):(\d+)\)/.exec(text)?.[1] ?? stack.split(file)[1]?.match(/^:(\d+)/)?.[1] ?? '1';
  const reason =
    text
      .split('\n')[0]
      ?.replace(`${file}: `, '')
      .replace(/^[A-Za-z]*Error: /, '')
      .trim() ?? '';
  const imported = /^\(0 , _fauxen\.(\w+)\) is not a function/.exec(reason)?.[1];
  if (imported === undefined || imported in api) return `${file}:${position}: ${reason}`;
  return say("{place}: fauxen exports no '{name}'{suggestion}", {
    place: `${file}:${position}`,
    name: imported,
    suggestion: didYouMean(imported, Object.keys(api)),
  });
}
