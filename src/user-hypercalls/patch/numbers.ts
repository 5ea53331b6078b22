// The numbers that a patch and its release give to names.

import { blank } from '../c/blank.ts';
import type { ChangedTree } from './changed-tree.ts';
import type { Place } from './diff.ts';
import { constant } from './expression.ts';
import type { SourceItem } from './sources.ts';

export interface NumberName {
  /** Behind __HYPERVISOR_. */
  readonly name: string;
  readonly number: number;
  readonly path: string;
  readonly at: Place;
}

/** Values of macros: those of the patch before those of the release. */
export class Numbers {
  /** __HYPERVISOR_ names that the patch adds. */
  readonly added: readonly NumberName[];
  readonly #text = new Map<string, string>();
  readonly #release: ReadonlyMap<string, number>;
  readonly #open = new Set<string>();

  readonly #removed: ReadonlySet<string>;

  /**
   * `headers`: texts of public headers of a source tree, whose macros count in addition to the patch's. `removed`: names that the patch
   * removes.
   */
  constructor(
    items: readonly SourceItem[],
    release: ReadonlyMap<string, number>,
    headers: readonly string[] = [],
    removed: ReadonlySet<string> = new Set(),
  ) {
    this.#release = release;
    this.#removed = removed;
    for (const [, name = '', value = ''] of headers.join('\n').matchAll(/^[ \t]*#[ \t]*define[ \t]+(\w+)[ \t]+(.+)$/gm))
      this.#text.set(name, blank(value).trim());
    const found: { name: string; path: string; at: Place }[] = [];
    for (const item of items) {
      for (const [index, line] of item.lines.entries()) {
        const define = /^\s*#\s*define\s+(\w+)\s+(.+)$/.exec(item.code[index] ?? '');
        if (define === null) continue;
        const [, name = '', value = ''] = define;
        if (line.state !== 'added' && this.#text.has(name)) continue;
        this.#text.set(name, value.trim());
        if (line.state === 'added' && name.startsWith('__HYPERVISOR_'))
          found.push({ name: name.slice('__HYPERVISOR_'.length), path: item.path, at: line.at });
      }
      // enum { XENVER_lucky = 90 }
      for (const [, name = '', value = ''] of item.code
        .join('\n')
        .matchAll(/^\s*([A-Z]\w*)\s*=\s*([^,;{}]+?)\s*,?\s*$/gm)) {
        if (/^\s*(typedef\s+)?enum\b/.test(item.head) && !this.#text.has(name)) this.#text.set(name, value);
      }
    }
    const added: NumberName[] = [];
    for (const each of found) {
      const number = this.valueOf(`__HYPERVISOR_${each.name}`);
      const last = added.findIndex(({ name }) => name === each.name);
      if (last >= 0) added.splice(last, 1);
      if (number !== undefined) added.push({ ...each, number });
    }
    this.added = added;
  }

  /** The value of a macro, undefined if it has none that is a number. */
  valueOf(name: string): number | undefined {
    const text = this.#text.get(name);
    if (text === undefined) return this.#release.get(name);
    if (this.#open.has(name)) return undefined;
    this.#open.add(name);
    const value = constant(text, (other) => this.valueOf(other));
    this.#open.delete(name);
    return value;
  }

  /** The release's own hypercall with a number. */
  owner(number: number): string | undefined {
    for (const [name, each] of this.#release)
      if (each === number && name.startsWith('__HYPERVISOR_') && !this.#removed.has(name))
        return name.slice('__HYPERVISOR_'.length);
    return undefined;
  }

  /** The number of a hypercall by what stands behind __HYPERVISOR_. */
  hypercall(name: string): number | undefined {
    return this.valueOf(`__HYPERVISOR_${name}`);
  }
}

/** Lines that a Makefile gains, as obj-y += plus.o. */
export function objects(tree: ChangedTree): Set<string> {
  const found = new Set<string>();
  for (const [path, line] of tree.added()) {
    if (!/Makefile$/.test(path)) continue;
    const folder = path.replace(/Makefile$/, '');
    for (const [, name = ''] of line.text.matchAll(/(\S+)\.o\b/g)) found.add(`${folder}${name}.c`);
    for (const [, name = ''] of line.text.matchAll(/[+:]?=\s*.*?(\w+)\/(?:\s|$)/g)) found.add(`${folder}${name}/`);
  }
  return found;
}
