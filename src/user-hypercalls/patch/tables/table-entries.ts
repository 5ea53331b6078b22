// Which slots of which tables a patch fills.

import { say } from '../../../language/say.ts';
import { LoadError } from '../../load-error.ts';
import type { Place } from '../diff.ts';
import type { KnownFile, Line, Piece } from '../known-file.ts';
import type { ReleaseFacts } from '../release.ts';
import { type GuestKind, kindsOf } from './guest-kind.ts';
import { numberSlots, placeSegment, type Segment, type Slot, slotOf } from './placed-entries.ts';
import { TableReader, type TableToken, tokenText } from './table-text.ts';

/** A function that was added to a table. */
export interface TableEntry {
  readonly kind: GuestKind;
  /** The slot in a positional table. In other tables, the name gives the number: __HYPERVISOR_name. */
  readonly slot: number | undefined;
  /** Undefined in a positional table. */
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
  /** Entries with an unknown slot: no line around them is in this release's table. */
  readonly unplaced: { readonly symbol: string; readonly path: string; readonly at: Place }[];
  /** Xen's own hypercalls that get another number because an entry was inserted before them. */
  readonly moved: { symbol: string; from: number; to: number; path: string; at: Place }[];
}

/** Reads the changed tables of one file. `symbols` returns the value of a name in a .rept. */
export function tableChanges(
  file: KnownFile,
  release: ReleaseFacts,
  symbols: (name: string) => number | undefined,
): TableChanges {
  const changes: TableChanges = { entries: [], counts: [], unplaced: [], moved: [] };
  const known = release.tables[file.path] ?? {}; // a patch for a layout that this release does not have
  const byPlace = new Map<string, Slot[]>();
  for (const piece of file.pieces) {
    for (const segment of segmentsOf(file.path, piece)) {
      if (!segment.tokens.some(({ line }) => line.state === 'added')) continue;
      if (file.path.endsWith('.S') && file.whole) byPlace.set(segment.label ?? '', segment.tokens.map(slotOf));
      else if (file.path.endsWith('.S')) placeSegment(file.path, segment, known, byPlace, changes);
      else namedEntries(file.path, segment, known, changes);
    }
  }
  for (const [label, slots] of byPlace) numberSlots(file.path, label, slots, symbols, changes, known[label]);
  return changes;
}

/** The tokens of a piece, split where a table begins or ends. */
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

/** Tables whose entries are placed by name. */
function namedEntries(
  path: string,
  segment: Segment,
  known: Readonly<Record<string, readonly string[]>>,
  changes: TableChanges,
): void {
  const label = segment.label ?? likelyLabel(path, segment, known) ?? '';
  for (const { token, line } of segment.tokens) {
    if (line.state !== 'added') continue;
    const count = (kind: GuestKind, name: string, count: number) =>
      changes.counts.push({ kind, slot: undefined, name, count, path, at: line.at });
    const entry = (kind: GuestKind, name: string, symbol: string, table: string) =>
      changes.entries.push({ kind, slot: undefined, name, symbol, path, label: table, at: line.at });
    switch (token.kind) {
      case 'args':
        count('pv64', token.name, token.native);
        count('pv32', token.name, token.compat);
        break;
      case 'prototype':
        count('pv64', token.name, token.count);
        break;
      case 'slot': {
        const kinds = kindsOf(path, label);
        for (const kind of kinds?.native ?? []) entry(kind, token.name, token.native, label);
        for (const kind of kinds?.compat ?? []) entry(kind, token.name, token.compat, label);
        break;
      }
      case 'row':
        for (const [kind, cell] of cellsOf(token, line)) entry(kind, token.name, `${cell}_${token.name}`, 'table');
    }
  }
}

/** Columns of the table of hypercall-defs.c. */
const COLUMNS: readonly GuestKind[] = ['pv32', 'pv64', 'hvm32', 'hvm64', 'arm'];

/** The kinds of guest that a row of hypercall-defs.c gives the hypercall to, each with its prefix. Throws LoadError. */
function cellsOf({ name, cells }: Extract<TableToken, { kind: 'row' }>, { at }: Line): [GuestKind, string][] {
  if (cells.length !== COLUMNS.length) {
    const columns = COLUMNS.join(', ');
    throw new LoadError(
      at.file,
      say("{file}:{line}: the row {name} has {cells} columns, the table {count} ({columns}): Xen's build stops here", {
        file: at.file,
        line: at.line,
        name,
        cells: cells.length,
        count: COLUMNS.length,
        columns,
      }),
    );
  }
  return COLUMNS.flatMap((kind, index): [GuestKind, string][] => {
    const cell = cells[index];
    if (cell === undefined || cell === '-') return [];
    return kind === 'hvm64'
      ? [
          ['hvm64', cell],
          ['pvh64', cell],
        ]
      : [[kind, cell]];
  });
}

/** Finds the table in a file with several, by the names around the line. */
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
