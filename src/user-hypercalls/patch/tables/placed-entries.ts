// Tables in which an entry's position is its number: .quad and .byte in entry.S.

import type { Line } from '../known-file.ts';
import { kindsOf } from './guest-kind.ts';
import type { TableChanges } from './table-entries.ts';
import { type TableToken, tokenText } from './table-text.ts';

/** An entry of a table, and whether the patch added it. */
export interface Slot {
  readonly text: string;
  readonly added?: { readonly token: TableToken; readonly line: Line };
}

/** Consecutive tokens of one table. */
export interface Segment {
  readonly label: string | undefined;
  readonly tokens: readonly { readonly token: TableToken; readonly line: Line }[];
}

/** Whether every line of the table is known. */
export function slotOf({ token, line }: Segment['tokens'][number]): Slot {
  const text = tokenText(token);
  return line.state === 'added' ? { text, added: { token, line } } : { text };
}

/** A positional table: finds the segment's position in the release's list, and puts it there. */
export function placeSegment(
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

/** The position of the release's lines in its table; if not all match, that of their longest run. */
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

/** Comments in the args table sometimes abbreviate. The count decides, and the name if both have one. */
function same(left: string, right: string): boolean {
  if (left === right) return true;
  const [count, name = ''] = left.split(' ');
  const [otherCount, otherName = ''] = right.split(' ');
  return /^\d+$/.test(count ?? '') && count === otherCount && (name === '' || otherName === '');
}

export function numberSlots(
  path: string,
  label: string,
  slots: readonly Slot[],
  symbols: (name: string) => number | undefined,
  changes: TableChanges,
  released: readonly string[] = [],
): void {
  const kinds = kindsOf(path, label.replace('args_', ''));
  const own = slotsOf(released, symbols);
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
    if (added === undefined && !/ni_hypercall/.test(text) && !/args/.test(label)) {
      const before = own.get(text);
      const at = slots.find((slot) => slot.added !== undefined)?.added?.line.at;
      if (before !== undefined && before !== number && at !== undefined)
        changes.moved.push({ symbol: text, from: before, to: number, path, at });
    }
    number += 1;
  }
}

/** The slots of a release's table, by function. */
function slotsOf(list: readonly string[], symbols: (name: string) => number | undefined): Map<string, number> {
  const found = new Map<string, number>();
  let number = 0;
  for (const text of list) {
    if (text.startsWith('>')) number = Math.max(number, symbols(text.slice(1)) ?? number);
    else {
      found.set(text, number);
      number += 1;
    }
  }
  return found;
}
