// Compiles what a patch adds: the functions that tables name, the cases of Xen's own functions, and all that they need.

import { say } from '../../language/say.ts';
import type { Abi } from '../../xen/abi/abi.ts';
import type { Struct } from '../../xen/abi/layout.ts';
import { build } from '../c/build.ts';
import { type CFunction, type Inspection, inspect } from '../c/functions.ts';
import { moduleHypercalls } from '../c/module.ts';
import { parameterStructs } from '../c/parameter-structs.ts';
import { parameterText } from '../c/parse.ts';
import { inRows, structLayouts } from '../c/struct-layouts.ts';
import { LoadError } from '../load-error.ts';
import type { Xen } from '../xen.ts';
import type { AddedCase } from './cases.ts';
import type { ChangedTree } from './changed-tree.ts';
import type { Place } from './diff.ts';
import type { Numbers } from './numbers.ts';
import { caseName, neededCode, patchText } from './patch-text.ts';
import type { SourceItem } from './sources.ts';
import type { Note } from './tables/note.ts';
import { addedPrototypes, conflicts, type Prototype, prototypeMacros } from './tables/prototypes.ts';
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
  /** Per parameter: the struct that it points to, if the code shows it. */
  readonly structs: readonly (Struct | undefined)[];
  call(args: readonly bigint[], xen: Xen): unknown;
}

export interface CompiledPatch {
  readonly functions: ReadonlyMap<string, CompiledFunction>;
  /** One per case, in the same order. */
  readonly cases: readonly CompiledFunction[];
  /** The structs that the cases take, if their code shows them. */
  readonly taken: readonly (Struct | undefined)[];
  /** What a real build says to them. */
  readonly notes: readonly Note[];
}

/** Throws LoadError if Xen's own build would fail, or if the code needs something that Fauxen lacks. */
export function compilePatch(code: PatchCode): CompiledPatch {
  const { file, symbols, cases } = code;
  if (symbols.length + cases.length === 0) return { functions: new Map(), cases: [], taken: [], notes: [] };
  const definitions = new Map(symbols.map((symbol) => [symbol, definitionOf(symbol, code)]));
  const { text, headers } = patchText(code, neededCode(code, definitions));
  const prototypes = addedPrototypes(code.tree, symbols, code.items);
  const { functions, values } = functionsIn(file, text, { symbols, headers, prototypes });
  const found = symbols.map((symbol) => describeSymbol(symbol, functions, definitions.get(symbol)));
  const all = [...found, ...cases.map(describeCase)];
  const wrappers = found.filter(({ symbol }) => !symbol.startsWith('do_')).map(({ wrapper }) => wrapper);
  const module = build(file, `${text}\n#line 1 "fauxen"\n${wrappers.join('')}`, all, headers);
  const structs = found.map(({ symbol, parameters }) =>
    parameterStructs(parameters, definitions.get(symbol)?.code.join('\n') ?? ''),
  );
  const layouts = structLayouts(file, text, [...cases.map(takenType), ...structs.flat()], headers);
  const ofFunctions = inRows(layouts.slice(cases.length), structs);
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
    notes: conflicts(prototypes, values),
  };
}

/** The functions that the compiler finds, and the values of the prototypes' macros. Throws LoadError with the compiler's error if the text has one. */
function functionsIn(
  file: string,
  text: string,
  {
    symbols,
    headers,
    prototypes,
  }: {
    readonly symbols: readonly string[];
    readonly headers: Readonly<Record<string, string>>;
    readonly prototypes: readonly Prototype[];
  },
): Inspection {
  const filters = [...new Set(symbols.map((symbol) => (symbol.startsWith('do_') ? 'do_' : symbol)))];
  const macros = prototypeMacros(prototypes);
  const found =
    (prototypes.length > 0 && inspect(file, `${text}\n${macros.text}`, macros.names, filters, headers)) ||
    inspect(file, text, [], filters, headers); // a prototype may name a type that Fauxen does not have
  if (found !== undefined) return found;
  build(file, text, [], headers); // it says what is wrong
  throw new LoadError(file, say('{file}:1: the compiler refuses it, but does not say why', { file }));
}

function describeCase({ at }: AddedCase, index: number) {
  return {
    name: caseName(index),
    number: 0,
    returns: 'long',
    parameters: Array.from({ length: 6 }, (_, place) => ({ type: 'unsigned long', name: `a${place}` })),
    line: at.line,
    source: `${at.file}:${at.line}`,
  };
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
