// Asks the compiler for the definitions in a C text: functions with their types, and the values of macros.

import { spawnSync } from 'node:child_process';
import { type AddedHeaders, COMPILER_TIMEOUT, prepared } from './build.ts';
import type { CParameter } from './parse.ts';

export interface CFunction {
  readonly name: string;
  readonly returns: string;
  readonly isStatic: boolean;
  readonly parameters: readonly CParameter[];
  /** Offset of its name in the text. */
  readonly offset: number;
}

export interface Inspection {
  /** The functions that the text itself defines. */
  readonly functions: readonly CFunction[];
  /** The values of the requested macros that are defined. */
  readonly values: ReadonlyMap<string, number>;
}

/** The fields of a node in clang's AST dump that are read here. */
interface AstNode {
  readonly kind?: string;
  readonly name?: string;
  readonly storageClass?: string;
  readonly loc?: AstLocation;
  readonly type?: { readonly qualType?: string };
  readonly value?: string;
  readonly inner?: readonly AstNode[];
}

interface AstLocation {
  readonly offset?: number;
  readonly expansionLoc?: { readonly offset?: number };
}

/** Most bytes of clang's dump. */
const MAX_DUMP = 256 * 1024 * 1024;
/** Contains do_, the filter that finds most hypercalls, so that one run of the compiler returns both. */
const MARK = 'fauxen_do_value_';

/** Appended to a text: the values of those macros that are defined, for the dump. */
function probes(macros: readonly string[]): string {
  return macros.map((name) => `#ifdef ${name}\nenum { ${MARK}${name} = ${name} };\n#endif\n`).join('');
}

/**
 * Asks clang which functions a text defines whose names contain one of `filters`, and for the values of some macros. Undefined if the text
 * has an error, which compiling it reports. `file` is the user's. Throws LoadError if nothing can be compiled.
 */
export function inspect(
  file: string,
  text: string,
  macros: readonly string[] = [],
  filters: readonly string[] = ['do_'],
  added: AddedHeaders = {},
): Inspection | undefined {
  return prepared(file, text, added, (compiler) => read(text, compiler, macros, filters));
}

function read(
  text: string,
  compiler: readonly string[],
  macros: readonly string[],
  filters: readonly string[],
): Inspection | undefined {
  const dump = (filter: string) => {
    const result = spawnSync(
      'clang',
      [
        ...compiler,
        '-w',
        '-fsyntax-only',
        '-Xclang',
        '-ast-dump=json',
        '-Xclang',
        `-ast-dump-filter=${filter}`,
        '-x',
        'c',
        '-',
      ],
      { input: `${text}\n${probes(macros)}`, encoding: 'utf8', maxBuffer: MAX_DUMP, timeout: COMPILER_TIMEOUT },
    );
    return result.status === 0 ? documents(result.stdout) : undefined;
  };
  const functions = new Map<string, CFunction>();
  const values = new Map<string, number>();
  for (const filter of filters) {
    const nodes = dump(filter);
    if (nodes === undefined) return undefined;
    // Newer compilers also match an unnamed enum by the path of its file, and dump the whole enum.
    for (const node of nodes.flatMap((each) => (each.kind === 'EnumDecl' ? (each.inner ?? []) : [each]))) {
      const { kind, name = '', inner = [] } = node;
      if (kind === 'EnumConstantDecl' && name.startsWith(MARK))
        values.set(name.slice(MARK.length), Number(inner[0]?.value));
      if (kind !== 'FunctionDecl' || !inner.some((each) => each.kind === 'CompoundStmt')) continue;
      functions.set(name, describe(node));
    }
  }
  return { functions: [...functions.values()], values };
}

function describe({ name = '', type, storageClass, loc, inner = [] }: AstNode): CFunction {
  const parameters = inner.filter(({ kind }) => kind === 'ParmVarDecl');
  return {
    name,
    returns: (type?.qualType ?? '').replace(/\s*\(.*$/s, ''),
    isStatic: storageClass === 'static',
    parameters: parameters.map((each, index) => ({
      type: each.type?.qualType ?? 'long',
      name: each.name ?? `arg${index}`,
    })),
    offset: loc?.expansionLoc?.offset ?? loc?.offset ?? 0,
  };
}

/** The JSON texts that clang wrote one after another. */
function documents(text: string): AstNode[] {
  return text
    .split(/^\}\n/m)
    .filter((part) => part.trim() !== '')
    .map((part) => JSON.parse(`${part.replace(/^Dumping .*\n/, '')}}`) as AstNode); // the parts used above
}
