// Marks the lines of a source tree that its release lacks as if a patch had added them.

import type { Abi, XenVersion } from '../../xen/abi/abi.ts';
import { endOf, label } from './cases.ts';
import type { ChangedTree } from './changed-tree.ts';
import { dispatcherOf } from './dispatchers.ts';
import { itemsOf } from './items.ts';
import { KnownFile, type Line } from './known-file.ts';
import { hasFile, type ReleaseFacts, releaseFacts } from './release.ts';
import { releaseNumbers } from './release-numbers.ts';
import type { SourceTree } from './source-tree.ts';
import { tablePath } from './tables/plan.ts';
import { TableReader, tokenText } from './tables/table-text.ts';

/** Adds the tree's own changes to those of the patches applied to it. */
export function markBeyondRelease(changed: ChangedTree, tree: SourceTree, abi: Abi): void {
  const facts = releaseFacts(abi.version);
  const numbers = releaseNumbers(abi);
  const dispatchers = new Set(Object.values(facts.dispatchers).map(({ file }) => file));
  for (const path of new Set([...tree.sources(), ...changed.files.keys()])) {
    const file = changed.get(path);
    if (file === undefined) continue;
    const marked = new Set<Line>();
    if (!knownTo(abi.version, path)) for (const line of linesOf(file)) marked.add(line);
    else {
      if (tablePath.test(path)) markTables(file, facts, marked);
      if (/^xen\/include\/public\//.test(path)) markNumbers(file, numbers, marked);
      if (dispatchers.has(path)) markCases(file, facts, marked);
    }
    if (marked.size > 0) changed.files.set(path, withAdded(file, marked));
  }
}

/** Some releases have tables in assembler files. */
function knownTo(version: XenVersion, path: string): boolean {
  return path.endsWith('.S') || hasFile(version, path);
}

function linesOf(file: KnownFile): Line[] {
  return file.pieces.flatMap(({ lines }) => lines);
}

function withAdded(file: KnownFile, marked: ReadonlySet<Line>): KnownFile {
  const pieces = file.pieces.map((piece) => ({
    ...piece,
    lines: piece.lines.map(
      (line): Line => (marked.has(line) && line.state === 'own' ? { ...line, state: 'added' } : line),
    ),
  }));
  return new KnownFile(file.path, file.whole, pieces);
}

function markTables(file: KnownFile, { tables }: ReleaseFacts, marked: Set<Line>): void {
  const known = tables[file.path] ?? {};
  const prototypes = new Set(known.table ?? []);
  const reader = new TableReader(file.path);
  let label: string | undefined;
  for (const line of linesOf(file)) {
    const token = reader.read(line.text);
    if (token?.kind === 'label') label = token.label;
    else if (/^\};/.test(line.text)) label = undefined;
    else if (token?.kind === 'prototype') {
      if (!prototypes.has(token.name)) marked.add(line);
    } else if (token !== undefined && label !== undefined) {
      const own = known[label];
      if (own !== undefined && !own.includes(tokenText(token))) marked.add(line);
    }
  }
}

function markNumbers(file: KnownFile, numbers: ReadonlyMap<string, number>, marked: Set<Line>): void {
  if (!file.path.endsWith('public/xen.h')) return;
  for (const line of linesOf(file)) {
    const name = /^\s*#\s*define\s+(__HYPERVISOR_[a-z]\w*)\s+\S/.exec(line.text)?.[1];
    if (name !== undefined && !numbers.has(name)) marked.add(line);
  }
}

function markCases(file: KnownFile, { dispatchers }: ReleaseFacts, marked: Set<Line>): void {
  for (const piece of file.pieces) {
    for (const item of itemsOf(piece, file.whole)) {
      const known = item.kind === 'definition' ? dispatchers[dispatcherOf(item.head) ?? ''] : undefined;
      if (known === undefined) continue;
      for (const [index, code] of item.code.entries()) {
        const name = label.exec(code)?.[1];
        if (name === undefined || !/^[A-Z]/.test(name) || known.cases.includes(name)) continue;
        for (const line of item.lines.slice(index, endOf(item, index))) marked.add(line);
      }
    }
  }
}
