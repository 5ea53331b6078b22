// Compiles what a patch adds: the functions that tables name, the cases of Xen's own functions, and all that they need.

import { join } from 'node:path';
import { say } from '../../language/say.ts';
import type { Abi } from '../../xen/abi/abi.ts';
import type { Struct } from '../../xen/abi/layout.ts';
import { build, include } from '../c/build.ts';
import { type CFunction, inspect } from '../c/functions.ts';
import { moduleHypercalls } from '../c/module.ts';
import { type HeaderNames, headerNames } from '../c/names.ts';
import { parameterStructs } from '../c/parameter-structs.ts';
import { parameterText } from '../c/parse.ts';
import { structLayouts } from '../c/struct-layouts.ts';
import { LoadError } from '../load-error.ts';
import type { Xen } from '../xen.ts';
import { caseFunction } from './case-function.ts';
import type { AddedCase } from './cases.ts';
import type { ChangedTree } from './changed-tree.ts';
import type { Place } from './diff.ts';
import { framePrelude } from './frames.ts';
import { addedOptions } from './kconfig.ts';
import type { Numbers } from './numbers.ts';
import { gather, type SourceItem, sourceText } from './sources.ts';
import { addedFields, fieldTypesHeader, unionText, withRenamed } from './struct-fields.ts';
import { takenType } from './taken-type.ts';
import type { TreeItems } from './tree-items.ts';

export interface PatchCode {
  /** The file that messages name if they have no line. */
  readonly file: string;
  readonly tree: ChangedTree;
  readonly items: readonly SourceItem[];
  /** Functions in the tables. */
  readonly symbols: readonly string[];
  /** Where they stand in the tables. */
  readonly places: ReadonlyMap<string, Place>;
  readonly cases: readonly AddedCase[];
  readonly numbers: Numbers;
  readonly abi: Abi;
  /** The rest of a source tree, if there is one. */
  readonly more?: TreeItems | undefined;
}

export interface CompiledFunction {
  /** Names of its parameters. */
  readonly names: readonly string[];
  /** The parameters in C. */
  readonly parameters: readonly string[];
  readonly source: string | undefined;
  /** Per parameter: the struct that it points to, as far as the code tells. */
  readonly structs: readonly (Struct | undefined)[];
  call(args: readonly bigint[], xen: Xen): unknown;
}

export interface CompiledPatch {
  readonly functions: ReadonlyMap<string, CompiledFunction>;
  /** One per case, in the same order. */
  readonly cases: readonly CompiledFunction[];
  /** The structs that the cases take, as far as their code tells. */
  readonly taken: readonly (Struct | undefined)[];
}

/** Throws LoadError if Xen's own build would fail, or if the code needs something that Fauxen lacks. */
export function compilePatch(code: PatchCode): CompiledPatch {
  const { file, tree, items, symbols, cases, numbers } = code;
  if (symbols.length + cases.length === 0) return { functions: new Map(), cases: [], taken: [] };
  const definitions = new Map(symbols.map((symbol) => [symbol, definitionOf(symbol, code)]));
  const { more } = code;
  const gathered = (names: readonly string[], from?: string) => gather(items, names, more?.elsewhere, from);
  const union = unionText((path) => more?.itemsOf(path) ?? items.filter((item) => item.path === path), cases, code.abi);
  const roots: [names: string[], from: string | undefined][] = [
    ...symbols.map((symbol): [string[], string | undefined] => [[symbol], definitions.get(symbol)?.path]),
    ...cases.map(({ code: text, path }): [string[], string] => [namesIn(text), path]),
    [namesIn([union]), 'xen/include/public/domctl.h'],
  ];
  const first = new Set(roots.flatMap(([names, from]) => [...gathered(names, from)]));
  const used = new Set([...first].flatMap((item) => [...item.uses]).concat(roots.flatMap(([names]) => names)));
  const { headers: members, renamed } = addedFields(items, used, ownFields());
  const needed = gathered(namesIn(Object.values(members)));
  const wanted = new Set([...first, ...definitions.values(), ...needed].filter((item) => !isDeclared(item)));
  const early = new Set([...needed].filter((item) => wanted.has(item) && isType(item)));
  for (const item of early) wanted.delete(item);
  const everything = more?.all ?? items;
  const options = addedOptions(tree).defines;
  const fields = {
    ...members,
    ...(early.size > 0 && { [fieldTypesHeader]: `${options}${sourceText(tree, everything, early)}` }),
  };
  const caseNames = cases.map((_, index) => `fauxen_case_${index}`);
  const own = [
    options,
    framePrelude,
    releaseDefines(
      [...wanted, ...early].flatMap(({ uses }) => [...uses]).concat(namesIn(cases.flatMap((each) => each.code))),
      wanted,
      numbers,
    ),
    sourceText(tree, everything, wanted),
    union,
    ...cases.map((each, index) => caseFunction(caseNames[index] ?? '', each)),
  ].join('\n');
  const text = withRenamed(own, renamed);
  const filters = [...new Set(symbols.map((symbol) => (symbol.startsWith('do_') ? 'do_' : symbol)))];
  const functions = inspect(file, text, [], filters, fields)?.functions;
  if (functions === undefined) {
    build(file, text, [], fields); // it says what is wrong
    throw new LoadError(file, say('{file}:1: the compiler refuses it, but does not say why', { file }));
  }
  const found = symbols.map((symbol) => describeSymbol(symbol, functions, definitions.get(symbol)));
  const wrappers = found.filter(({ symbol }) => !symbol.startsWith('do_')).map(({ wrapper }) => wrapper);
  const caseParameters = Array.from({ length: 6 }, (_, index) => ({ type: 'unsigned long', name: `a${index}` }));
  const foundCases = cases.map(({ at }, index) => ({
    name: caseNames[index] ?? '',
    number: 0,
    returns: 'long',
    parameters: caseParameters,
    line: at.line,
    source: `${at.file}:${at.line}`,
  }));
  const all = [...found, ...foundCases];
  const module = build(file, `${text}\n#line 1 "fauxen"\n${wrappers.join('')}`, all, fields);
  const structs = found.map(({ symbol, parameters }) =>
    parameterStructs(parameters, definitions.get(symbol)?.code.join('\n') ?? ''),
  );
  const layouts = structLayouts(file, text, [...cases.map(takenType), ...structs.flat()], fields);
  let next = cases.length;
  const ofFunctions = structs.map((each) => each.map(() => layouts[next++]));
  const compiled = moduleHypercalls(module, all).map(
    ({ handler, source }, index): CompiledFunction => ({
      names: all[index]?.parameters.map(({ name }) => name) ?? [],
      parameters: all[index]?.parameters.map(parameterText) ?? [],
      source,
      structs: ofFunctions[index] ?? [],
      call: (args, xen) => handler({ ...args }, xen),
    }),
  );
  return {
    functions: new Map(symbols.map((symbol, index) => [symbol, compiled[index] as CompiledFunction])), // one for each
    cases: compiled.slice(symbols.length),
    taken: layouts.slice(0, cases.length),
  };
}

/** Read once: they are part of the package. */
let headers: ReadonlyMap<string, HeaderNames> | undefined;

/** The names in Fauxen's headers. */
function known(): HeaderNames[] {
  headers ??= headerNames(join(include, 'fauxen'));
  return [...headers.values()];
}

/** Fields of struct domain and struct vcpu in Fauxen's headers. */
function ownFields(): ReadonlySet<string> {
  return new Set(known().flatMap(({ fields }) => fields));
}

/**
 * Whether an item is Xen's own declaration of a function that Fauxen's headers have, there maybe as a macro; or a variable of the patch
 * that Fauxen's headers have as a macro, with the model's value.
 */
function isDeclared({ kind, code, head, provides, lines }: SourceItem): boolean {
  if (kind !== 'definition' || code.join('').includes('{')) return false;
  if (!code.join('').includes('(')) {
    const name = /^[\s\w*]*[\s*](\w+)\s*;\s*$/.exec(head)?.[1] ?? '';
    return known().some(({ macros }) => macros.includes(name));
  }
  if (lines.every(({ state }) => state === 'added')) return false;
  return known().some(({ macros, functions }) =>
    [...provides].some((name) => macros.includes(name) || functions.includes(name)),
  );
}

/** A type or macro, which a struct may need before any function is there. */
function isType({ kind, code, head }: SourceItem): boolean {
  if (kind === 'directive') return true;
  return (
    /^\s*(typedef|struct|union|enum)\b/.test(head) &&
    !/\)\s*$/.test(head.trimEnd()) &&
    /[;}]\s*$/.test(code.join('\n').trimEnd())
  );
}

function namesIn(texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.match(/[A-Za-z_]\w*/g) ?? []);
}

/** The definition of a function that a table names. Throws LoadError if it is not defined. */
function definitionOf(symbol: string, { items, places, file, more }: PatchCode): SourceItem {
  const providers = items.filter((item) => item.kind !== 'part' && item.added && item.provides.has(symbol));
  const found = providers.find(({ code }) => code.join('').includes('{')) ?? more?.definition(symbol) ?? providers[0];
  if (found !== undefined) return found;
  const at = places.get(symbol) ?? { file, line: 1 };
  const part = items.find((item) => item.kind === 'part' && item.provides.has(symbol));
  const reason =
    part === undefined
      ? say(
          `{symbol} is in the table, but no file of the hypervisor defines it: Xen's link fails with "undefined reference to {symbol}"`,
          { symbol },
        )
      : say(
          '{symbol} is in the table, but the patch shows only a part of it: give the source tree with --hypercalls DIR',
          { symbol },
        );
  throw new LoadError(at.file, `${at.file}:${at.line}: ${reason}`);
}

function describeSymbol(symbol: string, functions: readonly CFunction[], item: SourceItem | undefined) {
  const index = item?.code.findIndex((line) => line.includes(symbol) || line.includes(symbol.replace(/^do_/, ''))) ?? 0;
  const at = item?.lines[Math.max(index, 0)]?.at as Place; // each symbol has a definition
  const source = `${at.file}:${at.line}`;
  const fail = (reason: string): never => {
    throw new LoadError(at.file, `${source}: ${symbol} ${reason}`);
  };
  const defined =
    functions.find(({ name }) => name === symbol) ??
    fail(say("is declared and in the table, but not defined: Xen's link fails"));
  if (defined.isStatic) fail(say(`is static, so the table cannot name it: Xen's link fails. Remove "static"`));
  if (defined.parameters.length > 6)
    fail(say('takes {count} arguments; Xen passes 6 at most', { count: defined.parameters.length }));
  const parameters = [...defined.parameters];
  const name = symbol.startsWith('do_') ? symbol.slice(3) : `fauxen_${symbol}`;
  const list = parameters.map(({ type }, each) => `${type} a${each}`).join(', ') || 'void';
  const passed = parameters.map((_, each) => `a${each}`).join(', ');
  const wrapper = `long do_${name}(${list});\nlong do_${name}(${list}) { return ${symbol}(${passed}); }\n`;
  return { symbol, name, number: 0, parameters, source, wrapper, returns: defined.returns, line: at.line };
}

/** Definitions of the release's constants that the code uses. */
function releaseDefines(names: readonly string[], wanted: ReadonlySet<SourceItem>, numbers: Numbers): string {
  const own = new Set([...wanted].flatMap(({ provides }) => [...provides]));
  let text = '';
  for (const name of new Set(names)) {
    const number = /^[A-Z_]/.test(name) && !own.has(name) ? numbers.valueOf(name) : undefined;
    if (number !== undefined) text += `#ifndef ${name}\n#define ${name} ${number}\n#endif\n`;
  }
  return text;
}
