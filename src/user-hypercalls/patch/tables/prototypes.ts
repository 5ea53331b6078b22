// Prototypes that a patch gives its hypercalls, which Xen's build compares with their definitions, or needs for its tables.

import { say } from '../../../language/say.ts';
import type { ChangedTree } from '../changed-tree.ts';
import type { Place } from '../diff.ts';
import type { SourceItem } from '../sources.ts';
import type { Note } from './note.ts';
import type { PlannedRow, TablePlace } from './plan.ts';
import type { ArgumentCount } from './table-entries.ts';

/** A prototype of hypercall-defs.c, from which Xen's build makes a declaration. */
export interface Prototype {
  readonly symbol: string;
  readonly at: Place;
  /** The line, as in hypercall-defs.c. */
  readonly text: string;
  /** The function's type in C. */
  readonly type: string;
}

/** hypercall-defs.c names these handles otherwise (its "handle:" lines). */
const handles: Readonly<Record<string, string>> = {
  'unsigned int': 'uint',
  'const void': 'const_void',
  'const char': 'const_char',
};

/** The prototypes that patches add to hypercall-defs.c for these functions (do_NAME). */
export function addedPrototypes(
  tree: ChangedTree,
  symbols: readonly string[],
  items: readonly SourceItem[],
): Prototype[] {
  const found: Prototype[] = [];
  for (const [path, { text, at }] of tree.added()) {
    if (!path.endsWith('hypercall-defs.c')) continue;
    const [, name = '', list = ''] = /^(\w+)\((.*)\)\s*$/.exec(text) ?? [];
    const symbol = `do_${name}`;
    if (!symbols.includes(symbol) || found.some((each) => each.symbol === symbol)) continue;
    if (!seesDeclarations(symbol, tree, items)) continue;
    const parameters = list.split(',').map(parameterType);
    found.push({ symbol, at, text: text.trim(), type: `long(${list.trim() === '' ? 'void' : parameters.join(', ')})` });
  }
  return found;
}

/** Whether the file that defines a function has the generated declarations: one of Xen's own, or one that includes hypercall.h. */
function seesDeclarations(symbol: string, tree: ChangedTree, items: readonly SourceItem[]): boolean {
  const path = items.find((item) => isDefinition(item) && item.provides.has(symbol))?.path;
  const file = path === undefined ? undefined : tree.get(path);
  return file !== undefined && (!file.isNew || /^\s*#\s*include\s*<(?:xen|asm)\/hypercall\.h>/m.test(file.text));
}

/** A parameter's type: a pointer becomes a guest handle. */
function parameterType(parameter: string): string {
  const bare = parameter.trim().replace(/ +/g, ' ');
  const type = bare
    .replace('*', '')
    .replace(/ ?\w+$/, '')
    .trim();
  return bare.includes('*') ? `XEN_GUEST_HANDLE_PARAM(${handles[type] ?? type})` : type;
}

const macro = (index: number): string => `fauxen_same_${index}`;

/** Macros, to be appended to the text that the compiler gets: 1 if the definition has the prototype's type. */
export function prototypeMacros(prototypes: readonly Prototype[]): { text: string; names: readonly string[] } {
  return {
    text: prototypes
      .map(
        ({ symbol, type }, index) =>
          `#define ${macro(index)} __builtin_types_compatible_p(typeof(${symbol}), typeof(${type}))\n`,
      )
      .join(''),
    names: prototypes.map((_, index) => macro(index)),
  };
}

/** What Xen's build says to prototypes that differ from their definitions. `values`: of the macros. */
export function conflicts(prototypes: readonly Prototype[], values: ReadonlyMap<string, number>): Note[] {
  return prototypes
    .filter((_, index) => values.get(macro(index)) === 0)
    .map(({ symbol, at, text, type }) => ({
      level: 'info',
      isMistake: true,
      at,
      text: say(
        `"{text}" makes {symbol} a function of type {type}, and its definition differs: Xen's build stops with "conflicting types for '{symbol}'". Make both the same`,
        { text, symbol, type },
      ),
    }));
}

/** Functions in a table of C (4.8 to 4.16) that no header of the patch declares. */
export function undeclared(places: ReadonlyMap<string, TablePlace>, items: readonly SourceItem[]): Note[] {
  const notes: Note[] = [];
  for (const [symbol, at] of places) {
    if (!at.path.endsWith('/hypercall.c')) continue;
    const all = items.filter(({ kind, provides }) => kind !== 'directive' && provides.has(symbol));
    const definition = all.find(isDefinition);
    if (definition === undefined || definition.path === at.path) continue;
    if (all.some((item) => item !== definition && (item.path.endsWith('.h') || item.path === at.path))) continue;
    notes.push({
      level: 'info',
      isMistake: true,
      at,
      text: say(
        `no header of the patch declares {symbol}, which {path} names: Xen's build stops with "'{symbol}' undeclared". Add to xen/include/xen/hypercall.h: extern {head};`,
        { symbol, path: at.path, head: definition.head.trim().replace(/\s+/g, ' ') },
      ),
    });
  }
  return notes;
}

/** Rows of an args table that give a function fewer arguments than it takes. `takes`: how many each takes. */
export function shortRows(
  counts: readonly ArgumentCount[],
  rows: readonly PlannedRow[],
  takes: (symbol: string) => number | undefined,
): Note[] {
  // One line of a C table has the counts for both kinds of PV guests: it gets one message.
  const lines = new Set(counts.map(({ at }) => `${at.file}:${at.line}`));
  return counts.flatMap(({ kind, slot, name, count, path, at }): Note[] => {
    const row = rows.find((each) => each.number === slot || each.name === name);
    const symbol = row?.functions.get(kind);
    const wanted = symbol === undefined ? undefined : takes(symbol);
    if (symbol === undefined || wanted === undefined || count >= wanted || path.endsWith('hypercall-defs.c')) return [];
    if (!lines.delete(`${at.file}:${at.line}`)) return [];
    const text = say(
      'the args table gives {symbol} {count} of its {wanted} arguments: a debug build of Xen overwrites the others (-EFAULT, or a wrong value)',
      { symbol, count, wanted },
    );
    return [{ level: 'info', at, text }];
  });
}

function isDefinition(item: SourceItem): boolean {
  return item.added && item.code.join('').includes('{');
}
