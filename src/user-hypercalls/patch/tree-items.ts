// Finds names in a source tree that a hypercall's code uses and Fauxen's headers lack: definitions in the same file, and types, macros
// and prototypes in headers. Functions of other files are not included, since they in turn would need all of Xen.

import { join } from 'node:path';
import { include } from '../c/build.ts';
import { headerNames } from '../c/names.ts';
import type { ChangedTree } from './changed-tree.ts';
import type { SourceTree } from './source-tree.ts';
import { itemsOfFile, type SourceItem } from './sources.ts';

/** Structs that are generated for a case, with the members that it uses (struct-fields.ts). */
const made = /^xen_(domctl|sysctl|platform_op)(_t)?$/;
/** How deep nested #include directives are followed. */
const DEPTH = 3;

export class TreeItems {
  readonly #changed: ChangedTree;
  readonly #tree: SourceTree;
  readonly #byPath = new Map<string, readonly SourceItem[]>();
  readonly #ours: ReadonlySet<string>;
  #publicHeaders: readonly string[] | undefined;

  constructor(changed: ChangedTree, tree: SourceTree, items: readonly SourceItem[]) {
    this.#changed = changed;
    this.#tree = tree;
    for (const item of items) this.#byPath.set(item.path, [...(this.#byPath.get(item.path) ?? []), item]);
    const names = [...headerNames(join(include, 'fauxen')).values()];
    this.#ours = new Set(
      names.flatMap((each) => [...each.functions, ...each.macros, ...each.types, ...each.refused.keys()]),
    );
  }

  /** Every item examined, file by file, in order. */
  get all(): SourceItem[] {
    return [...this.#byPath.values()].flat();
  }

  /** Where a function is defined. */
  definition(symbol: string): SourceItem | undefined {
    const bare = symbol.replace(/^do_/, '');
    for (const path of this.#tree.sources()) {
      if (!path.endsWith('.c')) continue;
      const text = this.#changed.get(path)?.text ?? '';
      if (!text.includes(symbol) && !text.includes(`DO(${bare})`)) continue;
      const found = this.itemsOf(path).find(
        (item) => item.kind === 'definition' && item.provides.has(symbol) && item.code.join('').includes('{'),
      );
      if (found !== undefined) return found;
    }
    return undefined;
  }

  readonly elsewhere = (name: string, from: string): readonly SourceItem[] => {
    if (this.#ours.has(name) || made.test(name) || /^(DO|XEN_GUEST_HANDLE\w*|DEFINE_\w+)$/.test(name)) return [];
    const own = providers(this.itemsOf(from), name);
    if (own.length > 0) return own;
    for (const path of [...this.#included(from), ...this.#public()]) {
      const found = providers(this.itemsOf(path), name).filter(({ head, code }) => !isFunction(head, code));
      if (found.length > 0) return found;
    }
    return [];
  };

  itemsOf(path: string): readonly SourceItem[] {
    const known = this.#byPath.get(path);
    if (known !== undefined) return known;
    const file = this.#changed.get(path);
    const items = file === undefined ? [] : itemsOfFile(file);
    this.#byPath.set(path, items);
    return items;
  }

  #public(): readonly string[] {
    this.#publicHeaders ??= this.#tree.sources().filter((path) => /^xen\/include\/public\/(?!arch-(?!x86))/.test(path));
    return this.#publicHeaders;
  }

  /** The headers that a file includes, directly included ones first. */
  #included(from: string): string[] {
    const found: string[] = [];
    let level = [from];
    for (let depth = 0; depth < DEPTH; depth += 1) {
      const next: string[] = [];
      for (const path of level) {
        const folder = path.slice(0, path.lastIndexOf('/'));
        const text = this.#changed.get(path)?.text ?? '';
        for (const [, name = ''] of text.matchAll(/^\s*#\s*include\s*[<"]([^>"]+)[>"]/gm)) {
          const candidates = [
            `xen/include/${name}`,
            `xen/include/${name.replace(/^asm\//, 'asm-x86/')}`,
            `xen/arch/x86/include/${name}`,
            `${folder}/${name}`,
          ];
          const header = candidates.find((each) => this.#changed.get(each) !== undefined);
          if (header !== undefined && !found.includes(header)) {
            found.push(header);
            next.push(header);
          }
        }
      }
      level = next;
    }
    return found;
  }
}

function isFunction(head: string, code: readonly string[]): boolean {
  const text = code.join('\n');
  return text.includes('{') && /\)\s*$/.test(head.trimEnd()) && !/\binline\b/.test(head);
}

/** The items that define a name. Of several definitions, such as one in each branch of an #if, the first counts. */
function providers(items: readonly SourceItem[], name: string): SourceItem[] {
  const found = items.filter((item) => item.kind !== 'part' && item.provides.has(name));
  const first = (test: (item: SourceItem) => boolean) => found.find(test);
  const body = first(({ code }) => code.join('').includes('{'));
  const macro = first(({ kind }) => kind === 'directive');
  return found.filter((item) =>
    item.kind === 'directive' ? item === macro : !item.code.join('').includes('{') || item === body,
  );
}
