// The C code of a patch: its top-level items by the names that they define, so that the code of one hypercall can be collected.

import { posix } from 'node:path';
import { blank } from '../c/blank.ts';
import type { ChangedTree } from './changed-tree.ts';
import type { Place } from './diff.ts';
import { dispatcherOf } from './dispatchers.ts';
import { type Item, itemsOf } from './items.ts';
import type { KnownFile, Line } from './known-file.ts';
import { isHypervisor } from './xen-path.ts';

export interface SourceItem extends Item {
  readonly path: string;
  /** Names that it defines. */
  readonly provides: ReadonlySet<string>;
  /** Every name in it. */
  readonly uses: ReadonlySet<string>;
  /** Whether the patch added some of its lines. */
  readonly added: boolean;
}

/** C's keywords, which no item defines. */
const keywords = new Set(
  (
    'auto break case char const continue default do double else enum extern float for goto if inline int long register restrict return short ' +
    'signed sizeof static struct switch typedef union unsigned void volatile while _Bool __attribute__ typeof __typeof__ asm define include undef ' +
    'ifdef ifndef endif elif pragma error defined asmlinkage __init cf_check'
  ).split(' '),
);

/** The C files and headers of the hypervisor that a tree changes, as items. */
export function sourceItems(tree: ChangedTree): SourceItem[] {
  const files = [...tree.files].filter(([path]) => /\.[ch]$/.test(path) && isHypervisor(path));
  return files.flatMap(([, file]) => itemsOfFile(file));
}

export function itemsOfFile(file: KnownFile): SourceItem[] {
  const found: SourceItem[] = [];
  for (const piece of file.pieces) {
    for (const item of itemsOf(piece, file.whole)) {
      found.push(described(file.path, item));
      if (item.kind === 'directive') continue;
      // A macro inside a struct or function is defined like any other.
      for (const [index, line] of item.lines.entries()) {
        if (!/^\s*#\s*define\b/.test(line.text) || (line.state !== 'added' && item.kind !== 'definition')) continue;
        let end = index;
        while (/\\\s*$/.test(item.lines[end]?.text ?? '') && end + 1 < item.lines.length) end += 1;
        const lines = item.lines.slice(index, end + 1);
        const code = item.code.slice(index, end + 1);
        if (item.kind === 'part') found.push(described(file.path, { kind: 'directive', lines, code, head: line.text }));
      }
    }
  }
  return found;
}

function described(path: string, item: Item): SourceItem {
  const text = item.code.join('\n');
  const uses = names(item.kind === 'directive' ? blank(text) : text);
  return {
    ...item,
    path,
    provides: providedBy(item, text),
    uses,
    added: item.lines.some(({ state }) => state === 'added'),
  };
}

function names(text: string): Set<string> {
  const found = new Set<string>();
  for (const [name] of text.matchAll(/[A-Za-z_]\w*/g)) if (!keywords.has(name)) found.add(name);
  return found;
}

function providedBy(item: Item, text: string): Set<string> {
  if (item.kind === 'directive') {
    const name = /^\s*#\s*define\s+(\w+)/.exec(text)?.[1];
    return new Set(name === undefined ? [] : [name]);
  }
  const braces = text.indexOf('{');
  const head = braces < 0 ? text : item.head;
  const called = /([A-Za-z_]\w*)\s*\)?\s*\(/.exec(head.replace(/__attribute__\s*\(\(.*?\)\)/g, ''))?.[1];
  const isFunction = braces >= 0 && called !== undefined && !/=\s*$/.test(head.trimEnd());
  if (isFunction) {
    // DO(plus)(int a) is do_plus.
    const wrapped = /\bDO\s*\(\s*(\w+)\s*\)/.exec(head)?.[1];
    return new Set(wrapped === undefined ? [called] : [`do_${wrapped}`]);
  }
  const outside = flat(text);
  const found = names(outside);
  // static int (*const how)(int) = …
  for (const [, name = ''] of text.matchAll(/\(\s*\*\s*(?:const\s+)?(\w+)/g)) found.add(name);
  if (/^\s*(typedef\s+)?enum\b/.test(text)) for (const name of names(text)) found.add(name);
  // DEFINE_XEN_GUEST_HANDLE(type), DEFINE_PER_CPU(type, name), LIST_HEAD(name) define the name between the parentheses.
  const [, macro = '', given] = /^\s*(?:static\s+)?([A-Z_][A-Z_\d]*)\s*\(([^)]*)\)/.exec(text) ?? [];
  if (given !== undefined) {
    found.delete(macro);
    for (const name of names(given)) {
      found.add(name);
      if (/GUEST_HANDLE/.test(text)) found.add(`__guest_handle_${name}`);
    }
  }
  return found;
}

/** The text without the contents of brackets of any kind. */
function flat(text: string): string {
  let depth = 0;
  let out = '';
  for (const character of text) {
    if ('({['.includes(character)) depth += 1;
    if (depth === 0) out += character;
    if (')}]'.includes(character)) depth = Math.max(0, depth - 1);
  }
  return out;
}

/** Finds items of a source tree that no patch added. `from` is the item that needs the name. */
export type Elsewhere = (name: string, from: string) => readonly SourceItem[];

/** The added items that these names need, from any file, and the items that `elsewhere` finds for them. */
export function gather(
  items: readonly SourceItem[],
  roots: Iterable<string>,
  elsewhere: Elsewhere = () => [],
  from = '',
): Set<SourceItem> {
  const byName = new Map<string, SourceItem[]>();
  for (const item of items) {
    if (item.kind === 'part' || !item.added || isOfXen(item)) continue;
    for (const name of item.provides) {
      const list = byName.get(name) ?? [];
      list.push(item);
      byName.set(name, list);
    }
  }
  const wanted = new Set<SourceItem>();
  const queue = [...roots].map((name): [name: string, from: string] => [name, from]);
  const seen = new Set(queue.map(([name, path]) => `${path} ${name}`));
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const [name, path] = next;
    const own = visibleIn(byName.get(name) ?? [], path);
    for (const item of own.length > 0 ? own : elsewhere(name, path)) {
      if (wanted.has(item)) continue;
      wanted.add(item);
      for (const used of [...item.uses, ...item.provides]) {
        const key = `${item.path} ${used}`;
        if (seen.has(key)) continue;
        seen.add(key);
        queue.push([used, item.path]);
      }
    }
  }
  return wanted;
}

/** The definitions of a name that a file sees: another C file's macros, types, declarations and static functions are not among them. */
function visibleIn(items: readonly SourceItem[], path: string): readonly SourceItem[] {
  const seen = items.filter((item) => item.path === path || !isLocal(item));
  return seen.length > 0 || path.endsWith('.c') ? seen : items;
}

/** Whether an item is visible only in its own file: everything in a C file except functions and variables that other files can link to. */
function isLocal({ path, kind, head }: SourceItem): boolean {
  if (!path.endsWith('.c')) return false;
  return kind === 'directive' || /^\s*(static|typedef|extern|inline|struct\s+\w+\s*$|union|enum)\b/.test(head);
}

/** A complete function of Xen's in which the patch adds a case: only the case is used. */
function isOfXen(item: SourceItem): boolean {
  return (
    item.kind === 'definition' &&
    item.lines.some(({ state }) => state === 'own') &&
    dispatcherOf(item.head) !== undefined
  );
}

/** Directives between definitions. An #if belongs to the items that it surrounds. */
const conditional = /^\s*#\s*(if|ifdef|ifndef|else|elif|endif)\b/;

/** Joins the needed items into one text for the compiler. #line makes errors point into the patch. */
export function sourceText(tree: ChangedTree, items: readonly SourceItem[], wanted: ReadonlySet<SourceItem>): string {
  const paths = [...new Set(items.map(({ path }) => path))].sort(
    (a, b) => Number(a.endsWith('.c')) - Number(b.endsWith('.c')),
  );
  const inlined = new Set(paths.filter((path) => path.endsWith('.h')).map(includedAs));
  const used = paths.filter((path) => items.some((item) => item.path === path && wanted.has(item)));
  let out = '';
  for (const path of orderHeaders(used, items)) {
    // From an existing file, only the needed items: its other lines are Xen's.
    const whole = tree.get(path)?.isNew === true;
    const own = items.filter((item) => item.path === path);
    // In a partly known file the #if directives are incomplete too.
    const kept = own.filter(
      (item) =>
        wanted.has(item) ||
        (item.kind === 'directive' &&
          (whole || item.added) &&
          (conditional.test(item.head) ? whole : /^\s*#\s*(include|undef|pragma)/.test(item.head))),
    );
    let at: Place | undefined;
    for (const { lines, head } of kept) {
      const include = includeOf(head, path);
      // A neighbouring header that the patch does not show is Xen's own: errors name the missing identifiers.
      if (include !== undefined && (inlined.has(include) || /^(xen\/(arch|common)|compat)\//.test(include))) continue;
      for (const line of lines) {
        out += placed(include === undefined ? line : { ...line, text: `#include <${include}>` }, at);
        at = line.at;
      }
    }
  }
  return out;
}

/** A line, preceded by #line if it does not follow the previous one in the file. */
function placed({ text, at }: Line, before: Place | undefined): string {
  const follows = before !== undefined && before.file === at.file && before.line + 1 === at.line;
  return `${follows ? '' : `#line ${at.line} "${at.file}"\n`}${text}\n`;
}

/** The header that a line includes, as in <…>. One in quotes may lie beside the file. */
function includeOf(line: string, path: string): string | undefined {
  const [, bracket, name] = /^\s*#\s*include\s*([<"])([^>"]+)[>"]/.exec(line) ?? [];
  return name === undefined || bracket === '<' ? name : includedAs(posix.join(posix.dirname(path), name));
}

/** The name by which an #include refers to a header. */
function includedAs(path: string): string {
  return path.replace(/^xen\/(?:arch\/x86\/)?include\//, '').replace(/^asm-x86\//, 'asm/');
}

/** Sorts files so that each header comes before the files that include it. */
function orderHeaders(paths: readonly string[], items: readonly SourceItem[]): string[] {
  const ordered: string[] = [];
  const visit = (path: string, way: readonly string[]): void => {
    if (ordered.includes(path) || way.includes(path)) return;
    for (const { path: of, head } of items) {
      const include = of === path ? includeOf(head, path) : undefined;
      const header = paths.find((each) => each.endsWith('.h') && includedAs(each) === include);
      if (header !== undefined) visit(header, [...way, path]);
    }
    ordered.push(path);
  };
  for (const path of paths) visit(path, []);
  return ordered;
}
