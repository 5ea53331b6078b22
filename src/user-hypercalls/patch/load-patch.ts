// Makes hypercalls of patches against Xen.

import type { Abi, SubOperationFamily } from '../../xen/abi/abi.ts';
import { u64 } from '../arguments.ts';
import { build } from '../c/build.ts';
import { type CFunction, inspect } from '../c/functions.ts';
import { moduleHypercalls } from '../c/module.ts';
import type { UserHypercall } from '../define.ts';
import { LoadError } from '../load-error.ts';
import { callerKind } from './caller-kind.ts';
import { ChangedTree } from './changed-tree.ts';
import type { Place } from './diff.ts';
import { Numbers, objects } from './numbers.ts';
import { type Note, type Plan, type PlannedRow, planRows } from './plan.ts';
import { releaseFacts, releaseFor } from './release.ts';
import { gather, type SourceItem, sourceItems, sourceText } from './sources.ts';

export interface LoadedPatches {
  readonly hypercalls: UserHypercall[];
  readonly notes: readonly Note[];
}

/** Loads the hypercalls that patches add to Xen, applied in the order given. Throws LoadError. */
export function loadPatches(files: readonly string[], abi: Abi): LoadedPatches {
  const tree = ChangedTree.ofPatches(files);
  const file = files[0] ?? '';
  const items = sourceItems(tree);
  const numbers = new Numbers(items, releaseNumbers(abi));
  const plan = planRows(tree, numbers, (path) => releaseFor(abi.version, path), releaseFacts(abi.version));
  const rows = plan.rows.filter(({ number, functions }) => functions.size > 0 || !isOwn(abi, number));
  if (rows.length === 0) throw new LoadError(file, nothingFound(file, items));
  const symbols = [...new Set(rows.flatMap(({ functions }) => [...functions.values()]))];
  const notes = [...plan.notes, ...missingObjects(tree, items, symbols)];
  const handlers = compileSymbols(file, tree, items, symbols, plan, numbers);
  return { hypercalls: rows.map((row) => hypercallOf(row, handlers)), notes };
}

interface Compiled {
  readonly hypercall: UserHypercall;
  readonly names: readonly string[];
}

/** Compiles the functions that the tables name, with all that they need. Throws LoadError. */
function compileSymbols(
  file: string,
  tree: ChangedTree,
  items: readonly SourceItem[],
  symbols: readonly string[],
  plan: Plan,
  numbers: Numbers,
): Map<string, Compiled> {
  if (symbols.length === 0) return new Map();
  for (const symbol of symbols) {
    if (items.some((item) => item.kind !== 'part' && item.provides.has(symbol))) continue;
    const at = plan.symbols.get(symbol) as Place; // the tables named it
    const part = items.find((item) => item.kind === 'part' && item.provides.has(symbol));
    const reason =
      part === undefined
        ? `${symbol} is in the table, but no file of the hypervisor defines it: Xen's link fails with "undefined reference to ${symbol}"`
        : `${symbol} is in the table, but the patch shows only a part of it: give the source tree with --hypercalls DIR`;
    throw new LoadError(at.file, `${at.file}:${at.line}: ${reason}`);
  }
  const wanted = gather(items, symbols);
  const text = `${releaseDefines(wanted, numbers)}${sourceText(tree, items, wanted)}`;
  const filters = [...new Set(symbols.map((symbol) => (symbol.startsWith('do_') ? 'do_' : symbol)))];
  const functions = inspect(file, text, [], filters)?.functions;
  if (functions === undefined) {
    build(file, text, []); // it says what is wrong
    throw new LoadError(file, `${file}: the compiler refuses it, but does not say why`);
  }
  const found = symbols.map((symbol) => describeSymbol(symbol, functions, items));
  const wrappers = found.filter(({ symbol }) => !symbol.startsWith('do_')).map(({ wrapper }) => wrapper);
  const module = build(file, `${text}\n#line 1 "fauxen"\n${wrappers.join('')}`, found);
  const hypercalls = moduleHypercalls(module, found);
  return new Map(
    found.map(({ symbol, parameters }, index) => {
      const hypercall = hypercalls[index] as UserHypercall; // one for each found
      return [symbol, { hypercall, names: parameters.map(({ name }) => name) }];
    }),
  );
}

function describeSymbol(symbol: string, functions: readonly CFunction[], items: readonly SourceItem[]) {
  const item = items.find(
    (each) => each.kind !== 'part' && each.provides.has(symbol) && each.code.join('').includes('{'),
  );
  const index = item?.code.findIndex((line) => line.includes(symbol) || line.includes(symbol.replace(/^do_/, ''))) ?? 0;
  const at = (item?.lines[Math.max(index, 0)] ?? items[0]?.lines[0])?.at as Place; // no items, no symbols
  const source = `${at.file}:${at.line}`;
  const defined = functions.find(({ name }) => name === symbol);
  if (defined === undefined)
    throw new LoadError(
      at.file,
      `${source}: ${symbol} is declared and in the table, but not defined: Xen's link fails`,
    );
  if (defined.isStatic)
    throw new LoadError(
      at.file,
      `${source}: ${symbol} is static, so the table cannot name it: Xen's link fails. Take "static" away`,
    );
  if (defined.parameters.length > 6)
    throw new LoadError(
      at.file,
      `${source}: ${symbol} takes ${defined.parameters.length} arguments; Xen passes 6 at most`,
    );
  const own = symbol.startsWith('do_');
  const parameters = [...defined.parameters];
  const named = own ? symbol.slice(3) : `fauxen_${symbol}`;
  const list = parameters.map(({ type }, each) => `${type} a${each}`).join(', ') || 'void';
  const passed = parameters.map((_, each) => `a${each}`).join(', ');
  const wrapper = `long do_${named}(${list});\nlong do_${named}(${list}) { return ${symbol}(${passed}); }\n`;
  return { symbol, name: named, number: 0, parameters, source, wrapper, returns: defined.returns, line: at.line };
}

/** A number's row: the function that the caller's table has there. */
function hypercallOf(row: PlannedRow, compiled: ReadonlyMap<string, Compiled>): UserHypercall {
  const { number, name, functions, absence, at } = row;
  const main = compiled.get(functions.get('pv64') ?? [...functions.values()][0] ?? '');
  const longest =
    [...functions.values()].map((symbol) => compiled.get(symbol)?.names ?? []).sort((a, b) => b.length - a.length)[0] ??
    [];
  return {
    name,
    number,
    args: Object.fromEntries(longest.slice(0, 5).map((argument) => [argument, u64])),
    source: main?.hypercall.source ?? `${at.file}:${at.line}`,
    absent: (call) => (functions.has(callerKind(call)) ? undefined : absence(callerKind(call))),
    handler(decoded, xen) {
      const symbol = functions.get(callerKind(xen.call)) ?? '';
      return compiled.get(symbol)?.hypercall.handler(decoded, xen);
    },
  };
}

function isOwn(abi: Abi, number: number): boolean {
  return Object.values(abi.hypercalls).includes(number);
}

const families: readonly SubOperationFamily[] = [
  ...([
    'XEN_SYSCTL',
    'XEN_DOMCTL',
    'XENMEM',
    'XENVER',
    'EVTCHNOP',
    'GNTTABOP',
    'SCHEDOP',
    'PHYSDEVOP',
    'VCPUOP',
    'XENPF',
    'HVMOP',
  ] as const),
];

/** The release's numbers by the names of their macros. */
function releaseNumbers(abi: Abi): Map<string, number> {
  const found = new Map(Object.entries(abi.hypercalls).map(([name, number]) => [`__HYPERVISOR_${name}`, number]));
  for (const family of families)
    for (const [name, number] of Object.entries(abi.subOperations(family))) found.set(`${family}_${name}`, number);
  return found;
}

/** The release's numbers that the code uses, for the compiler. */
function releaseDefines(wanted: ReadonlySet<SourceItem>, numbers: Numbers): string {
  const names = new Set([...wanted].flatMap(({ uses }) => [...uses]));
  const own = new Set([...wanted].flatMap(({ provides }) => [...provides]));
  let text = '';
  for (const name of names) {
    const number = /^[A-Z_]/.test(name) && !own.has(name) ? numbers.valueOf(name) : undefined;
    if (number !== undefined) text += `#ifndef ${name}\n#define ${name} ${number}\n#endif\n`;
  }
  return text;
}

/** New C files that no Makefile of the patch names. */
function missingObjects(tree: ChangedTree, items: readonly SourceItem[], symbols: readonly string[]): Note[] {
  const named = objects(tree);
  const notes: Note[] = [];
  for (const path of new Set(items.map((item) => item.path))) {
    const first = items.find((item) => item.path === path);
    if (!path.endsWith('.c') || tree.get(path)?.whole !== true || first === undefined) continue;
    if (!items.some((item) => item.path === path && symbols.some((symbol) => item.provides.has(symbol)))) continue;
    if ([...named].some((name) => name === path || (name.endsWith('/') && path.startsWith(name)))) continue;
    const folder = path.slice(0, path.lastIndexOf('/'));
    const object = path.slice(folder.length + 1).replace(/\.c$/, '.o');
    notes.push({
      level: 'info',
      at: first.lines[0]?.at as Place,
      text: `no Makefile of the patch names ${path}: add "obj-y += ${object}" to ${folder}/Makefile, else Xen's link fails`,
    });
  }
  return notes;
}

/** Why a patch gives nothing to serve. */
function nothingFound(file: string, items: readonly SourceItem[]): string {
  for (const item of items) {
    const symbol = [...item.provides].find((name) => name.startsWith('do_'));
    if (item.kind !== 'definition' || !item.added || symbol === undefined || !item.code.join('').includes('{'))
      continue;
    const at = item.lines[0]?.at as Place;
    const name = symbol.slice(3);
    return `${at.file}:${at.line}: ${symbol} has neither a number nor a place in a table: add "#define __HYPERVISOR_${name} 43" to xen/include/public/xen.h, and the entry to the table`;
  }
  return `${file}:1: the patch adds no hypercall: neither a number (__HYPERVISOR_name in xen/include/public/xen.h) nor an entry in a table`;
}
