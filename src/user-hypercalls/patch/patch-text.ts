// The text that the compiler gets for a patch: what its functions and cases need, in an order that compiles.

import { join } from 'node:path';
import { include } from '../c/build.ts';
import { type HeaderNames, headerNames } from '../c/names.ts';
import { caseFunction } from './case-function.ts';
import type { PatchCode } from './compile-patch.ts';
import { framePrelude } from './frames.ts';
import { addedOptions } from './kconfig.ts';
import type { Numbers } from './numbers.ts';
import { gather, type SourceItem, sourceText } from './sources.ts';
import { addedFields, fieldTypesHeader, unionText, withRenamed } from './struct-fields.ts';

/** The function that a case becomes. */
export const caseName = (index: number): string => `fauxen_case_${index}`;

/** The code that the functions and cases need. */
export interface NeededCode {
  readonly wanted: ReadonlySet<SourceItem>;
  /** Types that the added fields of Fauxen's structs need, so they come before Fauxen's headers. */
  readonly early: ReadonlySet<SourceItem>;
  /** The headers of Fauxen that get the fields which the patch adds, by name. */
  readonly members: Readonly<Record<string, string>>;
  readonly renamed: readonly string[];
  /** The members that the patch adds to a hypercall's union. */
  readonly union: string;
}

export function neededCode(code: PatchCode, definitions: ReadonlyMap<string, SourceItem>): NeededCode {
  const { items, symbols, cases, more } = code;
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
  return { wanted, early, members, renamed, union };
}

/** The text to compile, and the headers that go with it. */
export function patchText(
  { tree, items, cases, numbers, more }: PatchCode,
  { wanted, early, members, renamed, union }: NeededCode,
): { text: string; headers: Readonly<Record<string, string>> } {
  const everything = more?.all ?? items;
  const options = addedOptions(tree).defines;
  const headers = {
    ...members,
    ...(early.size > 0 && { [fieldTypesHeader]: `${options}${sourceText(tree, everything, early)}` }),
  };
  const names = [...wanted, ...early].flatMap(({ uses }) => [...uses]);
  const own = [
    options,
    framePrelude,
    releaseDefines(names.concat(namesIn(cases.flatMap((each) => each.code))), wanted, numbers),
    sourceText(tree, everything, wanted),
    union,
    ...cases.map((each, index) => caseFunction(caseName(index), each)),
  ].join('\n');
  return { text: withRenamed(own, renamed), headers };
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
