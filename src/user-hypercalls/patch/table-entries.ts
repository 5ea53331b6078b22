// Which slots of which tables a patch fills.

import { LoadError } from '../load-error.ts';
import type { Place } from './diff.ts';
import { type GuestKind, kindsOf } from './guest-kind.ts';
import type { KnownFile, Line, Piece } from './known-file.ts';
import type { ReleaseFacts } from './release.ts';
import { TableReader, type TableToken, tokenText } from './table-text.ts';

/** A function that a table got. */
export interface TableEntry {
  readonly kind: GuestKind;
  /** The slot, where the table is one of places; else its name says it: __HYPERVISOR_name. */
  readonly slot: number | undefined;
  /** Undefined where the table has places only. */
  readonly name: string | undefined;
  /** The function. */
  readonly symbol: string;
  readonly path: string;
  readonly label: string;
  readonly at: Place;
}

/** How many arguments a slot takes, as the args table says. */
export interface ArgumentCount {
  readonly kind: GuestKind;
  readonly slot: number | undefined;
  readonly name: string | undefined;
  readonly count: number;
  readonly path: string;
  readonly at: Place;
}

export interface TableChanges {
  readonly entries: TableEntry[];
  readonly counts: ArgumentCount[];
  /** Entries of which nobody can tell the slot: no line around them is in this release's table. */
  readonly unplaced: { readonly symbol: string; readonly path: string; readonly at: Place }[];
}

interface Slot {
  readonly text: string;
  readonly added?: { readonly token: TableToken; readonly line: Line };
}

/** Reads the tables that one file has, as far as it was changed. `symbols` gives the value of a name in a .rept. */
export function tableChanges(
  file: KnownFile,
  release: ReleaseFacts,
  symbols: (name: string) => number | undefined,
): TableChanges {
  const changes: TableChanges = { entries: [], counts: [], unplaced: [] };
  const known = release.tables[file.path] ?? sameLayout(file.path, release);
  const byPlace = new Map<string, Slot[]>();
  for (const piece of file.pieces) {
    for (const segment of segmentsOf(file.path, piece)) {
      if (!segment.tokens.some(({ line }) => line.state === 'added')) continue;
      if (file.path.endsWith('.S')) placeSegment(file.path, segment, known, byPlace, changes);
      else namedEntries(file.path, segment, known, changes);
    }
  }
  for (const [label, slots] of byPlace) numberSlots(file.path, label, slots, symbols, changes);
  return changes;
}

interface Segment {
  readonly label: string | undefined;
  readonly tokens: readonly { readonly token: TableToken; readonly line: Line }[];
}

/** The tokens of a piece, cut where a table begins or ends. */
function segmentsOf(path: string, piece: Piece): Segment[] {
  const reader = new TableReader(path);
  const segments: Segment[] = [];
  const heading = reader.read(piece.heading);
  let label = heading?.kind === 'label' ? heading.label : undefined;
  let tokens: { token: TableToken; line: Line }[] = [];
  const cut = (): void => {
    if (tokens.length > 0) segments.push({ label, tokens });
    tokens = [];
  };
  for (const line of piece.lines) {
    const token = reader.read(line.text);
    if (token?.kind === 'label') {
      cut();
      label = token.label;
    } else if (/^\};/.test(line.text)) {
      cut();
      label = undefined;
    } else if (token !== undefined) {
      const last = tokens.at(-1)?.token;
      if (
        last !== undefined &&
        (last.kind === 'count') !== (token.kind === 'count') &&
        [last, token].every(({ kind }) => kind === 'count' || kind === 'entry')
      )
        cut();
      tokens.push({ token, line });
    }
  }
  cut();
  return segments;
}

/** A table of places: finds where in the release's list the segment lies, and puts it there. */
function placeSegment(
  path: string,
  segment: Segment,
  known: Readonly<Record<string, readonly string[]>>,
  byPlace: Map<string, Slot[]>,
  changes: TableChanges,
): void {
  const counts = segment.tokens.some(({ token }) => token.kind === 'count');
  const labels =
    segment.label !== undefined && known[segment.label] !== undefined
      ? [segment.label]
      : segment.label !== undefined && !/hypercall/.test(segment.label)
        ? []
        : Object.keys(known).filter((label) => /args/.test(label) === counts);
  const listOf = (label: string): Slot[] => byPlace.get(label) ?? (known[label] ?? []).map((text) => ({ text }));
  const own = segment.tokens.filter(({ line }) => line.state !== 'added').map(({ token }) => tokenText(token));
  let best: { label: string; at: number; matched: number } | undefined;
  for (const label of labels) {
    const found = align(listOf(label), own);
    if (found !== undefined && found.matched > (best?.matched ?? 0)) best = { label, ...found };
  }
  if (best === undefined) {
    for (const { token, line } of segment.tokens) {
      if (line.state !== 'added' || token.kind !== 'entry') continue;
      const label = labels[0];
      const kinds = label === undefined ? undefined : kindsOf(path, label);
      if (token.number !== undefined && label !== undefined && kinds !== undefined) {
        for (const kind of [...kinds.native, ...kinds.compat])
          changes.entries.push({
            kind,
            slot: token.number,
            name: undefined,
            symbol: token.symbol,
            path,
            label,
            at: line.at,
          });
      } else if (label !== undefined) changes.unplaced.push({ symbol: token.symbol, path, at: line.at });
    }
    return;
  }
  const list = listOf(best.label);
  const before = list.slice(0, best.at);
  let at = best.at;
  const middle: Slot[] = [];
  for (const { token, line } of segment.tokens) {
    const text = tokenText(token);
    if (line.state === 'added') middle.push({ text, added: { token, line } });
    else {
      const slot = list[at];
      if (slot === undefined || !same(slot.text, text)) continue;
      if (line.state === 'own') middle.push(slot);
      at += 1;
    }
  }
  byPlace.set(best.label, [...before, ...middle, ...list.slice(at)]);
}

/** Where the lines that the release has lie in its table; the longest run of them, if not all do. */
function align(list: readonly Slot[], own: readonly string[]): { at: number; matched: number } | undefined {
  let best: { at: number; matched: number } | undefined;
  for (let at = 0; at < list.length; at += 1) {
    let matched = 0;
    for (let next = at; matched < own.length && next < list.length; next += 1) {
      const slot = list[next];
      if (slot?.added !== undefined) continue; // of an earlier hunk
      if (!same(slot?.text ?? '', own[matched] ?? '')) break;
      matched += 1;
    }
    if (matched > (best?.matched ?? 0)) best = { at, matched };
  }
  if (
    best !== undefined &&
    best.matched < own.length &&
    own.slice(0, best.matched).every((text) => /ni_hypercall/.test(text))
  )
    return undefined;
  return best;
}

/** Comments of the args table abbreviate now and then: the count decides, and the name where both have one. */
function same(left: string, right: string): boolean {
  if (left === right) return true;
  const [count, name = ''] = left.split(' ');
  const [otherCount, otherName = ''] = right.split(' ');
  return /^\d+$/.test(count ?? '') && count === otherCount && (name === '' || otherName === '');
}

function numberSlots(
  path: string,
  label: string,
  slots: readonly Slot[],
  symbols: (name: string) => number | undefined,
  changes: TableChanges,
): void {
  const kinds = kindsOf(path, label.replace('args_', ''));
  let number = 0;
  for (const { text, added } of slots) {
    if (text.startsWith('>')) {
      const to = /^>\d+$/.test(text) ? number + Number(text.slice(1)) : symbols(text.slice(1));
      if (to !== undefined && to > number) number = to;
      continue;
    }
    if (added !== undefined && kinds !== undefined) {
      const { token, line } = added;
      for (const kind of [...kinds.native, ...kinds.compat]) {
        if (token.kind === 'entry')
          changes.entries.push({ kind, slot: number, name: undefined, symbol: token.symbol, path, label, at: line.at });
        else if (token.kind === 'count')
          changes.counts.push({ kind, slot: number, name: undefined, count: token.count, path, at: line.at });
      }
    }
    number += 1;
  }
}

/** Tables whose entries say their number by name. */
function namedEntries(
  path: string,
  segment: Segment,
  known: Readonly<Record<string, readonly string[]>>,
  changes: TableChanges,
): void {
  const label = segment.label ?? likelyLabel(path, segment, known);
  for (const { token, line } of segment.tokens) {
    if (line.state !== 'added') continue;
    if (token.kind === 'args') {
      changes.counts.push({ kind: 'pv64', slot: undefined, name: token.name, count: token.native, path, at: line.at });
      changes.counts.push({ kind: 'pv32', slot: undefined, name: token.name, count: token.compat, path, at: line.at });
    } else if (token.kind === 'slot') {
      const kinds = kindsOf(path, label ?? '');
      const add = (kind: GuestKind, symbol: string) =>
        changes.entries.push({
          kind,
          slot: undefined,
          name: token.name,
          symbol,
          path,
          label: label ?? '',
          at: line.at,
        });
      for (const kind of kinds?.native ?? []) add(kind, token.native);
      for (const kind of kinds?.compat ?? []) add(kind, token.compat);
    } else if (token.kind === 'prototype') {
      changes.counts.push({ kind: 'pv64', slot: undefined, name: token.name, count: token.count, path, at: line.at });
    } else if (token.kind === 'row') {
      const columns: GuestKind[] = ['pv32', 'pv64', 'hvm32', 'hvm64', 'arm'];
      if (token.cells.length !== columns.length) {
        throw new LoadError(
          line.at.file,
          `${line.at.file}:${line.at.line}: the row ${token.name} has ${token.cells.length} columns, the table ${columns.length} (${columns.join(', ')}): Xen's build stops here`,
        );
      }
      for (const [index, cell] of token.cells.entries()) {
        const kind = columns[index];
        if (kind === undefined || cell === '-') continue;
        for (const each of kind === 'hvm64' ? (['hvm64', 'pvh64'] as const) : [kind])
          changes.entries.push({
            kind: each,
            slot: undefined,
            name: token.name,
            symbol: `${cell}_${token.name}`,
            path,
            label: 'table',
            at: line.at,
          });
      }
    }
  }
}

/** The table of a file that has several, by the names around. */
function likelyLabel(
  path: string,
  segment: Segment,
  known: Readonly<Record<string, readonly string[]>>,
): string | undefined {
  if (/\/arm\//.test(path)) return 'arm_hypercall_table';
  const own = segment.tokens.filter(({ line }) => line.state !== 'added').map(({ token }) => tokenText(token));
  const labels = Object.keys(known).filter((label) => !/args/.test(label));
  const shared = (label: string) => own.filter((text) => known[label]?.includes(text)).length;
  const best = [...labels].sort((a, b) => shared(b) - shared(a))[0];
  if (best !== undefined) return best;
  if (/hvm\//.test(path)) return 'hvm_hypercall_table';
  return /x86\/(pv\/)?hypercall\.c$/.test(path) ? 'pv_hypercall_table' : undefined;
}

/** A patch for another layout than the release's: nothing is known of that file. */
function sameLayout(_path: string, _release: ReleaseFacts): Readonly<Record<string, readonly string[]>> {
  return {};
}
